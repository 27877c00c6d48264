import type { LineStage } from '#shared/modules/bank/bank.schema.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { StatusTag } from '#renderer/ui/parts.tsx'
import type { StatusTone } from '#renderer/ui/theme.ts'

const TONES: Readonly<Record<LineStage, StatusTone>> = {
  recorded: 'attention',
  sure: 'active',
  likely: 'attention',
  ambiguous: 'attention',
  unknown: 'danger',
  booked: 'done',
  ignored: 'neutral',
  out: 'neutral',
}

/** Where a line stands. */
export function LineTag({ stage }: { stage: LineStage }) {
  const t = useT()
  return <StatusTag tone={TONES[stage]}>{t(`bank:stages.${stage}`)}</StatusTag>
}
