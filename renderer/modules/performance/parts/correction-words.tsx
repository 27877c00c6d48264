import type { CorrectionState } from '#shared/modules/performance/performance.corrections.schema.ts'
import type { Indicator } from '#shared/modules/performance/performance.indicators.schema.ts'
import { figureText } from '#shared/modules/performance/performance.words.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { StatusTag } from '#renderer/ui/parts.tsx'
import type { StatusTone } from '#renderer/ui/theme.ts'

const TONES: Readonly<Record<CorrectionState, StatusTone>> = {
  asked: 'active',
  returned: 'attention',
  refused: 'danger',
  withdrawn: 'neutral',
  done: 'done',
  replaced: 'neutral',
}

/** How a correction stands. */
export function CorrectionTag({ state }: { state: CorrectionState }) {
  const t = useT()
  return <StatusTag tone={TONES[state]}>{t(`performance:correction.states.${state}`)}</StatusTag>
}

/** A figure in its unit, or that nothing was measured. */
export function useFigureWords(): (indicator: Indicator, value: number | null) => string {
  const t = useT()
  return (indicator, value) => (value === null ? t('performance:correction.notMeasured') : figureText(indicator, value))
}
