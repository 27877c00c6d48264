import type { DisputeRow, RequestRow } from '#shared/modules/claims/claims.decisions.schema.ts'
import type { LimitationRow } from '#shared/modules/claims/claims.limitation.schema.ts'
import type { PlanStage } from '#shared/modules/claims/claims.plans.schema.ts'
import type { StatementState } from '#shared/modules/claims/claims.statements.schema.ts'
import type { Strength } from '#shared/modules/receivables/receivables.evidence.rules.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { StatusTag } from '#renderer/ui/parts.tsx'
import type { StatusTone } from '#renderer/ui/theme.ts'

/** Months before the end from which on it is urgent. */
const URGENT = 3

/** How the limitation of a debt stands; near its end it says how near. */
export function LimitationTag({ row }: { row: Pick<LimitationRow, 'state' | 'alarm'> }) {
  const t = useT()
  const word = t(`receivables:limitation.states.${row.state}`)
  if (row.state === 'expired') return <StatusTag tone="danger">{word}</StatusTag>
  if (row.alarm === null || row.state === 'proceedings') {
    return <StatusTag tone={row.state === 'running' ? 'active' : 'neutral'}>{word}</StatusTag>
  }
  return (
    <StatusTag tone={row.alarm <= URGENT ? 'danger' : 'attention'}>
      {t('claims:limitation.within', { months: row.alarm })}
    </StatusTag>
  )
}

const STRENGTHS: Readonly<Record<Strength, StatusTone>> = { strong: 'done', weak: 'attention', none: 'danger' }

export function StrengthTag({ strength }: { strength: Strength }) {
  const t = useT()
  return <StatusTag tone={STRENGTHS[strength]}>{t(`receivables:evidence.strength.${strength}`)}</StatusTag>
}

const REQUESTS: Readonly<Record<RequestRow['state'], StatusTone>> = {
  asked: 'active',
  done: 'done',
  refused: 'danger',
  reversed: 'neutral',
}

export function RequestTag({ state }: { state: RequestRow['state'] }) {
  const t = useT()
  return <StatusTag tone={REQUESTS[state]}>{t(`claims:requests.states.${state}`)}</StatusTag>
}

export function DisputeTag({ state }: { state: DisputeRow['state'] }) {
  const t = useT()
  return <StatusTag tone={state === 'open' ? 'attention' : 'done'}>{t(`claims:disputes.states.${state}`)}</StatusTag>
}

const STATEMENTS: Readonly<Record<StatementState, StatusTone>> = {
  issued: 'attention',
  sent: 'active',
  confirmed: 'done',
  differs: 'danger',
  void: 'neutral',
}

export function StatementTag({ state }: { state: StatementState }) {
  const t = useT()
  return <StatusTag tone={STATEMENTS[state]}>{t(`claims:statements.states.${state}`)}</StatusTag>
}

const PLANS: Readonly<Record<PlanStage, StatusTone>> = {
  draft: 'neutral',
  asked: 'active',
  approved: 'attention',
  kept: 'active',
  broken: 'danger',
  paid: 'done',
  called: 'danger',
  void: 'neutral',
}

export function PlanTag({ stage }: { stage: PlanStage }) {
  const t = useT()
  return <StatusTag tone={PLANS[stage]}>{t(`claims:plans.stages.${stage}`)}</StatusTag>
}
