import type { PlannedRow, RowCounts } from '#shared/modules/imports/imports.schema.ts'
import { formatCount } from '#shared/i18n/formatters.ts'
import { Figures } from '#renderer/modules/customers/parts/figures.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { StatusTag } from '#renderer/ui/parts.tsx'
import type { StatusTone } from '#renderer/ui/theme.ts'

const ROW_TONES: Readonly<Record<PlannedRow['state'], StatusTone>> = {
  create: 'done',
  update: 'active',
  same: 'neutral',
  skip: 'neutral',
  failed: 'danger',
  joined: 'neutral',
}

export function RowStateTag(props: { state: PlannedRow['state'] }) {
  const t = useT()
  return <StatusTag tone={ROW_TONES[props.state]}>{t(`imports:row.${props.state}`)}</StatusTag>
}

export function ImportStateTag(props: { reverted: boolean }) {
  const t = useT()
  return (
    <StatusTag tone={props.reverted ? 'neutral' : 'done'}>
      {t(`imports:state.${props.reverted ? 'reverted' : 'standing'}`)}
    </StatusTag>
  )
}

/** The counts of a check or an import; they add up to the rows. */
export function CountStrip(props: { counts: RowCounts }) {
  const t = useT()
  return (
    <Figures
      items={(['rows', 'created', 'updated', 'skipped', 'failed'] as const).map((key) => ({
        label: t(`imports:columns.${key}`),
        value: formatCount(props.counts[key]),
        late: key === 'failed' && props.counts.failed > 0,
      }))}
    />
  )
}
