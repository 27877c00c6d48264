import type { DealStage } from '#shared/modules/deals/deals.stages.schema.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { StatusTag } from '#renderer/ui/parts.tsx'
import type { StatusTone } from '#renderer/ui/theme.ts'

const TONES: Readonly<Record<DealStage | 'removed', StatusTone>> = {
  open: 'neutral',
  qualified: 'active',
  proposal: 'active',
  negotiation: 'active',
  agreed: 'attention',
  won: 'done',
  lost: 'danger',
  removed: 'neutral',
}

/** Where a deal stands. */
export function DealStageTag({ stage }: { stage: DealStage | 'removed' }) {
  const t = useT()
  return <StatusTag tone={TONES[stage]}>{t(`deals:stage.${stage}`)}</StatusTag>
}
