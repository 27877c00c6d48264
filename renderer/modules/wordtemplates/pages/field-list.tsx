import { CopyOutlined } from '@ant-design/icons'
import { Button, Input, Select } from 'antd'
import { useEffect, useMemo, useState } from 'react'
import { isLocale, LOCALES, type Locale } from '#shared/i18n/locale.ts'
import { makeTranslator } from '#shared/i18n/translate.ts'
import { normaliseQuery } from '#shared/kernel/search-text.ts'
import { contractTexts, TEXT_GROUPS, type FilledTexts } from '#shared/modules/contracts/contracts.fill.rules.ts'
import { shownName, tagsOf } from '#shared/modules/wordtemplates/wordtemplates.documents.ts'
import { TEMPLATE_FIELDS, type TemplateField } from '#shared/modules/wordtemplates/wordtemplates.fields.ts'
import { sampleContract } from '#shared/modules/wordtemplates/wordtemplates.sample.ts'
import { useMadeFile } from '#renderer/modules/wordtemplates/parts/use-made-file.ts'
import '#renderer/modules/wordtemplates/wordtemplates.css'
import { api } from '#renderer/rpc/api.ts'
import { useGridState } from '#renderer/ui/grid-state.ts'
import { useLocale, useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { EmptyState, Page, Panel } from '#renderer/ui/parts.tsx'

const SEARCH_AFTER_MS = 200

/** What stands in the catalogue for a field: its first row's text where it is of a list. */
function exampleOf({ code, kind, within }: TemplateField, { texts, lists }: FilledTexts): string {
  if (kind === 'condition' || kind === 'list') return ''
  return (within === null ? texts[code] : lists[within][0]?.[code]) ?? ''
}

const matches = (field: TemplateField, asked: string) =>
  [field.code, ...Object.values(field.names).flat()].some((name) => normaliseQuery(name).includes(asked))

/** Every field of the catalogue, to be copied into a template, with what it would print. */
export function FieldListPage() {
  const t = useT()
  const screen = useLocale()
  const made = useMadeFile()
  const grid = useGridState({ key: 'code', dir: 'asc' })
  const given = String(grid.state.filters['names'] ?? '')
  const language: Locale = isLocale(given) ? given : screen
  const texts = useMemo(() => {
    const words = makeTranslator(language)
    return contractTexts(sampleContract('goods_sale', language, words), words)
  }, [language])
  const asked = normaliseQuery(grid.state.text)
  const found = TEMPLATE_FIELDS.filter((field) => matches(field, asked))
  const word = (key: string) => t(`wordtemplates:catalogue.${key}`)
  return (
    <Page
      title={word('title')}
      extra={<span className="muted">{word('hint')}</span>}
      action={
        <Button
          type="primary"
          loading={made.busy}
          onClick={() => made.save(() => api.wordTemplates.sample({ language }))}
        >
          {t('wordtemplates:actions.sheet')}
        </Button>
      }
      filters={
        <>
          <SearchInput text={grid.state.text} onText={grid.setText} />
          <Select
            aria-label={word('language')}
            className="grid-filter"
            popupMatchSelectWidth={false}
            value={language}
            options={LOCALES.map((value) => ({ value, label: t(`contracts:languages.${value}`) }))}
            onChange={(next: Locale) => grid.setFilter('names', next === screen ? undefined : next)}
          />
        </>
      }
    >
      <ul className="muted template-rules">
        {['text', 'passage', 'list'].map((rule) => (
          <li key={rule}>{word(`rules.${rule}`)}</li>
        ))}
      </ul>
      {found.length === 0 ? <EmptyState text={word('none')} /> : null}
      {TEXT_GROUPS.map((group) => {
        const fields = found.filter((field) => field.group === group)
        return fields.length === 0 ? null : (
          <Panel key={group} title={t(`wordtemplates:groups.${group}`)}>
            <FieldTable fields={fields} language={language} texts={texts} />
          </Panel>
        )
      })}
    </Page>
  )
}

function SearchInput(props: { text: string; onText: (text: string) => void }) {
  const t = useT()
  const [typed, setTyped] = useState(props.text)
  const { text, onText } = props
  useEffect(() => setTyped(text), [text])
  useEffect(() => {
    if (typed.trim() === text) return
    const timer = setTimeout(() => onText(typed.trim()), SEARCH_AFTER_MS)
    return () => clearTimeout(timer)
  }, [typed, text, onText])
  const label = t('wordtemplates:catalogue.search')
  return (
    <Input
      allowClear
      className="grid-search"
      value={typed}
      placeholder={label}
      aria-label={label}
      maxLength={100}
      onChange={(event) => setTyped(event.target.value)}
    />
  )
}

function FieldTable(props: { fields: readonly TemplateField[]; language: Locale; texts: FilledTexts }) {
  const t = useT()
  const head = (key: string) => <th>{t(`wordtemplates:catalogue.columns.${key}`)}</th>
  return (
    <table className="plain-table template-fields">
      <thead>
        <tr>
          {head('name')}
          {head('tag')}
          {head('code')}
          {head('kind')}
          {head('example')}
        </tr>
      </thead>
      <tbody>
        {props.fields.map((field) => (
          <tr key={field.code}>
            <td title={field.names[props.language].slice(1).join(' ')}>{shownName(field, props.language)}</td>
            <td>
              <CopyTag text={tagsOf(field, props.language, ' … ')} />
            </td>
            <td>
              <code className="muted">{field.code}</code>
            </td>
            <td>{t(`wordtemplates:kinds.${field.kind}`)}</td>
            <td>{exampleOf(field, props.texts)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function CopyTag({ text }: { text: string }) {
  const t = useT()
  const notice = useNotice()
  const label = t('wordtemplates:catalogue.copyOf', { text })
  const copy = async () => {
    await navigator.clipboard.writeText(text)
    notice.done(t('wordtemplates:catalogue.copied', { text }))
  }
  return (
    <span className="template-tag">
      <code>{text}</code>
      <Button
        type="text"
        size="small"
        icon={<CopyOutlined aria-hidden />}
        aria-label={label}
        title={label}
        onClick={() => void copy()}
      />
    </span>
  )
}
