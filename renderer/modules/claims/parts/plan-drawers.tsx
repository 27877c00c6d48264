import { z } from 'zod'
import { plainDay } from '#shared/kernel/dates.ts'
import { shortText } from '#shared/kernel/text.ts'
import type { PlanView } from '#shared/modules/claims/claims.plans.schema.ts'
import { SIGNER_ROLES } from '#shared/modules/claims/claims.statements.schema.ts'
import { api } from '#renderer/rpc/api.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { CheckField, SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { firmToday } from '#renderer/ui/firm-day.ts'

interface DrawerProps {
  readonly view: PlanView
  readonly open: boolean
  readonly onClose: () => void
}

const signing = z.strictObject({
  day: plainDay,
  ourSigner: shortText(40),
  signer: shortText(40),
  signerRole: z.enum(SIGNER_ROLES),
  scanned: z.boolean(),
})

/** Both have signed: the debts are put off, limitation runs anew. */
export function SignPlan({ view, open, onClose }: DrawerProps) {
  const t = useT()
  const notice = useNotice()
  const word = (key: string) => t(`claims:plans.${key}`)
  return (
    <ActionForm
      title={word('sign')}
      hint={word('signHint')}
      open={open}
      schema={signing}
      initial={{ day: firmToday(), ourSigner: '', signer: '', signerRole: 'legalRepresentative', scanned: false }}
      submitLabel={word('sign')}
      onClose={onClose}
      submit={async (output) => {
        await api.claims.plans.sign({ ...output, id: view.id as never, version: view.version })
        notice.done(word('signed'))
      }}
    >
      <DayField name="day" label={t('claims:columns.signDay')} required />
      <TextField name="ourSigner" label={word('ourSigner')} max={40} required />
      <TextField name="signer" label={word('theirSigner')} max={40} required />
      <SelectField
        name="signerRole"
        label={t('claims:signerRole')}
        options={SIGNER_ROLES.map((value) => ({ value, label: t(`claims:signerRoles.${value}`) }))}
        hint={t('claims:signerHint')}
      />
      <CheckField name="scanned" label={t('claims:scanned')} />
    </ActionForm>
  )
}

const calling = z.strictObject({ day: plainDay, reason: shortText(200) })

/** A part was not paid in time: the rest is due at once. */
export function CallInPlan({ view, open, onClose }: DrawerProps) {
  const t = useT()
  const notice = useNotice()
  const word = (key: string) => t(`claims:plans.${key}`)
  return (
    <ActionForm
      title={word('callIn')}
      hint={word('callInHint')}
      open={open}
      schema={calling}
      initial={{ day: firmToday(), reason: '' }}
      submitLabel={word('callIn')}
      danger
      onClose={onClose}
      submit={async (output) => {
        await api.claims.plans.callIn({ ...output, id: view.id as never, version: view.version })
        notice.done(word('calledIn'))
      }}
    >
      <DayField name="day" label={word('calledDay')} required />
      <TextField name="reason" label={t('claims:columns.reason')} max={200} required />
    </ActionForm>
  )
}
