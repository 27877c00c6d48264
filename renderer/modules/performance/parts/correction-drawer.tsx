import { correctionFields } from '#shared/modules/performance/performance.corrections.schema.ts'
import { CATALOGUE } from '#shared/modules/performance/performance.indicators.schema.ts'
import type { IndicatorResult, PersonSheet } from '#shared/modules/performance/performance.schema.ts'
import { figureText, formatScore } from '#shared/modules/performance/performance.words.ts'
import { api } from '#renderer/rpc/api.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { FigureField } from './figure-fields.tsx'
import type { SourcesOf } from './sources-drawer.tsx'

/** What is corrected: the figure that counts now, and what today's records give where that was compared. */
export interface Correcting extends SourcesOf {
  readonly held: number | null
  readonly now?: number | null
}

/** Asks for the correction of a locked figure; another person approves it. */
export function CorrectionDrawer(props: { of: Correcting | null; onClose: () => void }) {
  const t = useT()
  const notice = useNotice()
  const { of } = props
  if (!of) return null
  const { month, userId, userName, indicator, held, now } = of
  const word = (key: string, params?: Record<string, string>) => t(`performance:correction.${key}`, params)
  const heldText = held === null ? word('notMeasured') : figureText(indicator, held)
  return (
    <ActionForm
      title={word('askFor', { name: userName, indicator: t(`performance:indicators.${indicator}`) })}
      hint={word('hint')}
      open
      schema={correctionFields}
      initial={{ month, userId, indicator, value: now ?? held, reason: '', evidence: '' }}
      submitLabel={word('ask')}
      onClose={props.onClose}
      submit={async (fields) => {
        await api.performance.correction.ask(fields)
        notice.done(word('asked'))
      }}
    >
      <p>
        {word('counts')} <strong>{heldText}</strong>
      </p>
      <FigureField
        name="value"
        label={`${word('fields.value')} (${t(`performance:units.${CATALOGUE[indicator].unit}`)})`}
        indicator={indicator}
      />
      <TextField name="reason" label={word('fields.reason')} max={200} required />
      <TextField name="evidence" label={word('fields.evidence')} max={200} hint={t('performance:entry.evidenceHint')} />
    </ActionForm>
  )
}

/** Beneath a corrected figure: what was locked, and on demand why it changed and by whom. */
export function LockedNote({ result: { indicator, corrected } }: { result: IndicatorResult }) {
  const t = useT()
  if (!corrected) return null
  const { lockedActual, reason, askedByName, decidedByName, decidedDay } = corrected
  const value = lockedActual === null ? t('performance:correction.notMeasured') : figureText(indicator, lockedActual)
  const by = t('performance:correction.by', { asked: askedByName, decided: decidedByName, day: decidedDay })
  return (
    <span className="muted locked-figure" title={`${reason} · ${by}`}>
      {t('performance:correction.locked', { value })}
    </span>
  )
}

/** What a person came to at the lock, where corrections have changed it since. */
export function AsLockedNote({ person: { asLocked } }: { person: PersonSheet }) {
  const t = useT()
  if (!asLocked) return null
  const { total, rank, grade } = asLocked
  const values = { total: formatScore(total), grade: grade ?? '' }
  if (rank === null) return <span className="muted">{t('performance:correction.asLockedTotal', values)}</span>
  const key = grade === null ? 'asLocked' : 'asLockedGrade'
  return <span className="muted">{t(`performance:correction.${key}`, { ...values, rank })}</span>
}
