import { z } from 'zod'
import { isAdvance, missingFacts, stageProbability } from '#shared/modules/deals/deals.rules.ts'
import type { DealView } from '#shared/modules/deals/deals.schema.ts'
import type { OpenStage } from '#shared/modules/deals/deals.stages.schema.ts'
import { formatRate } from '#shared/i18n/formatters.ts'
import { useDeal, useDealPolicy } from '#renderer/modules/deals/deals.queries.ts'
import { api } from '#renderer/rpc/api.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { firmToday } from '#renderer/ui/firm-day.ts'
import { FactFields, factsSchema, factValues } from './fact-fields.tsx'

/** Moves a deal to another open stage; what the stage asks for and is not known is filled in right there. */
export function MoveDrawer(props: { deal: DealView; target: OpenStage | null; onClose: () => void }) {
  const t = useT()
  const notice = useNotice()
  const policy = useDealPolicy()
  const { deal, target } = props
  if (target === null) return null
  const today = firmToday()
  const missing = isAdvance(deal.stage, target) ? missingFacts(deal, target, policy, today) : []
  const stage = t(`deals:stage.${target}`)
  const checked = isAdvance(deal.stage, target) ? factsSchema(deal, target, policy, today) : z.object({})
  return (
    <ActionForm
      title={t('deals:move.title', { stage })}
      hint={
        missing.length > 0
          ? t('deals:move.missing', { stage })
          : t('deals:move.ready', { stage, probability: formatRate(stageProbability(target, policy)) })
      }
      open
      schema={z.strictObject({ facts: checked })}
      initial={{ facts: factValues(deal, missing) }}
      submitLabel={t('deals:move.submit', { stage })}
      onClose={props.onClose}
      submit={async ({ facts }) => {
        await api.deals.move({ id: deal.id, version: deal.version, stage: target, facts })
        notice.done(t('deals:move.done', { name: deal.name, stage }))
      }}
    >
      <FactFields facts={missing} />
    </ActionForm>
  )
}

/** The same for a card, whose facts are asked for first. */
export function MoveCardDrawer(props: { id: string; target: OpenStage; onClose: () => void }) {
  const deal = useDeal(props.id)
  return deal.data ? <MoveDrawer deal={deal.data} target={props.target} onClose={props.onClose} /> : null
}
