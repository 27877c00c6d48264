import { z } from 'zod'
import { plainDay } from '#shared/kernel/dates.ts'
import { optionalText, shortText } from '#shared/kernel/text.ts'
import { creditTerms, REGISTRATIONS, type CreditView } from '#shared/modules/credit/credit.schema.ts'
import { api } from '#renderer/rpc/api.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { CountField, MoneyField, RateField } from '#renderer/ui/fields/number-fields.tsx'
import { TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { firmToday } from '#renderer/ui/firm-day.ts'

interface DrawerProps {
  readonly customerId: string
  readonly card: CreditView | null
  readonly open: boolean
  readonly onClose: () => void
}

const of = ({ customerId, card }: DrawerProps) => ({ customerId, version: card?.version ?? null })

/** Sets what a customer is trusted with; above the firm's amount a second person decides. */
export function LimitDrawer(props: DrawerProps) {
  const t = useT()
  const notice = useNotice()
  const { card } = props
  const start = card?.limit === null || card === null ? (card?.proposed ?? null) : card
  return (
    <ActionForm
      title={t('credit:limit.title')}
      hint={t('credit:limit.hint')}
      open={props.open}
      schema={creditTerms}
      initial={{
        limit: start?.limit ?? null,
        days: start?.days ?? null,
        prepay: start?.prepay ?? null,
        validTo: card?.validTo ?? null,
        reason: '',
      }}
      submitLabel={t('credit:limit.title')}
      onClose={props.onClose}
      submit={async (output) => {
        const { approvalId } = await api.credit.setLimit({ ...output, ...of(props) } as never)
        notice.done(t(approvalId === null ? 'credit:limit.done' : 'credit:limit.asked'))
      }}
    >
      <MoneyField name="limit" label={t('credit:columns.limit')} required />
      <CountField name="days" label={t('credit:columns.days')} />
      <RateField name="prepay" label={t('credit:approval.prepay')} />
      <DayField name="validTo" label={t('credit:columns.validTo')} />
      <TextField name="reason" label={t('credit:approval.reason')} max={200} required />
    </ActionForm>
  )
}

const holding = z.strictObject({ reason: shortText(200) })

/** Stops deliveries to a customer, or lets them go on. */
export function HoldDrawer(props: DrawerProps) {
  const t = useT()
  const notice = useNotice()
  const hold = !(props.card?.hold ?? false)
  const word = (key: string) => t(`credit:${hold ? 'hold' : 'lift'}.${key}`)
  return (
    <ActionForm
      title={word('title')}
      hint={word('hint')}
      open={props.open}
      schema={holding}
      initial={{ reason: '' }}
      submitLabel={word('title')}
      danger={hold}
      onClose={props.onClose}
      submit={async ({ reason }) => {
        await api.credit.setHold({ ...of(props), hold, reason } as never)
        notice.done(word('done'))
      }}
    >
      <TextField name="reason" label={t('credit:approval.reason')} max={200} required />
    </ActionForm>
  )
}

const looking = z.strictObject({ registration: z.enum(REGISTRATIONS), day: plainDay, note: optionalText(200) })

/** What the public register says of a customer, and when somebody looked. */
export function RegistrationDrawer(props: DrawerProps) {
  const t = useT()
  const notice = useNotice()
  return (
    <ActionForm
      title={t('credit:register.title')}
      hint={t('credit:register.hint')}
      open={props.open}
      schema={looking}
      initial={{ registration: props.card?.registration ?? 'active', day: firmToday(), note: '' }}
      submitLabel={t('credit:register.title')}
      onClose={props.onClose}
      submit={async (output) => {
        await api.credit.setRegistration({ ...output, ...of(props) } as never)
        notice.done(t('credit:register.done'))
      }}
    >
      <SelectField
        name="registration"
        label={t('credit:register.state')}
        options={REGISTRATIONS.map((value) => ({
          value,
          label: t(`receivables:credit.criteria.registration.${value}`),
        }))}
      />
      <DayField name="day" label={t('credit:register.day')} required />
      <TextField name="note" label={t('credit:register.note')} max={200} />
    </ActionForm>
  )
}

const releasing = z.strictObject({ untilDay: plainDay, reason: shortText(200) })

/** Lets the goods of one order leave in spite of the check. */
export function ReleaseDrawer(props: { orderId: string; open: boolean; onClose: () => void }) {
  const t = useT()
  const notice = useNotice()
  return (
    <ActionForm
      title={t('credit:release.title')}
      hint={t('credit:release.hint')}
      open={props.open}
      schema={releasing}
      initial={{ untilDay: firmToday(), reason: '' }}
      submitLabel={t('credit:release.title')}
      onClose={props.onClose}
      submit={async (output) => {
        await api.credit.release({ ...output, orderId: props.orderId as never })
        notice.done(t('credit:release.done'))
      }}
    >
      <DayField name="untilDay" label={t('credit:release.until')} required />
      <TextField name="reason" label={t('credit:approval.reason')} max={200} required />
    </ActionForm>
  )
}
