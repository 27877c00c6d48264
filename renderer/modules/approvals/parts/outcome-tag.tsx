import type { Outcome } from '#shared/modules/approvals/approvals.rules.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { StatusTag } from '#renderer/ui/parts.tsx'
import type { StatusTone } from '#renderer/ui/theme.ts'

const TONES: Readonly<Record<Outcome, StatusTone>> = {
  pending: 'active',
  returned: 'attention',
  approved: 'done',
  rejected: 'danger',
  withdrawn: 'neutral',
  stale: 'attention',
}

/** How a request stands. */
export function OutcomeTag({ outcome }: { outcome: Outcome }) {
  const t = useT()
  return <StatusTag tone={TONES[outcome]}>{t(`approvals:outcomes.${outcome}`)}</StatusTag>
}
