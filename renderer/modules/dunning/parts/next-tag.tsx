import type { LadderAction, StepKind } from '#shared/modules/dunning/dunning.ladder.rules.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { StatusTag } from '#renderer/ui/parts.tsx'
import type { StatusTone } from '#renderer/ui/theme.ts'

const TONES: Readonly<Record<LadderAction, StatusTone>> = {
  none: 'neutral',
  wait: 'neutral',
  send: 'active',
  recordReason: 'attention',
  settleDispute: 'attention',
  sendStatement: 'attention',
  escalate: 'danger',
  confirmDebt: 'danger',
  courtFile: 'danger',
}

/** The next step of a customer: a letter by its kind, anything else by what is to be done. */
export function NextTag({ row }: { row: { readonly action: LadderAction; readonly kind: StepKind | null } }) {
  const t = useT()
  const word =
    row.action === 'send' && row.kind !== null ? `dunning:steps.${row.kind}` : `dunning:actions.${row.action}`
  const late = row.kind === 'final' || row.kind === 'lawyer' || row.kind === 'court'
  return <StatusTag tone={row.action === 'send' && late ? 'danger' : TONES[row.action]}>{t(word)}</StatusTag>
}
