import { useParams, useSearch } from '@tanstack/react-router'
import { Spin } from 'antd'
import { useMemo, useRef, useState } from 'react'
import { LOCALES, type Locale } from '#shared/i18n/locale.ts'
import { normaliseCode } from '#shared/kernel/text.ts'
import {
  templateFields,
  type ClauseChoice,
  type ContractKind,
  type TemplateEdition,
  type TemplateFields,
  type TemplateView,
} from '#shared/modules/clauses/clauses.schema.ts'
import { languagesOf, refineFrame } from '#shared/modules/clauses/clauses.wording.rules.ts'
import { CONTRACT_KINDS } from '#shared/modules/contracts/contracts.schema.ts'
import { useClauseChoices, useTemplate } from '#renderer/modules/clauses/clauses.queries.ts'
import '#renderer/modules/clauses/clauses.css'
import { ArticlesEditor } from '#renderer/modules/clauses/parts/article-editor.tsx'
import { LanguageChoice, SecondLanguageChoice } from '#renderer/modules/clauses/parts/language-choice.tsx'
import { TemplateProblems } from '#renderer/modules/clauses/parts/template-problems.tsx'
import { useTemplatePreview } from '#renderer/modules/clauses/parts/use-template-preview.ts'
import { WordsFields } from '#renderer/modules/clauses/parts/words-fields.tsx'
import '#renderer/modules/contracts/contracts.css'
import { api } from '#renderer/rpc/api.ts'
import { EntityForm, FormGroup, type SaveOptions } from '#renderer/ui/entity-form.tsx'
import { SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { TextAreaField, TextField } from '#renderer/ui/fields/text-fields.tsx'
import type { FormValues } from '#renderer/ui/form-state.ts'
import { useLocale, useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { ErrorNotice, Page } from '#renderer/ui/parts.tsx'
import { PdfPreview } from '#renderer/ui/pdf-preview.tsx'
import { useGo } from '#renderer/ui/use-go.ts'

const schema = templateFields.superRefine(refineFrame)
const EMPTY = { 'zh-CN': '', 'zh-TW': '', en: '' }
const NEW: TemplateFields = {
  code: '',
  kind: 'goods_sale',
  names: EMPTY,
  heading: EMPTY,
  preamble: EMPTY,
  acknowledgement: EMPTY,
  articles: [{ heading: EMPTY, items: [{ kind: 'lines' }, { kind: 'total' }, { kind: 'plan' }] }],
  remark: '',
}
const NONE: readonly ClauseChoice[] = []

const wordingOf = ({ heading, preamble, acknowledgement, articles }: TemplateEdition) => ({
  heading,
  preamble,
  acknowledgement,
  articles,
})

/** A template that is not there yet: empty, or as the one in the address is. */
export function NewTemplatePage() {
  const t = useT()
  const { copy } = useSearch({ strict: false }) as { copy?: string }
  if (copy === undefined) return <Editor view={null} initial={NEW} known={NONE} title={t('clauses:composer.new')} />
  return <CopyOf id={copy} />
}

function CopyOf({ id }: { id: string }) {
  const t = useT()
  const found = useTemplate(id)
  if (found.shownError) return <Failure error={found.shownError} />
  if (!found.data) return <Spin className="grid-spin" />
  const { editions, names, kind, clauses } = found.data
  const shown = editions.find((edition) => edition.state !== 'draft') ?? editions[0]!
  const copied = Object.fromEntries(
    LOCALES.map((language) => [
      language,
      names[language] === '' ? '' : t('clauses:composer.copyOf', { name: names[language] }),
    ]),
  )
  const initial = { code: '', kind, names: copied, ...wordingOf(shown), remark: '' } as TemplateFields
  return <Editor key={id} view={null} initial={initial} known={clauses} title={t('clauses:composer.new')} />
}

/** The draft of a template, or the beginning of one: from the newest edition, or from the one in the address. */
export function EditTemplatePage() {
  const t = useT()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const { from } = useSearch({ strict: false }) as { from?: number }
  const found = useTemplate(id)
  if (found.shownError) return <Failure error={found.shownError} />
  if (!found.data) return <Spin className="grid-spin" />
  const view = found.data
  const draft = view.editions.find((edition) => edition.state === 'draft')
  const chosen = draft ?? view.editions.find((edition) => edition.no === from) ?? view.editions[0]!
  const { code, kind, names } = view
  const initial = { code, kind, names, ...wordingOf(chosen), remark: draft ? draft.remark : '' } as TemplateFields
  return (
    <Editor
      key={`${id} ${from ?? ''}`}
      view={view}
      initial={initial}
      known={view.clauses}
      title={t('clauses:composer.edit', { code })}
    />
  )
}

function Failure({ error }: { error: Parameters<typeof ErrorNotice>[0]['error'] }) {
  const t = useT()
  return (
    <Page title={t('clauses:templates.view')}>
      <ErrorNotice error={error} />
    </Page>
  )
}

function Editor(props: {
  view: TemplateView | null
  initial: TemplateFields
  /** Clause editions that the template holds already, offered or not. */
  known: readonly ClauseChoice[]
  title: string
}) {
  const t = useT()
  const go = useGo()
  const notice = useNotice()
  const { view } = props
  const initial = useRef(props.initial as unknown as FormValues).current
  const [values, setValues] = useState<FormValues>(initial)
  const fields = values as unknown as TemplateFields
  const printed = usePrinted(fields)
  const own = useLocale()
  const written = languagesOf(props.initial.heading)
  const [language, setLanguage] = useState<Locale>(written.includes(own) ? own : (written[0] ?? own))
  const [second, setSecond] = useState<Locale | null>(null)
  const offered = useClauseChoices(fields.kind).data ?? NONE
  const clauses = useMemo(
    () => new Map([...offered, ...props.known].map((choice) => [choice.editionId, choice])),
    [offered, props.known],
  )
  const draft = view?.editions.find((edition) => edition.state === 'draft')
  const hint = view && !draft ? t('clauses:hints.immutable') : t('clauses:hints.templateDraft', { no: draft?.no ?? 1 })
  const save = async (given: TemplateFields, version: number, { context }: SaveOptions) => {
    const saved = view
      ? await api.clauses.templates.save({ ...given, id: view.id as never, version }, { context })
      : await api.clauses.templates.create(given, { context })
    notice.done(t('clauses:composer.saved'))
    go(`/contract-templates/${saved.id}`)
  }
  return (
    <Page title={props.title} extra={<span className="muted">{hint}</span>}>
      <div className="editor composer">
        <EntityForm
          form="contract-templates"
          record={view?.id ?? null}
          schema={schema}
          initial={initial}
          version={view?.version ?? 0}
          save={save}
          saveLabel={t('clauses:composer.save')}
          labelOf={(path) => labelOf(path, t)}
          onValues={setValues}
          onCancel={() => go(view ? `/contract-templates/${view.id}` : '/contract-templates')}
        >
          <Facts />
          <div className="composer-language">
            <span className="muted">{t('clauses:composer.language')}</span>
            <LanguageChoice label={t('clauses:composer.language')} value={language} onChange={setLanguage} />
          </div>
          <Frame language={language} />
          <fieldset className="form-group">
            <legend>{t('clauses:composer.articles')}</legend>
            <ArticlesEditor language={language} clauses={clauses} offered={offered} />
          </fieldset>
          <FormGroup title={t('clauses:fields.remark')}>
            <TextAreaField name="remark" label={t('clauses:fields.remark')} max={500} rows={2} />
          </FormGroup>
        </EntityForm>
        <aside className="editor-side" aria-label={t('clauses:templates.preview')}>
          <TemplateProblems composition={printed} pinned={clauses} kind={fields.kind} />
          <Preview kind={fields.kind} printed={printed} language={language} second={second} onSecond={setSecond} />
        </aside>
      </div>
    </Page>
  )
}

function Facts() {
  const t = useT()
  const word = (key: string) => t(`clauses:fields.${key}`)
  return (
    <FormGroup title={t('clauses:composer.facts')}>
      <TextField name="code" label={word('code')} max={20} required normalise={normaliseCode} />
      <SelectField
        name="kind"
        label={word('kind')}
        options={CONTRACT_KINDS.map((value) => ({ value, label: t(`contracts:kinds.${value}`) }))}
      />
      <WordsFields name="names" label={word('names')} max={80} required />
    </FormGroup>
  )
}

/** What stands around the articles, in the language at hand. */
function Frame({ language }: { language: Locale }) {
  const t = useT()
  const word = (key: string) => `${t(`clauses:fields.${key}`)} · ${t(`contracts:languages.${language}`)}`
  return (
    <FormGroup title={t('clauses:composer.frame')}>
      <TextField name={`heading.${language}`} label={word('heading')} max={80} />
      <TextAreaField name={`preamble.${language}`} label={word('preamble')} max={2000} rows={2} />
      <TextAreaField
        name={`acknowledgement.${language}`}
        label={word('acknowledgement')}
        max={500}
        rows={2}
        hint={t('clauses:hints.acknowledgement')}
      />
    </FormGroup>
  )
}

function Preview(props: {
  kind: ContractKind
  printed: ReturnType<typeof usePrinted>
  language: Locale
  second: Locale | null
  onSecond: (language: Locale | null) => void
}) {
  const t = useT()
  const { kind, printed, language } = props
  const second = props.second === language ? null : props.second
  const preview = useTemplatePreview({ kind, language, second, wording: printed })
  return (
    <div className="composer-preview">
      <div className="composer-language">
        <span className="muted">{t('clauses:templates.second')}</span>
        <SecondLanguageChoice first={language} value={second} onChange={props.onSecond} />
      </div>
      <PdfPreview bytes={preview.bytes} name={preview.name} error={preview.error} thumbnails={false} />
    </div>
  )
}

/** What of the form is printed: the same object until one of its parts changes. */
function usePrinted({ heading, preamble, acknowledgement, articles }: TemplateFields) {
  return useMemo(
    () => ({ heading, preamble, acknowledgement, articles, remark: '' }),
    [heading, preamble, acknowledgement, articles],
  )
}

function labelOf(path: string, t: ReturnType<typeof useT>): string {
  const [head = '', ...rest] = path.split('.')
  const last = rest.at(-1) ?? ''
  const language = (LOCALES as readonly string[]).includes(last) ? ` · ${t(`contracts:languages.${last}`)}` : ''
  if (head !== 'articles') return `${t(`clauses:fields.${head}`)}${language}`
  const n = Number(rest[0] ?? 0) + 1
  const part = rest[1] === 'heading' ? 'articleHeading' : 'items'
  return `${t('clauses:composer.article', { n })} · ${t(`clauses:fields.${part}`)}${language}`
}
