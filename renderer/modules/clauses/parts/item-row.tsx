import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import type { KeyboardEvent } from 'react'
import type { Locale } from '#shared/i18n/locale.ts'
import { standingOn } from '#shared/modules/clauses/clauses.editions.rules.ts'
import type { ClauseChoice, TemplateItem } from '#shared/modules/clauses/clauses.schema.ts'
import { useField } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { StatusTag } from '#renderer/ui/parts.tsx'
import { firmToday } from '#renderer/ui/firm-day.ts'
import type { ItemPlace } from './composer-rules.ts'
import { StandingTag } from './standing-tag.tsx'
import { useWordsIn } from './use-words.ts'

interface RowProps {
  readonly at: ItemPlace
  readonly item: TemplateItem
  readonly language: Locale
  readonly clauses: ReadonlyMap<string, ClauseChoice>
  /** The newest published edition of each clause. */
  readonly newest: ReadonlyMap<string, ClauseChoice>
  readonly first: boolean
  readonly last: boolean
  readonly onMove: (by: -1 | 1) => void
  readonly onRemove: () => void
  readonly onReplace: (editionId: string) => void
}

/** A part of an article in the composer: moved by its buttons or by Alt and the arrow keys. */
export function ItemRow(props: RowProps) {
  const t = useT()
  const nameOf = useWordsIn()
  const { item, at } = props
  const { error } = useField(`articles.${at.article}.items.${at.item}`)
  const clause = item.kind === 'clause' ? props.clauses.get(item.editionId) : undefined
  const name =
    item.kind === 'clause'
      ? clause
        ? `${clause.code} ${nameOf(clause.names)}`
        : t('clauses:composer.missingClause')
      : t(`clauses:blocks.${item.kind}`)
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
    event.preventDefault()
    const by = event.key === 'ArrowUp' ? -1 : 1
    if (by < 0 ? !props.first : !props.last) props.onMove(by)
  }
  return (
    <li
      className={error ? 'item wrong' : 'item'}
      tabIndex={0}
      data-item={`${at.article}.${at.item}`}
      aria-label={name}
      onKeyDown={onKeyDown}
    >
      <div className="item-text">
        {clause ? <ClauseLine clause={clause} {...props} /> : <strong>{name}</strong>}
        {error ? <div className="field-note error">{error}</div> : null}
      </div>
      <span className="action-bar">
        <Button
          size="small"
          icon={<ArrowUpOutlined aria-hidden />}
          aria-label={t('clauses:composer.itemUp', { name })}
          disabled={props.first}
          onClick={() => props.onMove(-1)}
        />
        <Button
          size="small"
          icon={<ArrowDownOutlined aria-hidden />}
          aria-label={t('clauses:composer.itemDown', { name })}
          disabled={props.last}
          onClick={() => props.onMove(1)}
        />
        <Button
          size="small"
          icon={<DeleteOutlined aria-hidden />}
          aria-label={t('clauses:composer.removeItem', { name })}
          onClick={props.onRemove}
        />
      </span>
    </li>
  )
}

function ClauseLine({ clause, newest, language, onReplace }: RowProps & { clause: ClauseChoice }) {
  const t = useT()
  const nameOf = useWordsIn()
  const standing = standingOn(clause, firmToday())
  const published = newest.get(clause.clauseId)
  const newer = published && published.no > clause.no ? published : null
  const text = clause.texts[language]
  const label = `${clause.code} ${nameOf(clause.names)}`
  return (
    <>
      <div className="item-line">
        <Link to={`/clauses/${clause.clauseId}` as never}>{label}</Link>
        <span className="muted">{t('clauses:page.edition', { no: clause.no })}</span>
        {standing === 'inForce' ? null : <StandingTag standing={standing} />}
        {clause.major ? <StatusTag tone="attention">{t('clauses:major')}</StatusTag> : null}
        {clause.when === '' ? null : (
          <span className="muted">
            {t('clauses:page.whenFact')}: {t(`clauses:placeholders.${clause.when}`)}
          </span>
        )}
        {newer ? (
          <Button
            size="small"
            aria-label={t('clauses:composer.updateOf', { name: label, no: newer.no })}
            onClick={() => onReplace(newer.editionId)}
          >
            {t('clauses:composer.update', { no: newer.no })}
          </Button>
        ) : null}
      </div>
      <div className={text === '' ? 'item-words missing' : 'item-words'} lang={language}>
        {text === '' ? t('clauses:page.noText') : text}
      </div>
    </>
  )
}
