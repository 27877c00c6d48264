import { Link, useParams } from '@tanstack/react-router'
import { Button, Spin } from 'antd'
import { useRef, useState } from 'react'
import { ratesOn } from '#shared/modules/contracts/contracts.check.ts'
import type { TaxRate } from '#shared/modules/office/office.schema.ts'
import { quotationFields, type QuotationFields } from '#shared/modules/quotations/quotations.schema.ts'
import { rateChoices, useFirm } from '#renderer/modules/contracts/contracts.queries.ts'
import { api, shownError } from '#renderer/rpc/api.ts'
import { EntityForm, type SaveOptions } from '#renderer/ui/entity-form.tsx'
import type { FormValues } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { ErrorNotice, Page } from '#renderer/ui/parts.tsx'
import { PdfDialog } from '#renderer/ui/pdf-preview.tsx'
import { useGo } from '#renderer/ui/use-go.ts'
import { firmToday } from '#renderer/ui/firm-day.ts'
import '#renderer/modules/contracts/contracts.css'
import '#renderer/modules/quotations/quotations.css'
import { DealChooser } from '#renderer/modules/quotations/parts/deal-chooser.tsx'
import { countableLines, newQuotation } from '#renderer/modules/quotations/parts/draft.ts'
import { QuotationForm } from '#renderer/modules/quotations/parts/quotation-form.tsx'
import { SumsStrip } from '#renderer/modules/quotations/parts/sums-strip.tsx'
import { useDealBasis, useQuotation, useDealInAddress } from '#renderer/modules/quotations/quotations.queries.ts'

/** A new quotation of the deal in the address; without one, the deal is chosen first. */
export function NewQuotationPage() {
  const t = useT()
  const dealId = useDealInAddress()
  const deal = useDealBasis(dealId)
  const firm = useFirm()
  const title = t('quotations:new')
  if (dealId === '') {
    const words = { hint: t('quotations:chooseDealHint'), action: t('quotations:next') }
    return <DealChooser title={title} path="/quotations/new" {...words} />
  }
  const error = deal.shownError ?? (firm.error ? shownError(firm.error) : null)
  if (error) return <Failed title={title} error={error} />
  if (!deal.data || !firm.data) return <Spin className="grid-spin" />
  const rate = ratesOn(firm.data.taxRates, firmToday())[0] ?? 0
  return (
    <Editor
      key={dealId}
      record={null}
      deal={deal.data}
      seesCost={deal.data.seesCost}
      initial={newQuotation(deal.data, firm.data.documentLocale, t, rate)}
      taxRates={firm.data.taxRates}
    />
  )
}

/** The newest version of a quotation, as long as it is a draft. */
export function EditQuotationPage() {
  const t = useT()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const found = useQuotation(id)
  const firm = useFirm()
  const error = found.shownError ?? (firm.error ? shownError(firm.error) : null)
  if (error) return <Failed title={t('quotations:edit')} error={error} />
  const top = found.data?.versions[0]
  if (!found.data || !top || !firm.data) return <Spin className="grid-spin" />
  const { number, version } = found.data
  return (
    <Editor
      key={`${id} ${top.no}`}
      record={{ id, number, version }}
      deal={found.data}
      seesCost={found.data.seesCost}
      initial={top.fields}
      taxRates={firm.data.taxRates}
    />
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
  record: { id: string; number: string; version: number } | null
  deal: { dealId: string; dealNumber: string; dealName: string; customerName: string }
  seesCost: boolean
  initial: QuotationFields
  taxRates: readonly TaxRate[]
}) {
  const t = useT()
  const go = useGo()
  const notice = useNotice()
  const { record, deal } = props
  // A refetch must not put the form back to what was read first.
  const initial = useRef(props.initial as unknown as FormValues).current
  const [values, setValues] = useState<FormValues>(initial)
  const [pdf, setPdf] = useState<{ fileId: string; name: string } | null>(null)
  const lines = countableLines(values)
  const rates = rateChoices(
    props.taxRates,
    firmToday(),
    lines.map((line) => line.rate),
  )
  const save = async (fields: QuotationFields, version: number, { context }: SaveOptions) => {
    if (record) {
      await api.quotations.update({ ...fields, id: record.id, version }, { context })
      notice.done(t('quotations:saved'))
      go(`/quotations/${record.id}`)
      return
    }
    const made = await api.quotations.create({ ...fields, dealId: deal.dealId }, { context })
    notice.done(t('quotations:created', { number: made.number }))
    go(`/quotations/${made.id}`)
  }
  const preview = async () => {
    const parsed = quotationFields.safeParse(values)
    if (!parsed.success) return
    try {
      setPdf(await api.quotations.preview({ dealId: deal.dealId, fields: parsed.data }))
    } catch (error) {
      notice.fail(error)
    }
  }
  const title = record ? `${t('quotations:edit')} ${record.number}` : t('quotations:new')
  return (
    <Page
      title={title}
      extra={
        <span className="muted">
          {deal.customerName}
          {' · '}
          <Link to={`/deals/${deal.dealId}` as never}>{`${deal.dealNumber} ${deal.dealName}`}</Link>
        </span>
      }
      action={
        <Button disabled={!quotationFields.safeParse(values).success} onClick={() => void preview()}>
          {t('quotations:page.openPdf')}
        </Button>
      }
    >
      <SumsStrip lines={lines} seesCost={props.seesCost} />
      <EntityForm
        form="quotations"
        record={record?.id ?? deal.dealId}
        schema={quotationFields}
        initial={initial}
        version={record?.version ?? 0}
        save={save}
        saveLabel={t('common:save')}
        labelOf={(path) => labelOf(path, t)}
        onValues={setValues}
        onCancel={() => go(record ? `/quotations/${record.id}` : '/quotations')}
      >
        <QuotationForm rates={rates} seesCost={props.seesCost} />
      </EntityForm>
      <PdfDialog file={pdf} onClose={() => setPdf(null)} />
    </Page>
  )
}

/** `lines.2.price` → "Price with tax 3". */
function labelOf(path: string, t: ReturnType<typeof useT>): string {
  const [head, row, field] = path.split('.')
  if (head !== 'lines' || row === undefined || field === undefined) return t(`quotations:fields.${path}`)
  return `${t(`quotations:fields.line.${field}`)} ${Number(row) + 1}`
}
