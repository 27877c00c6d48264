import type { VisitRow } from '#shared/modules/visits/visits.schema.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { StatusTag } from '#renderer/ui/parts.tsx'
import type { StatusTone } from '#renderer/ui/theme.ts'

const TONES: Readonly<Record<VisitRow['state'], StatusTone>> = {
  planned: 'active',
  done: 'done',
  cancelled: 'neutral',
  incident: 'danger',
}

/** What became of a visit, and what is wrong with its report. */
export function VisitTags({ visit }: { visit: Pick<VisitRow, 'state' | 'late' | 'overdue' | 'complete' | 'channel'> }) {
  const t = useT()
  const half = visit.state === 'done' && !visit.complete
  return (
    <span className="tags">
      <StatusTag tone={TONES[visit.state]}>{t(`visits:state.${visit.state}`)}</StatusTag>
      {visit.overdue ? <StatusTag tone="danger">{t('visits:mark.overdue')}</StatusTag> : null}
      {visit.late ? <StatusTag tone="attention">{t('visits:mark.late')}</StatusTag> : null}
      {half ? <StatusTag tone="attention">{t('visits:mark.incomplete')}</StatusTag> : null}
    </span>
  )
}

/** How ready a customer was judged to be. */
export function IntentMark({ intent }: { intent: string }) {
  return intent === '' ? null : <span className="grade-mark">{intent}</span>
}
