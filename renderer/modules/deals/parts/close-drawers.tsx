import { z } from 'zod'
import { missingFacts } from '#shared/modules/deals/deals.rules.ts'
import { dealLoss, dealReopening, dealWin, type DealView } from '#shared/modules/deals/deals.schema.ts'
import { CLOSE_REASONS } from '#shared/modules/deals/deals.stages.schema.ts'
import { useCompetitorNames, useDeal, useDealPolicy } from '#renderer/modules/deals/deals.queries.ts'
import { api } from '#renderer/rpc/api.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { MoneyField } from '#renderer/ui/fields/number-fields.tsx'
import { SuggestField, TextAreaField, TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { firmToday } from '#renderer/ui/firm-day.ts'
import { FactFields, factsSchema, factValues } from './fact-fields.tsx'

const todayOf = () => firmToday()
interface Closing {
  readonly deal: DealView
  readonly onClose: () => void
}

function useReasons() {
  const t = useT()
  return CLOSE_REASONS.map((value) => ({ value, label: t(`deals:reason.${value}`) }))
}

/** The customer said yes: for how much, since when, what decided it, and what is to be learned of it. */
export function WinDrawer({ deal, onClose }: Closing) {
  const t = useT()
  const notice = useNotice()
  const policy = useDealPolicy()
  const reasons = useReasons()
  const today = todayOf()
  // The amount has a field of its own.
  const missing = missingFacts(deal, 'won', policy, today).filter((fact) => fact !== 'amount')
  const counted = { ...deal, amount: Math.max(deal.amount, 1) }
  const fields = dealWin.omit({ id: true, version: true })
  return (
    <ActionForm
      title={t('deals:win.title')}
      hint={missing.length > 0 ? t('deals:move.missing', { stage: t('deals:stage.won') }) : t('deals:win.hint')}
      open
      schema={fields.extend({ facts: factsSchema(counted, 'won', policy, today) })}
      initial={{
        day: today,
        amount: deal.amount === 0 ? null : deal.amount,
        reason: null,
        note: '',
        facts: factValues(deal, missing),
      }}
      submitLabel={t('deals:win.submit')}
      onClose={onClose}
      submit={async (output) => {
        await api.deals.win({ ...output, id: deal.id, version: deal.version })
        notice.done(t('deals:win.done', { name: deal.name }))
      }}
    >
      <FactFields facts={missing} />
      <MoneyField name="amount" label={t('deals:win.amount')} required />
      <DayField name="day" label={t('deals:win.day')} required />
      <SelectField name="reason" label={t('deals:win.reason')} options={reasons} allowClear />
      <TextAreaField name="note" label={t('deals:fields.closeNote')} max={2000} rows={4} />
    </ActionForm>
  )
}

/** The customer said no: why, to whom it went, and what is to be done differently. */
export function LoseDrawer({ deal, onClose }: Closing) {
  const t = useT()
  const notice = useNotice()
  const known = useCompetitorNames(useCan('market.read'))
  const names = [...new Set([...deal.competitors.map((competitor) => competitor.name), ...known])]
  return (
    <ActionForm
      title={t('deals:lose.title')}
      hint={t('deals:lose.hint')}
      open
      schema={dealLoss.omit({ id: true, version: true })}
      initial={{ day: todayOf(), reason: null, competitor: '', note: '' }}
      submitLabel={t('deals:lose.submit')}
      danger
      onClose={onClose}
      submit={async (output) => {
        await api.deals.lose({ ...output, id: deal.id, version: deal.version })
        notice.done(t('deals:lose.done', { name: deal.name }))
      }}
    >
      <SelectField name="reason" label={t('deals:fields.reason')} options={useReasons()} required />
      <SuggestField name="competitor" label={t('deals:fields.lostTo')} max={80} suggestions={names} />
      <DayField name="day" label={t('deals:fields.closedDay')} required />
      <TextAreaField name="note" label={t('deals:fields.closeNote')} max={2000} rows={4} required />
    </ActionForm>
  )
}

/** It is not over after all. */
export function ReopenDrawer({ deal, onClose }: Closing) {
  const t = useT()
  const notice = useNotice()
  return (
    <ActionForm
      title={t('deals:reopen.title')}
      hint={t('deals:reopen.hint')}
      open
      schema={dealReopening.omit({ id: true, version: true })}
      initial={{ expectedDay: null, note: '' }}
      submitLabel={t('deals:reopen.title')}
      onClose={onClose}
      submit={async (output) => {
        await api.deals.reopen({ ...output, id: deal.id, version: deal.version })
        notice.done(t('deals:reopen.done'))
      }}
    >
      <DayField name="expectedDay" label={t('deals:fields.expectedDay')} required />
      <TextField name="note" label={t('deals:fields.reason')} max={200} required />
    </ActionForm>
  )
}

const step = z.strictObject({
  nextStep: dealReopening.shape.note,
  nextDay: dealReopening.shape.expectedDay,
})

/** What is done next, by when: it becomes a task of the owner in place of the one that is open. */
export function NextStepDrawer({ deal, onClose }: Closing) {
  const t = useT()
  const notice = useNotice()
  return (
    <ActionForm
      title={t('deals:next.plan')}
      hint={t('deals:next.hint')}
      open
      schema={step}
      initial={{ nextStep: '', nextDay: null }}
      submitLabel={t('deals:next.plan')}
      onClose={onClose}
      submit={async (facts) => {
        await api.deals.move({ id: deal.id, version: deal.version, stage: deal.stage as never, facts })
        notice.done(t('common:saved'))
      }}
    >
      <TextField name="nextStep" label={t('deals:fields.nextStep')} max={200} required />
      <DayField name="nextDay" label={t('deals:fields.nextDay')} required />
    </ActionForm>
  )
}

/** A card that was dropped on one of the two ends. */
export function CloseCardDrawer(props: { id: string; how: 'won' | 'lost'; onClose: () => void }) {
  const deal = useDeal(props.id)
  if (!deal.data) return null
  return props.how === 'won' ? (
    <WinDrawer deal={deal.data} onClose={props.onClose} />
  ) : (
    <LoseDrawer deal={deal.data} onClose={props.onClose} />
  )
}
