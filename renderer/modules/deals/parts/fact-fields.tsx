import { z } from 'zod'
import { missingFacts } from '#shared/modules/deals/deals.rules.ts'
import { movedFacts, type DealView, type MovedFacts } from '#shared/modules/deals/deals.schema.ts'
import type { DealFact, DealPolicy, DealStage } from '#shared/modules/deals/deals.stages.schema.ts'
import { CheckField } from '#renderer/ui/fields/choice-fields.tsx'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { MoneyField } from '#renderer/ui/fields/number-fields.tsx'
import { TextAreaField, TextField } from '#renderer/ui/fields/text-fields.tsx'
import type { FormValues } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { CompetitorsEditor } from './competitors-editor.tsx'
import { ConcernsEditor } from './concerns-editor.tsx'

/** Where a missing fact is filled in. */
const FIELD: Readonly<Record<DealFact, string>> = {
  needs: 'needs',
  decisionMaker: 'decisionMaker',
  budget: 'budget',
  amount: 'amount',
  expectedDay: 'expectedDay',
  nextStep: 'nextDay',
  quotation: 'quotationSkip',
  competitors: 'noCompetitors',
  concerns: 'concerns',
}

/** What the fields of these facts begin with. */
export function factValues(deal: DealView, facts: readonly DealFact[]): FormValues {
  const values: FormValues = {}
  for (const fact of facts) {
    if (fact === 'competitors') {
      values['competitors'] = deal.competitors
      values['noCompetitors'] = deal.noCompetitors
    } else if (fact === 'nextStep') {
      values['nextStep'] = deal.nextStep
      values['nextDay'] = deal.nextDay
    } else if (fact === 'amount') values['amount'] = deal.amount === 0 ? null : deal.amount
    else if (fact === 'expectedDay') values['expectedDay'] = null
    else {
      const field = FIELD[fact] as 'needs'
      values[field] = deal[field]
    }
  }
  return values
}

/** The facts of a move, judged as the core will: what the stage asks for and is still missing is said at its field. */
export function factsSchema(deal: DealView, target: DealStage, policy: DealPolicy, today: string) {
  const filled = z.preprocess(
    // An empty field says nothing; what it begins with stays.
    (facts) => Object.fromEntries(Object.entries((facts ?? {}) as object).filter(([, value]) => value !== null)),
    movedFacts,
  )
  return filled.superRefine((facts, context) => {
    for (const fact of missingFacts({ ...deal, ...given(facts) }, target, policy, today)) {
      context.addIssue({ code: 'custom', path: [FIELD[fact]], message: `deals:missing.${fact}` })
    }
  })
}
const given = (facts: MovedFacts) =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as Partial<DealView>

/** The fields of what is missing, in the order in which the stages ask. They stand under `facts` in the form. */
export function FactFields({ facts }: { facts: readonly DealFact[] }) {
  const t = useT()
  const label = (key: string) => t(`deals:fields.${key}`)
  return facts.map((fact) => {
    switch (fact) {
      case 'needs':
        return <TextAreaField key={fact} name="facts.needs" label={label('needs')} max={2000} rows={3} required />
      case 'decisionMaker':
        return <TextField key={fact} name="facts.decisionMaker" label={label('decisionMaker')} max={80} required />
      case 'budget':
        return <MoneyField key={fact} name="facts.budget" label={label('budget')} required />
      case 'amount':
        return <MoneyField key={fact} name="facts.amount" label={label('amount')} required />
      case 'expectedDay':
        return <DayField key={fact} name="facts.expectedDay" label={label('expectedDay')} required />
      case 'nextStep':
        return (
          <div key={fact}>
            <TextField name="facts.nextStep" label={label('nextStep')} max={200} required />
            <DayField name="facts.nextDay" label={label('nextDay')} required />
          </div>
        )
      case 'quotation':
        return (
          <TextField
            key={fact}
            name="facts.quotationSkip"
            label={label('quotationSkip')}
            max={200}
            hint={t('deals:quotationHint')}
            required
          />
        )
      case 'competitors':
        return (
          <div key={fact}>
            <CompetitorsEditor path="facts.competitors" />
            <CheckField name="facts.noCompetitors" label={label('noCompetitors')} />
          </div>
        )
      case 'concerns':
        return <ConcernsEditor key={fact} path="facts.concerns" />
    }
  })
}
