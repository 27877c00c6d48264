import type { InstalmentRow, InstalmentStatus } from '#shared/modules/receivables/receivables.schema.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { StatusTag } from '#renderer/ui/parts.tsx'
import type { StatusTone } from '#renderer/ui/theme.ts'

const TONES: Readonly<Record<InstalmentStatus, StatusTone>> = {
  not_due: 'neutral',
  due_today: 'attention',
  overdue: 'danger',
  settled: 'done',
  waiting: 'neutral',
  cancelled: 'neutral',
}

/** What an instalment is today; an overdue one with its days. */
export function InstalmentStatusTag({ row }: { row: Pick<InstalmentRow, 'status' | 'daysOverdue'> }) {
  const t = useT()
  const word = t(`receivables:statuses.${row.status}`)
  return (
    <StatusTag tone={TONES[row.status]}>
      {row.status === 'overdue' ? t('receivables:overdueDays', { word, count: row.daysOverdue }) : word}
    </StatusTag>
  )
}
