import { Button, Drawer, Input, Select } from 'antd'
import { useMemo, useState } from 'react'
import type { Locale } from '#shared/i18n/locale.ts'
import { buildSearchText, normaliseQuery } from '#shared/kernel/search-text.ts'
import { pinnedIds } from '#shared/modules/clauses/clauses.compose.rules.ts'
import { TOPICS, type ClauseChoice, type TemplateArticle, type Topic } from '#shared/modules/clauses/clauses.schema.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { StatusTag } from '#renderer/ui/parts.tsx'
import { useWordsIn } from './use-words.ts'

interface PickerProps {
  /** The article that a clause is looked for; null: closed. */
  readonly article: number | null
  readonly offered: readonly ClauseChoice[]
  readonly clauses: ReadonlyMap<string, ClauseChoice>
  readonly articles: readonly TemplateArticle[]
  readonly language: Locale
  readonly onPick: (editionId: string) => void
  readonly onClose: () => void
}

/** The library beside the composer: found by code, name, pinyin, topic or text. It stays open for the next clause. */
export function ClausePicker(props: PickerProps) {
  const t = useT()
  return (
    <Drawer
      open={props.article !== null}
      onClose={props.onClose}
      title={`${t('clauses:composer.pick')} · ${t('clauses:composer.article', { n: (props.article ?? 0) + 1 })}`}
      size={520}
      destroyOnHidden
    >
      {props.article === null ? null : <Body {...props} />}
    </Drawer>
  )
}

function Body({ offered, clauses, articles, language, onPick }: PickerProps) {
  const t = useT()
  const nameOf = useWordsIn()
  const [text, setText] = useState('')
  const [topic, setTopic] = useState<Topic | ''>('')
  const newest = useMemo(() => offered.filter((choice) => !choice.superseded), [offered])
  const searchable = useMemo(
    () =>
      new Map(
        newest.map((choice) => [
          choice.editionId,
          `${buildSearchText(choice.code, Object.values(choice.names))}|${normaliseQuery(Object.values(choice.texts).join('|'))}`,
        ]),
      ),
    [newest],
  )
  const held = new Set(pinnedIds({ articles }).map((id) => clauses.get(id)?.clauseId))
  const needle = normaliseQuery(text)
  const found = newest.filter(
    (choice) =>
      (topic === '' || choice.topic === topic) &&
      (needle === '' || searchable.get(choice.editionId)?.includes(needle) === true),
  )
  return (
    <>
      <div className="picker-head">
        <Input
          autoFocus
          allowClear
          value={text}
          maxLength={100}
          placeholder={t('clauses:composer.pickHint')}
          aria-label={t('clauses:composer.pickHint')}
          onChange={(event) => setText(event.target.value)}
        />
        <Select
          aria-label={t('clauses:fields.topic')}
          value={topic}
          popupMatchSelectWidth={false}
          options={[
            { value: '' as const, label: t('clauses:composer.pickTopic') },
            ...TOPICS.map((value) => ({ value, label: t(`clauses:topics.${value}`) })),
          ]}
          onChange={setTopic}
        />
      </div>
      {found.length === 0 ? <p className="muted">{t('clauses:composer.pickNone')}</p> : null}
      <ul className="picker-list">
        {found.map((choice) => {
          const name = `${choice.code} ${nameOf(choice.names)}`
          const words = choice.texts[language]
          return (
            <li key={choice.editionId}>
              <div className="item-text">
                <div className="item-line">
                  <strong>{name}</strong>
                  <span className="muted">{t(`clauses:topics.${choice.topic}`)}</span>
                  {choice.major ? <StatusTag tone="attention">{t('clauses:major')}</StatusTag> : null}
                </div>
                <div className={words === '' ? 'item-words missing' : 'item-words'} lang={language}>
                  {words === '' ? t('clauses:page.noText') : words}
                </div>
              </div>
              {held.has(choice.clauseId) ? (
                <span className="muted">{t('clauses:composer.inUse')}</span>
              ) : (
                <Button
                  size="small"
                  aria-label={t('clauses:composer.addOf', { name })}
                  onClick={() => onPick(choice.editionId)}
                >
                  {t('clauses:composer.add')}
                </Button>
              )}
            </li>
          )
        })}
      </ul>
    </>
  )
}
