import type { ApprovalView } from '#shared/modules/approvals/approvals.schema.ts'
import { seatWords, stepWords } from '#shared/modules/approvals/approvals.words.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { StatusTag } from '#renderer/ui/parts.tsx'

const TONES = { passed: 'done', current: 'active', waiting: 'neutral', skipped: 'neutral' } as const

/** The steps in their order: who is asked in each, and how far it is. */
export function StepsLine({ steps }: { steps: ApprovalView['steps'] }) {
  const t = useT()
  return (
    <ol className="approval-steps">
      {steps.map((step, index) => (
        <li key={index} className={step.state} aria-current={step.state === 'current' ? 'step' : undefined}>
          <div className="approval-step-head">
            <strong>{stepWords(step, t)}</strong>
            <StatusTag tone={TONES[step.state]}>{t(`approvals:steps.${step.state}`)}</StatusTag>
          </div>
          {step.seats.length > 1 ? <div className="muted">{t(`approvals:modes.${step.mode}`)}</div> : null}
          {step.seats.map((seat) => (
            <div key={seat.userId}>{seatWords(seat, t)}</div>
          ))}
          {step.dueDay === null || step.state !== 'current' ? null : (
            <div className="muted">{t('approvals:dueBy', { day: step.dueDay })}</div>
          )}
        </li>
      ))}
    </ol>
  )
}
