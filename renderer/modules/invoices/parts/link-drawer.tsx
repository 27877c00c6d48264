import { useRef } from 'react'
import { z } from 'zod'
import { entityId, optionalText } from '#shared/kernel/text.ts'
import { leftOf } from '#shared/modules/invoices/invoices.rules.ts'
import {
  invoiceFields,
  invoiceLinks,
  type InvoiceFields,
  type InvoiceView,
} from '#shared/modules/invoices/invoices.schema.ts'
import { useContractChoices } from '#renderer/modules/contracts/contracts.queries.ts'
import { CustomerPicker } from '#renderer/modules/customers/parts/customer-picker.tsx'
import { useCheck, useEntryBasis } from '#renderer/modules/invoices/invoices.queries.ts'
import { api } from '#renderer/rpc/api.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useForm } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { valuesOf } from './draft.ts'
import { Findings } from './findings.tsx'
import { LinksTable } from './links-table.tsx'

const schema = z.strictObject({
  customerId: entityId.nullable(),
  contractId: entityId.nullable(),
  links: invoiceLinks,
  reason: optionalText(200),
})

/** Says whose an invoice is, for which contract, and which instalments it bills. */
export function LinkDrawer(props: { view: InvoiceView; open: boolean; onClose: () => void }) {
  const t = useT()
  const notice = useNotice()
  const { view } = props
  const { customerId, contractId, links, reason } = valuesOf(view)
  return (
    <ActionForm
      title={t('invoices:link.title')}
      hint={t('invoices:link.hint')}
      open={props.open}
      schema={schema}
      initial={{ customerId, contractId, links, reason }}
      submitLabel={t('invoices:link.submit')}
      size={760}
      onClose={props.onClose}
      submit={async (output) => {
        await api.invoices.link({ ...output, id: view.id as never, version: view.version } as never)
        notice.done(t('invoices:link.done'))
      }}
    >
      <Body view={view} />
    </ActionForm>
  )
}

function Body({ view }: { view: InvoiceView }) {
  const t = useT()
  const form = useForm()
  const customerId = form.values['customerId'] as string | null
  const contractId = form.values['contractId'] as string | null
  const first = useRef(customerId).current
  const contracts = useContractChoices(customerId)
  const basis = useEntryBasis(customerId, contractId, view.id)
  // What is printed stays; only where it belongs is judged anew.
  const parsed = invoiceFields.safeParse({ ...valuesOf(view), ...form.values })
  const findings = useCheck(parsed.success ? (parsed.data as InvoiceFields) : null, view.id)
  const departs = (findings?.length ?? 0) > 0
  const field = (key: string) => t(`invoices:fields.${key}`)
  return (
    <>
      <div className="form-grid">
        <CustomerPicker
          name="customerId"
          label={field('customerId')}
          {...(customerId !== null && customerId === first && view.customerName !== null
            ? { chosenLabel: view.customerName }
            : {})}
          onPicked={() => {
            form.set('contractId', null)
            form.set('links', [])
          }}
        />
        <SelectField name="contractId" label={field('contractId')} options={contracts} allowClear />
      </div>
      <LinksTable instalments={customerId === null ? null : (basis.data?.instalments ?? [])} available={leftOf(view)} />
      <Findings findings={findings} />
      {departs || form.values['reason'] !== '' ? (
        <TextField
          name="reason"
          label={field('reason')}
          max={200}
          required={departs}
          hint={t('invoices:form.reasonHint')}
        />
      ) : null}
    </>
  )
}
