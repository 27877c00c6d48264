import type { CreditState } from '#shared/modules/credit/credit.schema.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { StatusTag } from '#renderer/ui/parts.tsx'
import type { StatusTone } from '#renderer/ui/theme.ts'

const TONES: Readonly<Record<CreditState, StatusTone>> = {
  ok: 'done',
  exceeded: 'danger',
  held: 'danger',
  expired: 'attention',
  noLimit: 'neutral',
}

export function CreditTag({ state }: { state: CreditState }) {
  const t = useT()
  return <StatusTag tone={TONES[state]}>{t(`credit:states.${state}`)}</StatusTag>
}
