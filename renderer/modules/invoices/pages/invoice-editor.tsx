import { useParams, useSearch } from '@tanstack/react-router'
import { Button, Spin } from 'antd'
import { useEffect, useMemo, useRef } from 'react'
import { ratesOn } from '#shared/modules/contracts/contracts.check.ts'
import { invoiceEntry } from '#shared/modules/invoices/invoices.entry.ts'
import { isDigital, isSpecial, sumLines } from '#shared/modules/invoices/invoices.rules.ts'
import {
  INVOICE_KINDS,
  type InvoiceFields,
  type InvoiceKind,
  type InvoiceLine,
} from '#shared/modules/invoices/invoices.schema.ts'
import type { TaxRate } from '#shared/modules/office/office.schema.ts'
import { rateChoices, useContractChoices, useFirm } from '#renderer/modules/contracts/contracts.queries.ts'
import { CustomerPicker } from '#renderer/modules/customers/parts/customer-picker.tsx'
import '#renderer/modules/invoices/invoices.css'
import { useCheck, useCustomerName, useEntryBasis, useInvoice } from '#renderer/modules/invoices/invoices.queries.ts'
import { countable, isUntouched, newInvoice, valuesOf } from '#renderer/modules/invoices/parts/draft.ts'
import { FileFill } from '#renderer/modules/invoices/parts/file-fill.tsx'
import { Findings } from '#renderer/modules/invoices/parts/findings.tsx'
import { LinesEditor } from '#renderer/modules/invoices/parts/lines-editor.tsx'
import { LinksTable } from '#renderer/modules/invoices/parts/links-table.tsx'
import { api, shownError } from '#renderer/rpc/api.ts'
import { EntityForm, FormGroup, type SaveOptions } from '#renderer/ui/entity-form.tsx'
import { SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { MoneyField } from '#renderer/ui/fields/number-fields.tsx'
import { TextAreaField, TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useForm, type FormValues } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { ErrorNotice, Page } from '#renderer/ui/parts.tsx'
import { useGo } from '#renderer/ui/use-go.ts'
import { firmToday } from '#renderer/ui/firm-day.ts'

/** A new invoice, of the customer and the contract in the address where there are some. */
export function NewInvoicePage() {
  const t = useT()
  const firm = useFirm()
  const { customer, contract } = useSearch({ strict: false }) as { customer?: string; contract?: string }
  if (firm.error) return <Failed title={t('invoices:new')} error={shownError(firm.error)} />
  if (!firm.data) return <Spin className="grid-spin" />
  const of = { customerId: customer ?? null, contractId: contract ?? null }
  const rate = ratesOn(firm.data.taxRates, firmToday())[0] ?? 0
  return (
    <Editor
      key={`${of.customerId} ${of.contractId}`}
      record={null}
      initial={newInvoice(firmToday(), of, rate)}
      taxRates={firm.data.taxRates}
    />
  )
}

/** An invoice that was entered, as long as nothing was taken back of it. */
export function EditInvoicePage() {
  const t = useT()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const found = useInvoice(id)
  const firm = useFirm()
  const error = found.shownError ?? (firm.error ? shownError(firm.error) : null)
  if (error) return <Failed title={t('invoices:edit')} error={error} />
  if (!found.data || !firm.data) return <Spin className="grid-spin" />
  const { version, number } = found.data
  return (
    <Editor key={id} record={{ id, version, number }} initial={valuesOf(found.data)} taxRates={firm.data.taxRates} />
  )
}

function Failed(props: { title: string; error: ReturnType<typeof shownError> }) {
  return (
    <Page title={props.title}>
      <ErrorNotice error={props.error} />
    </Page>
  )
}

function Editor(props: {
  record: { id: string; version: number; number: string } | null
  initial: FormValues
  taxRates: readonly TaxRate[]
}) {
  const t = useT()
  const go = useGo()
  const notice = useNotice()
  const { record } = props
  // A refetch must not put the form back to what was read first.
  const initial = useRef(props.initial).current
  const original = useRef<string | null>(null)
  const save = async (fields: InvoiceFields, version: number, { context }: SaveOptions) => {
    if (record) {
      await api.invoices.update({ ...fields, id: record.id as never, version } as never, { context })
      notice.done(t('invoices:form.saved'))
      go(`/invoices/${record.id}`)
      return
    }
    const made = await api.invoices.create(fields as never, { context })
    await keepOriginal(made.id, fields.number)
    go(`/invoices/${made.id}`)
  }
  /** The invoice stands whether or not its file can be kept: the page says what is missing. */
  const keepOriginal = async (id: string, number: string) => {
    try {
      if (original.current !== null) await api.attachments.add({ to: 'invoice', id, fileId: original.current })
      notice.done(t('invoices:form.created', { number }))
    } catch {
      notice.done(t('invoices:form.createdNoFile'))
    }
  }
  const title = record ? `${t('invoices:edit')} ${record.number}` : t('invoices:new')
  return (
    <Page title={title}>
      <EntityForm
        form="invoices"
        record={record?.id ?? String(initial['contractId'] ?? initial['customerId'] ?? 'new')}
        schema={invoiceEntry}
        initial={initial}
        version={record?.version ?? 0}
        save={save}
        saveLabel={t('invoices:form.save')}
        labelOf={(path) => labelOf(path, t)}
        onCancel={() => go(record ? `/invoices/${record.id}` : '/invoices')}
      >
        {record ? null : <FileFill onFile={(fileId) => (original.current = fileId)} />}
        <FormBody id={record?.id ?? null} taxRates={props.taxRates} />
      </EntityForm>
    </Page>
  )
}

/** `lines.2.net` → "Net 3". */
function labelOf(path: string, t: ReturnType<typeof useT>): string {
  const [head, row, field] = path.split('.')
  if (head !== 'lines' || row === undefined || field === undefined) return t(`invoices:fields.${path}`)
  return `${t(`invoices:fields.line.${field}`)} ${Number(row) + 1}`
}

function FormBody(props: { id: string | null; taxRates: readonly TaxRate[] }) {
  const t = useT()
  const form = useForm()
  const { values } = form
  const [customerId, contractId] = [values['customerId'] as string | null, values['contractId'] as string | null]
  const basis = useEntryBasis(customerId, contractId, props.id)
  const lines = values['lines'] as InvoiceLine[]
  const printed = values['amount'] as number | null
  const worth = printed !== null && Number.isSafeInteger(printed) ? printed : sumLines(countable(values)).amount
  const used = [...new Set(lines.flatMap((line) => (line.rate === null ? [] : [line.rate])))].join()
  const rates = useMemo(
    () => rateChoices(props.taxRates, firmToday(), used === '' ? [] : used.split(',').map(Number)),
    [props.taxRates, used],
  )
  useBasisInForm(basis.data)
  return (
    <div className="invoice-form">
      <div>
        <PaperFields />
        <WhoseFields />
        <BuyerFields />
      </div>
      <div>
        <fieldset className="form-group">
          <legend>{t('invoices:form.lines')}</legend>
          <LinesEditor rates={rates}>
            {basis.data && basis.data.lines.length > 0 ? (
              <Button size="small" onClick={() => form.set('lines', basis.data.lines)}>
                {t('invoices:form.fromContract')}
              </Button>
            ) : null}
          </LinesEditor>
        </fieldset>
        <fieldset className="form-group">
          <legend>{t('invoices:form.links')}</legend>
          <LinksTable instalments={customerId === null ? null : (basis.data?.instalments ?? [])} available={worth} />
        </fieldset>
        <CheckFields id={props.id} />
      </div>
    </div>
  )
}

/** Fills in what a newly chosen customer or contract brings, where nobody has typed anything yet. */
function useBasisInForm(basis: ReturnType<typeof useEntryBasis>['data']): void {
  const form = useForm()
  const latest = useRef(form)
  useEffect(() => {
    latest.current = form
  })
  useEffect(() => {
    if (!basis) return
    const { values, set } = latest.current
    const buyer = values['buyer'] as { name: string; taxId: string }
    if (buyer.name === '' && buyer.taxId === '') set('buyer', basis.buyer)
    if (basis.lines.length > 0 && isUntouched(values['lines'] as InvoiceLine[])) set('lines', basis.lines)
    const known = new Set(basis.instalments.map((row) => row.instalmentId))
    const links = values['links'] as { instalmentId: string }[]
    if (links.some((link) => !known.has(link.instalmentId))) {
      set(
        'links',
        links.filter((link) => known.has(link.instalmentId)),
      )
    }
  }, [basis])
}

function PaperFields() {
  const t = useT()
  const form = useForm()
  const field = (key: string) => t(`invoices:fields.${key}`)
  const digital = isDigital(form.values['kind'] as InvoiceKind)
  return (
    <FormGroup title={t('invoices:form.paper')}>
      <SelectField
        name="kind"
        label={field('kind')}
        options={INVOICE_KINDS.map((value) => ({ value, label: t(`invoices:kinds.${value}`) }))}
      />
      <DayField name="day" label={field('day')} required />
      {digital ? null : <TextField name="code" label={field('code')} max={30} required wide />}
      <TextField
        name="number"
        label={field('number')}
        max={40}
        required
        wide
        autoFocus
        hint={t('invoices:form.numberHint')}
      />
      <MoneyField name="amount" label={field('amount')} required hint={t('invoices:form.amountHint')} />
    </FormGroup>
  )
}

function WhoseFields() {
  const t = useT()
  const form = useForm()
  const customerId = form.values['customerId'] as string | null
  const contracts = useContractChoices(customerId)
  const name = useCustomerName(customerId)
  const field = (key: string) => t(`invoices:fields.${key}`)
  return (
    <FormGroup title={t('invoices:form.whose')}>
      <CustomerPicker
        name="customerId"
        label={field('customerId')}
        wide
        {...(name === undefined ? {} : { chosenLabel: name })}
        {...(customerId === null ? { hint: t('invoices:form.customerHint') } : {})}
        onPicked={() => {
          form.set('contractId', null)
          form.set('links', [])
        }}
      />
      <SelectField name="contractId" label={field('contractId')} options={contracts} allowClear wide />
      <TextAreaField name="note" label={field('note')} max={300} rows={1} />
    </FormGroup>
  )
}

function BuyerFields() {
  const t = useT()
  const form = useForm()
  const special = isSpecial(form.values['kind'] as InvoiceKind)
  const field = (key: string) => t(`invoices:fields.buyer.${key}`)
  return (
    <FormGroup title={t('invoices:form.buyer')}>
      <TextField name="buyer.name" label={field('name')} max={100} required wide />
      <TextField
        name="buyer.taxId"
        label={field('taxId')}
        max={30}
        required={special}
        wide
        {...(special ? { hint: t('invoices:form.sixHint') } : {})}
      />
      <TextField name="buyer.address" label={field('address')} max={120} required={special} wide />
      <TextField name="buyer.phone" label={field('phone')} max={40} required={special} />
      <TextField name="buyer.bankName" label={field('bankName')} max={80} required={special} />
      <TextField name="buyer.bankAccount" label={field('bankAccount')} max={40} required={special} wide />
    </FormGroup>
  )
}

function CheckFields({ id }: { id: string | null }) {
  const t = useT()
  const form = useForm()
  const parsed = invoiceEntry.safeParse(form.values)
  const findings = useCheck(parsed.success ? parsed.data : null, id)
  const departs = (findings?.length ?? 0) > 0
  return (
    <fieldset className="form-group">
      <legend>{t('invoices:form.check')}</legend>
      <Findings findings={findings} />
      {departs || form.values['reason'] !== '' ? (
        <TextField
          name="reason"
          label={t('invoices:fields.reason')}
          max={200}
          wide
          required={departs}
          hint={t('invoices:form.reasonHint')}
        />
      ) : null}
    </fieldset>
  )
}
