import { missingFacts } from '#shared/modules/deals/deals.rules.ts'
import type { DealView } from '#shared/modules/deals/deals.schema.ts'
import { isOpenStage, OPEN_STAGES, type DealStage, type OpenStage } from '#shared/modules/deals/deals.stages.schema.ts'
import { useDealPolicy } from '#renderer/modules/deals/deals.queries.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { firmToday } from '#renderer/ui/firm-day.ts'

/** Where a deal stands among the stages, and what is still missing for the next; each stage is a way there. */
export function StageBar(props: { deal: DealView; onMove: (stage: OpenStage) => void }) {
  const t = useT()
  const policy = useDealPolicy()
  const { deal } = props
  const open = isOpenStage(deal.stage)
  // What is over has passed the stages up to the one it ended in; what was won has passed all.
  const ended = deal.moves.findLast((move) => OPEN_STAGES.some((stage) => stage === move.toStage))?.toStage
  const passed = deal.stage === 'won' ? OPEN_STAGES.length : OPEN_STAGES.indexOf(ended as OpenStage) + 1
  const at = open ? OPEN_STAGES.indexOf(deal.stage as OpenStage) : passed
  const next: DealStage | undefined = open ? (OPEN_STAGES[at + 1] ?? 'won') : undefined
  const missing = next ? missingFacts(deal, next, policy, firmToday()) : []
  const canMove = open && deal.editable
  return (
    <div className="stage-bar">
      <ol aria-label={t('deals:fields.stage')}>
        {OPEN_STAGES.map((stage, i) => {
          const state = i < at ? 'past' : i === at && open ? 'here' : 'ahead'
          return (
            <li key={stage} className={state} aria-current={i === at && open ? 'step' : undefined}>
              {canMove && i !== at ? (
                <button type="button" onClick={() => props.onMove(stage)}>
                  {t(`deals:stage.${stage}`)}
                </button>
              ) : (
                <span>{t(`deals:stage.${stage}`)}</span>
              )}
            </li>
          )
        })}
        {open ? null : (
          <li className={`here ${deal.stage}`} aria-current="step">
            <span>{t(`deals:stage.${deal.stage}`)}</span>
          </li>
        )}
      </ol>
      {next ? (
        <p className="muted">
          {missing.length === 0
            ? t('deals:stageBar.ready', { stage: t(`deals:stage.${next}`) })
            : t('deals:stageBar.missing', {
                stage: t(`deals:stage.${next}`),
                facts: missing.map((fact) => t(`deals:fact.${fact}`)).join(t('deals:stageBar.comma')),
              })}
        </p>
      ) : null}
    </div>
  )
}
