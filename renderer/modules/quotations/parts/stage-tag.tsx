import type { QuotationStage } from '#shared/modules/quotations/quotations.rules.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { StatusTag } from '#renderer/ui/parts.tsx'
import type { StatusTone } from '#renderer/ui/theme.ts'

const TONES: Readonly<Record<QuotationStage, StatusTone>> = {
  draft: 'neutral',
  awaiting: 'attention',
  sent: 'active',
  accepted: 'done',
  rejected: 'danger',
  withdrawn: 'neutral',
  superseded: 'neutral',
  expired: 'attention',
}

/** A quotation's stage by word and colour. */
export function QuotationStageTag({ stage }: { stage: QuotationStage }) {
  const t = useT()
  return <StatusTag tone={TONES[stage]}>{t(`quotations:stages.${stage}`)}</StatusTag>
}
