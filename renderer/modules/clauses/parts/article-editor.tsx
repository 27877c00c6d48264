import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { memo, useMemo, useRef, useState } from 'react'
import type { Locale } from '#shared/i18n/locale.ts'
import { BLOCKS, type ClauseChoice, type TemplateArticle } from '#shared/modules/clauses/clauses.schema.ts'
import { TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useField } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { ClausePicker } from './clause-picker.tsx'
import { movedArticle, movedItem, newestPublished, withItem, withoutItem, type ItemPlace } from './composer-rules.ts'
import { ItemRow } from './item-row.tsx'

const EMPTY_HEADING = { 'zh-CN': '', 'zh-TW': '', en: '' }

/** The articles of a template: headings in the language at hand, and the clauses in their order. */
export const ArticlesEditor = memo(function ArticlesEditor(props: {
  language: Locale
  /** Every clause edition that can be held, and those that are. */
  clauses: ReadonlyMap<string, ClauseChoice>
  offered: readonly ClauseChoice[]
}) {
  const t = useT()
  const root = useRef<HTMLOListElement>(null)
  const { value: articles, set } = useField<readonly TemplateArticle[]>('articles')
  const newest = useMemo(() => newestPublished(props.clauses.values()), [props.clauses])
  const [picking, setPicking] = useState<number | null>(null)
  const [said, setSaid] = useState('')
  const usedBlocks = new Set(articles.flatMap((article) => article.items.map((item) => item.kind)))

  const move = (at: ItemPlace, by: -1 | 1) => {
    const { articles: next, place } = movedItem(articles, at, by)
    set(next)
    setSaid(
      `${t('clauses:composer.article', { n: place.article + 1 })} · ${t('clauses:composer.moved', { at: place.item + 1 })}`,
    )
    requestAnimationFrame(() =>
      root.current?.querySelector<HTMLElement>(`[data-item="${place.article}.${place.item}"]`)?.focus(),
    )
  }

  return (
    <div data-path="articles">
      <p className="muted">{t('clauses:composer.keys')}</p>
      <div className="visually-hidden" aria-live="polite">
        {said}
      </div>
      <ol className="articles" ref={root}>
        {articles.map((article, index) => {
          const n = index + 1
          return (
            <li key={index} className="article">
              <div className="article-head">
                <TextField
                  name={`articles.${index}.heading.${props.language}`}
                  label={`${t('clauses:composer.article', { n })} · ${t('clauses:fields.articleHeading')}`}
                  max={80}
                />
                <span className="action-bar">
                  <Button
                    icon={<ArrowUpOutlined aria-hidden />}
                    aria-label={t('clauses:composer.articleUp', { n })}
                    disabled={index === 0}
                    onClick={() => set(movedArticle(articles, index, -1))}
                  />
                  <Button
                    icon={<ArrowDownOutlined aria-hidden />}
                    aria-label={t('clauses:composer.articleDown', { n })}
                    disabled={index === articles.length - 1}
                    onClick={() => set(movedArticle(articles, index, 1))}
                  />
                  <Button
                    icon={<DeleteOutlined aria-hidden />}
                    aria-label={t('clauses:composer.removeArticle', { n })}
                    onClick={() => set(articles.toSpliced(index, 1))}
                  />
                </span>
              </div>
              {article.items.length === 0 ? <p className="muted">{t('clauses:composer.empty')}</p> : null}
              <ol className="items">
                {article.items.map((item, place) => {
                  const at = { article: index, item: place }
                  return (
                    <ItemRow
                      key={item.kind === 'clause' ? item.editionId : item.kind}
                      at={at}
                      item={item}
                      language={props.language}
                      clauses={props.clauses}
                      newest={newest}
                      first={index === 0 && place === 0}
                      last={index === articles.length - 1 && place === article.items.length - 1}
                      onMove={(by) => move(at, by)}
                      onRemove={() => set(withoutItem(articles, at))}
                      onReplace={(editionId) => {
                        const items = article.items.with(place, { kind: 'clause', editionId: editionId as never })
                        set(articles.with(index, { ...article, items }))
                      }}
                    />
                  )
                })}
              </ol>
              <span className="action-bar">
                <Button size="small" icon={<PlusOutlined aria-hidden />} onClick={() => setPicking(index)}>
                  {t('clauses:composer.addClause')}
                </Button>
                <Dropdown
                  trigger={['click']}
                  menu={{
                    items: BLOCKS.map((block) => ({
                      key: block,
                      label: t(`clauses:blocks.${block}`),
                      disabled: usedBlocks.has(block),
                    })),
                    onClick: ({ key }) => set(withItem(articles, index, { kind: key as (typeof BLOCKS)[number] })),
                  }}
                >
                  <Button size="small">{t('clauses:composer.addBlock')}</Button>
                </Dropdown>
              </span>
            </li>
          )
        })}
      </ol>
      <Button
        icon={<PlusOutlined aria-hidden />}
        disabled={articles.length >= 40}
        onClick={() => set([...articles, { heading: EMPTY_HEADING, items: [] }])}
      >
        {t('clauses:composer.addArticle')}
      </Button>
      <ClausePicker
        article={picking}
        offered={props.offered}
        articles={articles}
        clauses={props.clauses}
        language={props.language}
        onPick={(editionId) => {
          if (picking !== null) set(withItem(articles, picking, { kind: 'clause', editionId: editionId as never }))
        }}
        onClose={() => setPicking(null)}
      />
    </div>
  )
})
