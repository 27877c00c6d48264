import { useParams, useSearch } from '@tanstack/react-router'
import { Spin } from 'antd'
import { useRef, useState } from 'react'
import { LOCALES, type Locale } from '#shared/i18n/locale.ts'
import {
  clauseFields,
  type ClauseEdition,
  type ClauseFields,
  type ClauseView,
  type ContractKind,
} from '#shared/modules/clauses/clauses.schema.ts'
import { languagesOf, refineClause } from '#shared/modules/clauses/clauses.wording.rules.ts'
import { useClause } from '#renderer/modules/clauses/clauses.queries.ts'
import '#renderer/modules/clauses/clauses.css'
import { ClauseForm } from '#renderer/modules/clauses/parts/clause-form.tsx'
import { ClausePrint } from '#renderer/modules/clauses/parts/clause-print.tsx'
import { LanguageChoice } from '#renderer/modules/clauses/parts/language-choice.tsx'
import { RedlineText } from '#renderer/modules/clauses/parts/redline-text.tsx'
import { api } from '#renderer/rpc/api.ts'
import { EntityForm, type SaveOptions } from '#renderer/ui/entity-form.tsx'
import type { FormValues } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { ErrorNotice, Page, Panel } from '#renderer/ui/parts.tsx'
import { useGo } from '#renderer/ui/use-go.ts'

const schema = clauseFields.superRefine(refineClause)
const EMPTY = { 'zh-CN': '', 'zh-TW': '', en: '' }
const NEW: ClauseFields = {
  code: '',
  topic: 'general',
  kinds: ['goods_sale', 'services', 'frame'],
  names: EMPTY,
  texts: EMPTY,
  when: '',
  major: false,
  remark: '',
}

/** A clause that is not there yet. */
export function NewClausePage() {
  const t = useT()
  return <Editor view={null} initial={NEW} base={null} title={t('clauses:editor.new')} />
}

/** The draft of a clause, or the beginning of one: from the newest edition, or from the one in the address. */
export function EditClausePage() {
  const t = useT()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const { from } = useSearch({ strict: false }) as { from?: number }
  const found = useClause(id)
  if (found.shownError) {
    return (
      <Page title={t('clauses:page.view')}>
        <ErrorNotice error={found.shownError} onRetry={() => void found.refetch()} />
      </Page>
    )
  }
  if (!found.data) return <Spin className="grid-spin" />
  const view = found.data
  const draft = view.editions.find((edition) => edition.state === 'draft')
  const chosen = draft ?? view.editions.find((edition) => edition.no === from) ?? view.editions[0]!
  const base = view.editions.find((edition) => edition.state !== 'draft') ?? null
  const { code, topic, kinds, names } = view
  const initial = { code, topic, kinds, names, ...wordingOf(chosen), remark: draft ? draft.remark : '' }
  return (
    <Editor
      key={`${id} ${from ?? ''}`}
      view={view}
      initial={initial as ClauseFields}
      base={base}
      title={t('clauses:editor.edit', { code })}
    />
  )
}

const wordingOf = ({ texts, when, major }: ClauseEdition) => ({ texts, when, major })

function Editor(props: {
  view: ClauseView | null
  initial: ClauseFields
  /** The published edition that changes are shown against. */
  base: ClauseEdition | null
  title: string
}) {
  const t = useT()
  const go = useGo()
  const notice = useNotice()
  const { view } = props
  const initial = useRef(props.initial as unknown as FormValues).current
  const [values, setValues] = useState<FormValues>(initial)
  const draft = view?.editions.find((edition) => edition.state === 'draft')
  const save = async (fields: ClauseFields, version: number, { context }: SaveOptions) => {
    const saved = view
      ? await api.clauses.save({ ...fields, id: view.id as never, version }, { context })
      : await api.clauses.create(fields, { context })
    notice.done(t('clauses:editor.saved'))
    go(`/clauses/${saved.id}`)
  }
  const hint = draft
    ? t('clauses:hints.draft', { no: draft.no })
    : view
      ? t('clauses:hints.immutable')
      : t('clauses:hints.draft', { no: 1 })
  return (
    <Page title={props.title} extra={<span className="muted">{hint}</span>}>
      <div className="clause-editor">
        <EntityForm
          form="clauses"
          record={view?.id ?? null}
          schema={schema}
          initial={initial}
          version={view?.version ?? 0}
          save={save}
          saveLabel={t('clauses:editor.save')}
          labelOf={(path) => labelOf(path, t)}
          onValues={setValues}
          onCancel={() => go(view ? `/clauses/${view.id}` : '/clauses')}
        >
          <ClauseForm />
        </EntityForm>
        <Beside fields={values as unknown as ClauseFields} base={props.base} />
      </div>
    </Page>
  )
}

/** How the clause is printed, and what the draft changes. */
function Beside({ fields, base }: { fields: ClauseFields; base: ClauseEdition | null }) {
  const t = useT()
  const [chosen, setChosen] = useState<Locale | null>(null)
  const present = languagesOf(fields.texts)
  const language = chosen ?? present[0] ?? LOCALES[0]
  const before = base?.texts[language] ?? ''
  const after = fields.texts[language]
  const kind: ContractKind = fields.kinds[0] ?? 'goods_sale'
  return (
    <aside className="clause-side">
      <Panel
        title={t('clauses:editor.preview')}
        extra={<LanguageChoice label={t('clauses:editor.previewLanguage')} value={language} onChange={setChosen} />}
      >
        <ClausePrint text={after} major={fields.major} kind={kind} language={language} />
        <p className="muted">{t('clauses:editor.sampleNote')}</p>
        {fields.when === '' ? null : (
          <p className="muted">{t('clauses:editor.notStanding', { name: t(`clauses:placeholders.${fields.when}`) })}</p>
        )}
      </Panel>
      {base && before.trim() !== after.trim() ? (
        <Panel title={t('clauses:editor.compareWith', { no: base.no })}>
          <RedlineText before={before} after={after} />
        </Panel>
      ) : null}
    </aside>
  )
}

function labelOf(path: string, t: ReturnType<typeof useT>): string {
  const [head = '', language] = path.split('.')
  const label = t(`clauses:fields.${head}`)
  return language === undefined ? label : `${label} · ${t(`contracts:languages.${language}`)}`
}
