import type { ContractStage } from '#shared/modules/contracts/contracts.schema.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { StatusTag } from '#renderer/ui/parts.tsx'
import type { StatusTone } from '#renderer/ui/theme.ts'

const TONES: Readonly<Record<ContractStage, StatusTone>> = {
  draft: 'neutral',
  performing: 'active',
  completed: 'done',
  terminated: 'attention',
  void: 'danger',
}

/** A contract's stage by word and colour. */
export function StageTag({ stage }: { stage: ContractStage }) {
  const t = useT()
  return <StatusTag tone={TONES[stage]}>{t(`contracts:stages.${stage}`)}</StatusTag>
}
