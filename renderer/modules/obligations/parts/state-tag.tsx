import type { ObligationRow, ObligationState } from '#shared/modules/obligations/obligations.schema.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { StatusTag } from '#renderer/ui/parts.tsx'
import type { StatusTone } from '#renderer/ui/theme.ts'

const TONES: Readonly<Record<ObligationState, StatusTone>> = {
  overdue: 'danger',
  soon: 'attention',
  open: 'active',
  waiting: 'neutral',
  done: 'done',
  dropped: 'neutral',
}

/** How an obligation stands; an overdue one says by how many days. */
export function ObligationTag({ row }: { row: Pick<ObligationRow, 'state' | 'late'> }) {
  const t = useT()
  return (
    <StatusTag tone={TONES[row.state]}>
      {row.late > 0 ? t('obligations:lateBy', { days: row.late }) : t(`obligations:states.${row.state}`)}
    </StatusTag>
  )
}
