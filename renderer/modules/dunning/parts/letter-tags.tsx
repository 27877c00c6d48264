import type { LetterRow } from '#shared/modules/dunning/dunning.schema.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { StatusTag } from '#renderer/ui/parts.tsx'
import type { StatusTone } from '#renderer/ui/theme.ts'

const STATES: Readonly<Record<LetterRow['state'], StatusTone>> = {
  open: 'attention',
  resolved: 'done',
  void: 'neutral',
}
const PROOFS: Readonly<Record<LetterRow['proof'], StatusTone>> = { strong: 'done', weak: 'attention', none: 'neutral' }

/** Whether what a letter asks for is paid; computed, never typed. */
export function LetterTag({ state }: { state: LetterRow['state'] }) {
  const t = useT()
  return <StatusTag tone={STATES[state]}>{t(`dunning:state.${state}`)}</StatusTag>
}

/** How well a sending is proven. */
export function ProofTag({ strength }: { strength: LetterRow['proof'] }) {
  const t = useT()
  return <StatusTag tone={PROOFS[strength]}>{t(`dunning:proof.strength.${strength}`)}</StatusTag>
}
