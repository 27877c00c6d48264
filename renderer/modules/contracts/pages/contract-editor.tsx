import { useParams } from '@tanstack/react-router'
import { App, Spin } from 'antd'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { FirmProfile, TaxRate } from '#shared/modules/office/office.schema.ts'
import { checkContract, ratesOn } from '#shared/modules/contracts/contracts.check.ts'
import { lawOn } from '#shared/modules/contracts/contracts.law.ts'
import type { LawRow } from '#shared/modules/contracts/contracts.law.schema.ts'
import { newDraft } from '#shared/modules/contracts/contracts.draft.rules.ts'
import {
  contractFields,
  type ContractDraft,
  type ContractFields,
  type ContractView,
} from '#shared/modules/contracts/contracts.schema.ts'
import { departures } from '#shared/modules/quotations/quotations.departures.ts'
import { useTemplateChoices } from '#renderer/modules/clauses/clauses.queries.ts'
import { useSearchedCustomer } from '#renderer/modules/customers/parts/searched-customer.ts'
import { useAgreed, useContractDraft } from '#renderer/modules/quotations/quotations.queries.ts'
import { api, shownError } from '#renderer/rpc/api.ts'
import { EntityForm, type SaveOptions } from '#renderer/ui/entity-form.tsx'
import { useForm, type FormHandle, type FormValues } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { ErrorNotice, Page } from '#renderer/ui/parts.tsx'
import { PdfPreview } from '#renderer/ui/pdf-preview.tsx'
import { useGo } from '#renderer/ui/use-go.ts'
import { firmToday } from '#renderer/ui/firm-day.ts'
import '#renderer/modules/contracts/contracts.css'
import { rateChoices, useContract, useFirm } from '#renderer/modules/contracts/contracts.queries.ts'
import { templateFindings } from '#renderer/modules/contracts/parts/draft-template.ts'
import { ContractForm } from '#renderer/modules/contracts/parts/contract-form.tsx'
import { useEarlierDraft } from '#renderer/modules/contracts/parts/earlier-draft.ts'
import { countable, draftFigures, fieldsOfView, readable } from '#renderer/modules/contracts/parts/draft.ts'
import { fieldLabel } from '#renderer/modules/contracts/parts/field-label.ts'
import { takeWording } from '#renderer/modules/contracts/parts/proposed-wording.ts'
import { FindingsList, goToField } from '#renderer/modules/contracts/parts/findings-list.tsx'
import { SumsStrip } from '#renderer/modules/contracts/parts/sums-strip.tsx'
import { contractPrints, PrintMenu } from '#renderer/modules/contracts/parts/print-menu.tsx'
import { usePreview } from '#renderer/modules/contracts/parts/use-preview.ts'

/** Drafting a contract: form left, the PDF right, and what is missing as a list that goes to the field. */
export function ContractEditorPage() {
  const t = useT()
  const { id = null } = useParams({ strict: false }) as { id?: string }
  const contract = useContract(id)
  const basis = useFirm()
  const { customer, pending: reading } = useSearchedCustomer()
  const { draft, pending: drafting, error } = useContractDraft()
  const earlier = useEarlierDraft()
  const pending = reading || drafting || earlier.pending
  const failure = contract.error ?? basis.error ?? error ?? earlier.error
  if (failure) {
    return (
      <Page title={t('contracts:editor.newTitle')}>
        <ErrorNotice error={shownError(failure)} />
      </Page>
    )
  }
  if (!basis.data || pending || (id !== null && !contract.data)) return <Spin className="grid-spin" />
  const view = contract.data ?? null
  const rate = ratesOn(basis.data.taxRates, firmToday())[0] ?? 0
  const initial = view
    ? fieldsOfView(view)
    : ((draft?.fields as ContractFields | undefined) ??
      earlier.draft ??
      newDraft(basis.data.documentLocale, t, rate, customer))
  return (
    <Editor
      key={id ?? `new ${draft?.fields.dealId ?? earlier.source ?? customer?.id ?? ''}`}
      view={view}
      customerName={view?.buyerName ?? draft?.customerName ?? customer?.name ?? earlier.customerName}
      sources={draft?.sources ?? [earlier.source].filter((source) => source !== '')}
      initial={initial}
      firm={basis.data.firm}
      taxRates={basis.data.taxRates}
      law={basis.data.law}
    />
  )
}

