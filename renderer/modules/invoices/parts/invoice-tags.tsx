import type { InvoiceRow, InvoiceStage } from '#shared/modules/invoices/invoices.schema.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { StatusTag } from '#renderer/ui/parts.tsx'
import type { StatusTone } from '#renderer/ui/theme.ts'

const STAGE_TONES: Readonly<Record<InvoiceStage, StatusTone>> = {
  valid: 'done',
  partlyRed: 'attention',
  fullyRed: 'danger',
  redLetter: 'danger',
  void: 'neutral',
  removed: 'neutral',
}
const ORIGINAL_TONES: Readonly<Record<InvoiceRow['original'], StatusTone>> = {
  kept: 'done',
  missing: 'attention',
  notNeeded: 'neutral',
}

/** Where an invoice stands. */
export function InvoiceStageTag({ stage }: { stage: InvoiceStage }) {
  const t = useT()
  return <StatusTag tone={STAGE_TONES[stage]}>{t(`invoices:stages.${stage}`)}</StatusTag>
}

/** Whether the file that it was issued as is kept. */
export function OriginalTag({ original }: { original: InvoiceRow['original'] }) {
  const t = useT()
  return <StatusTag tone={ORIGINAL_TONES[original]}>{t(`invoices:originals.${original}`)}</StatusTag>
}
