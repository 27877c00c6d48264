import type { MinutesState } from '#shared/modules/minutes/minutes.rules.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { StatusTag } from '#renderer/ui/parts.tsx'

/** Whether minutes still change. */
export function MinutesStateTag({ state }: { state: MinutesState }) {
  const t = useT()
  return <StatusTag tone={state === 'final' ? 'done' : 'neutral'}>{t(`minutes:states.${state}`)}</StatusTag>
}
