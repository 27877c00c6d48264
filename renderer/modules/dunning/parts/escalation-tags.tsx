import type { EscalationView } from '#shared/modules/dunning/dunning.escalations.schema.ts'
import type { ReportResult, ReportState } from '#shared/modules/dunning/dunning.escalations.rules.ts'
import type { Translate } from '#shared/i18n/translate.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { StatusTag } from '#renderer/ui/parts.tsx'
import type { StatusTone } from '#renderer/ui/theme.ts'

const TONES: Readonly<Record<ReportState, StatusTone>> = {
  asked: 'active',
  returned: 'attention',
  done: 'done',
  refused: 'danger',
  withdrawn: 'neutral',
}

export function ReportTag({ state }: { state: ReportState }) {
  const t = useT()
  return <StatusTag tone={TONES[state]}>{t(`dunning:escalations.states.${state}`)}</StatusTag>
}

/** What is proposed, with its days and parts. */
export function proposalWords(
  view: Pick<EscalationView, 'proposal' | 'dueDay' | 'parts' | 'firstDay' | 'everyMonths'>,
  t: Translate,
): string {
  const name = t(`dunning:escalations.proposals.${view.proposal}`)
  if (view.proposal === 'extension')
    return `${name} · ${t('dunning:escalations.extensionWords', { day: view.dueDay ?? '' })}`
  if (view.proposal !== 'plan') return name
  const plan = { parts: view.parts ?? 0, day: view.firstDay ?? '', months: view.everyMonths ?? 0 }
  return `${name} · ${t('dunning:escalations.planWords', plan)}`
}

/** Where the record is that an approved report led to. */
const PLACES: Readonly<Record<ReportResult, string | null>> = {
  none: null,
  claimRequest: '/claim-requests',
  repaymentPlan: '/repayment-plans',
  credit: '/credit',
  task: '/tasks',
}

export function resultPlace(result: ReportResult, id: string): string | null {
  const place = PLACES[result]
  return place === null || result === 'task' ? place : `${place}/${id}`
}
