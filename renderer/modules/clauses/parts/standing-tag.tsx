import type { Standing, TemplateFault } from '#shared/modules/clauses/clauses.schema.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { StatusTag } from '#renderer/ui/parts.tsx'
import type { StatusTone } from '#renderer/ui/theme.ts'

const TONES: Readonly<Record<Standing | 'superseded', StatusTone>> = {
  draft: 'neutral',
  scheduled: 'active',
  inForce: 'done',
  expired: 'attention',
  withdrawn: 'danger',
  superseded: 'neutral',
}

/** How an edition stands. */
export function StandingTag({ standing }: { standing: Standing | 'superseded' }) {
  const t = useT()
  return <StatusTag tone={TONES[standing]}>{t(`clauses:standings.${standing}`)}</StatusTag>
}

/** Why a template cannot be used, as the check of a contract says it. */
export function useFaultWords(): (fault: TemplateFault, code: string) => string {
  const t = useT()
  return (fault, code) => t(`contracts:findings.template_${fault.code}`, { ...fault.params, code })
}
