import { formatYuan } from '#shared/kernel/money.ts'
import { redEntry } from '#shared/modules/invoices/invoices.entry.ts'
import { isDigital, isSpecial, leftOf, redLines, sumLines } from '#shared/modules/invoices/invoices.rules.ts'
import {
  INVOICE_KINDS,
  RED_REASONS,
  type InvoiceKind,
  type InvoiceView,
} from '#shared/modules/invoices/invoices.schema.ts'
import { rateChoices, useFirm } from '#renderer/modules/contracts/contracts.queries.ts'
import { api } from '#renderer/rpc/api.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { MoneyField } from '#renderer/ui/fields/number-fields.tsx'
import { TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useForm, type FormValues } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { firmToday } from '#renderer/ui/firm-day.ts'
import { LinesEditor } from './lines-editor.tsx'

/** A red letter that takes back all that is left; what it takes back is put right by hand. */
function initial(view: InvoiceView): FormValues {
  const lines = redLines(view.lines, view.reds)
  return {
    kind: view.kind,
    code: view.code,
    number: '',
    day: firmToday(),
    lines,
    amount: sumLines(lines).amount,
    redReason: 'returned',
    notice: '',
    note: '',
  }
}

/** Records a red letter against an invoice. */
export function RedDrawer(props: { view: InvoiceView; open: boolean; onClose: () => void }) {
  const t = useT()
  const notice = useNotice()
  const firm = useFirm()
  const { view } = props
  const rates = rateChoices(
    firm.data?.taxRates ?? [],
    firmToday(),
    view.lines.flatMap((line) => (line.rate === null ? [] : [line.rate])),
  )
  return (
    <ActionForm
      title={t('invoices:red.title')}
      hint={t('invoices:red.hint', { number: view.number, left: formatYuan(leftOf(view)) })}
      open={props.open}
      schema={redEntry}
      initial={initial(view)}
      submitLabel={t('invoices:red.submit')}
      size={820}
      onClose={props.onClose}
      submit={async (output) => {
        await api.invoices.redLetter({ ...output, blueId: view.id as never, version: view.version } as never)
        notice.done(t('invoices:red.done'))
      }}
    >
      <Fields view={view} />
      <LinesEditor rates={rates} />
    </ActionForm>
  )
}

function Fields({ view }: { view: InvoiceView }) {
  const t = useT()
  const form = useForm()
  const field = (key: string) => t(`invoices:fields.${key}`)
  // A special invoice is taken back by a special one, a digital one by a digital one.
  const kinds = INVOICE_KINDS.filter(
    (kind) => isSpecial(kind) === isSpecial(view.kind) && (isDigital(kind) || !isDigital(view.kind)),
  )
  return (
    <div className="form-grid">
      <SelectField
        name="kind"
        label={field('kind')}
        options={kinds.map((value) => ({ value, label: t(`invoices:kinds.${value}`) }))}
      />
      <DayField name="day" label={field('day')} required />
      {isDigital(form.values['kind'] as InvoiceKind) ? null : (
        <TextField name="code" label={field('code')} max={30} required />
      )}
      <TextField name="number" label={field('number')} max={40} required />
      <MoneyField name="amount" label={field('amount')} required />
      <SelectField
        name="redReason"
        label={field('redReason')}
        options={RED_REASONS.filter((reason) => reason !== 'unknown').map((value) => ({
          value,
          label: t(`invoices:redReasons.${value}`),
        }))}
      />
      <TextField name="notice" label={field('notice')} max={40} />
      <TextField name="note" label={field('note')} max={300} />
    </div>
  )
}
