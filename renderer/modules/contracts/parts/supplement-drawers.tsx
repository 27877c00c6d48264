import { z } from 'zod'
import { plainDay } from '#shared/kernel/dates.ts'
import { shortText } from '#shared/kernel/text.ts'
import type { SupplementView } from '#shared/modules/contracts/contracts.lives.schema.ts'
import { api } from '#renderer/rpc/api.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { TextAreaField, TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { firmToday } from '#renderer/ui/firm-day.ts'

interface Step {
  readonly view: SupplementView
  readonly open: boolean
  readonly onClose: () => void
}

const signing = z.strictObject({ signDay: plainDay, ourSigner: shortText(40), theirSigner: shortText(40) })

/** Both sides have signed: the contract and what is receivable follow. */
export function SignSupplement({ view, open, onClose }: Step) {
  const t = useT()
  const notice = useNotice()
  return (
    <ActionForm
      title={t('contracts:supplement.sign')}
      hint={t('contracts:supplement.signHint')}
      open={open}
      schema={signing}
      initial={{ signDay: firmToday(), ourSigner: view.ourSigner, theirSigner: view.theirSigner }}
      submitLabel={t('contracts:supplement.sign')}
      onClose={onClose}
      submit={async (output) => {
        await api.contracts.supplements.sign({ ...output, id: view.id, version: view.version })
        notice.done(t('contracts:supplement.signed', { number: view.number }))
      }}
    >
      <DayField name="signDay" label={t('contracts:supplement.signDay')} required />
      <TextField name="ourSigner" label={t('contracts:fields.ourSigner')} max={40} required />
      <TextField name="theirSigner" label={t('contracts:fields.theirSigner')} max={40} required />
    </ActionForm>
  )
}

const voiding = z.strictObject({ reason: shortText(200) })

/** A draft that is given up; its number stays. */
export function VoidSupplement({ view, open, onClose }: Step) {
  const t = useT()
  const notice = useNotice()
  return (
    <ActionForm
      title={t('contracts:supplement.void')}
      hint={t('contracts:supplement.voidHint')}
      open={open}
      schema={voiding}
      initial={{ reason: '' }}
      submitLabel={t('contracts:supplement.void')}
      danger
      onClose={onClose}
      submit={async ({ reason }) => {
        await api.contracts.supplements.void({ reason, id: view.id, version: view.version })
        notice.done(t('contracts:supplement.voided'))
      }}
    >
      <TextAreaField name="reason" label={t('contracts:void.reason')} max={200} required />
    </ActionForm>
  )
}