function Editor(props: {
  view: ContractView | null
  customerName: string
  /** Numbers of what the draft was made from. */
  sources: readonly string[]
  initial: ContractFields
  firm: FirmProfile
  taxRates: readonly TaxRate[]
  law: readonly LawRow[]
}) {
  const t = useT()
  const go = useGo()
  const { message } = App.useApp()
  const { view, firm, taxRates, law } = props
  // A refetch must not put the form back to what was read first.
  const initial = useRef(props.initial as unknown as FormValues).current
  const [values, setValues] = useState<FormValues>(initial)
  const root = useRef<HTMLDivElement>(null)
  const form = useRef<FormHandle | null>(null)
  const { sums, split, priceList } = useMemo(() => draftFigures(values), [values])
  const dealId = props.initial.dealId ?? null
  const agreed = useAgreed(dealId).data
  const choices = useTemplateChoices().data
  const findings = useMemo(() => {
    const fields = { ...values, ...countable(values) } as unknown as ContractDraft
    const day = firmToday()
    const found = checkContract({
      fields,
      seller: firm,
      sums,
      rates: ratesOn(taxRates, day),
      day,
      law: lawOn(law, day),
    })
    const template = choices ? templateFindings(choices, fields) : []
    return [...template, ...found, ...(agreed ? departures(fields, agreed) : [])]
  }, [values, firm, taxRates, law, sums, agreed, choices])
  const typed = useMemo(() => readable(values), [values])
  const preview = usePreview(view?.id ?? null, typed)
  const used = [...new Set(countable(values).lines.map((line) => line.rate))].join()
  const rates = useMemo(() => rateChoices(taxRates, firmToday(), used.split(',').map(Number)), [taxRates, used])
  const title = view ? t('contracts:editor.editTitle', { number: view.number }) : t('contracts:editor.newTitle')
  const sources = props.sources.join(' · ')
  const from = sources === '' ? null : <span className="muted">{t('contracts:editor.fromDeal', { sources })}</span>
  const open = useCallback((id: string) => go(`/contracts/${id}`), [go])

  const save = async (fields: ContractFields, version: number, { context }: SaveOptions) => {
    if (view) {
      await api.contracts.update({ ...fields, id: view.id as never, version }, { context })
      message.success(t('contracts:editor.saved'))
      open(view.id)
      return
    }
    const made = await api.contracts.create(fields, { context })
    message.success(t('contracts:editor.created', { number: made.number }))
    open(made.id)
  }

  return (
    <Page
      title={title}
      extra={from}
      action={<PrintMenu choices={contractPrints(view?.id ?? null, typed, t)} disabled={typed === null} />}
    >
      <SumsStrip sums={sums} split={split} priceList={priceList} />
      <div className="editor" ref={root}>
        <EntityForm
          form="contracts"
          record={view?.id ?? dealId ?? (props.initial.customerId || null)}
          schema={contractFields}
          initial={initial}
          version={view?.version ?? 0}
          save={save}
          saveLabel={t('contracts:editor.save')}
          labelOf={(path) => fieldLabel(path, t)}
          onValues={setValues}
          onCancel={() => go(view ? `/contracts/${view.id}` : '/contracts')}
        >
          <FormDoor formRef={form} />
          <ContractForm rates={rates} customerName={props.customerName} />
        </EntityForm>
        <aside className="editor-side" aria-label={t('contracts:editor.preview')}>
          <FindingsList
            findings={findings}
            onGoTo={(finding) => goToField(root.current, finding.path)}
            onTake={(finding) => {
              if (form.current) takeWording(form.current, finding)
              goToField(root.current, finding.path)
            }}
          />
          <PdfPreview bytes={preview.bytes} name={preview.name} error={preview.error} thumbnails={false} />
        </aside>
      </div>
    </Page>
  )
}

/** Lets the list of findings, which stands beside the form, write into it. */
function FormDoor({ formRef }: { formRef: { current: FormHandle | null } }) {
  const form = useForm()
  useEffect(() => {
    formRef.current = form
  })
  return null
}
