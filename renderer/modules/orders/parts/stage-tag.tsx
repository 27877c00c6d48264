import type { OrderRow, OrderStage } from '#shared/modules/orders/orders.schema.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { StatusTag } from '#renderer/ui/parts.tsx'
import type { StatusTone } from '#renderer/ui/theme.ts'

const TONES: Readonly<Record<OrderStage, StatusTone>> = {
  open: 'neutral',
  partly: 'active',
  delivered: 'done',
  cancelled: 'danger',
}

/** Where an order stands; a late one says by how many days. */
export function OrderStageTag({ row }: { row: Pick<OrderRow, 'stage' | 'late'> }) {
  const t = useT()
  if (row.late > 0) return <StatusTag tone="danger">{t('orders:lateBy', { days: row.late })}</StatusTag>
  return <StatusTag tone={TONES[row.stage]}>{t(`orders:stages.${row.stage}`)}</StatusTag>
}
