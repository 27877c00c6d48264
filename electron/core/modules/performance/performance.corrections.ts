import { makeTranslator } from '#shared/i18n/translate.ts'
import { refuse } from '#shared/kernel/app-error.ts'
import type { PlainMonth } from '#shared/kernel/dates.ts'
import type { ContentLine } from '#shared/modules/approvals/approvals.schema.ts'
import { changedFigures, shownActual } from '#shared/modules/performance/performance.corrections.rules.ts'
import type { ChangedFigure, CorrectionFields } from '#shared/modules/performance/performance.corrections.schema.ts'
import { NO_EXTRA } from '#shared/modules/performance/performance.extra.schema.ts'
import { USUAL_WEIGHTS } from '#shared/modules/performance/performance.review.schema.ts'
import type { PersonSheet } from '#shared/modules/performance/performance.schema.ts'
import { figureText } from '#shared/modules/performance/performance.words.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { newId } from '#core/kernel/ids.ts'
import { assertInScope, inScope } from '#core/kernel/scope.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { approvalOf, askApproval } from '#core/modules/approvals/approvals.api.ts'
import type { UnitOfWork } from '#core/store/store.ts'
import { computeSheet } from './performance.compute.ts'
import { correctionDecided } from './performance.corrections.decided.ts'
import { correctedSheets, findCorrection, listCorrections } from './performance.corrections.repo.ts'
import { lockedAmong } from './performance.months.ts'

const KIND = 'correction'

/** What is wrong in a locked month: asked for by who sets targets, approved by another, beside what was locked. */
export function createCorrectionsService({ store, clock }: CoreDeps) {
  /** The id that a correction is asked for by: a new one, or that of one which came back. */
  async function openFor(uow: UnitOfWork, { month, userId, indicator }: CorrectionFields) {
    const open = await uow.db
      .selectFrom('performance_corrections')
      .select(['id', 'state'])
      .where('month', '=', month)
      .where('user_id', '=', userId)
      .where('indicator', '=', indicator)
      .where('state', 'in', ['asked', 'returned'])
      .executeTakeFirst()
    if (open?.state === 'asked') throw refuse('PERFORMANCE_CORRECTION_ASKED')
    return { id: open?.id ?? newId(), again: open !== undefined }
  }

  return {
    async list(ctx: CallContext, month: PlainMonth) {
      const locked = (await lockedAmong(store.read, [month])).has(month)
      return { locked, rows: await listCorrections(store.read, ctx.scope, month) }
    },

    async get(ctx: CallContext, id: string) {
      const row = await findCorrection(store.read, ctx.scope, id)
      if (!row) throw refuse('NOT_FOUND', { entity: 'performance-correction' })
      return { ...row, approval: await approvalOf(store.read, KIND, id) }
    },

    /** Computed by the rules that were locked with the month, for whoever stands on it. */
    async changes(ctx: CallContext, month: PlainMonth): Promise<ChangedFigure[]> {
      const db = store.read
      const [held] = await correctedSheets(db, [month])
      if (!held) throw refuse('PERFORMANCE_CORRECTION_OPEN')
      // Ratings cannot be given after the lock, and what their groups weighed is not kept with the month.
      const people = held.people
        .filter((person) => inScope(ctx.scope, person.userId))
        .map((person) => ({ ...person, indicators: person.indicators.filter((one) => one.indicator !== 'review360') }))
      const items = new Map(people.map((person) => [person.userId, person.indicators]))
      const { sheet } = await computeSheet(
        { db, scope: ctx.scope, month, today: clock.today(), t: makeTranslator(ctx.locale), closing: true },
        people.map(({ userId, userName }) => ({ id: userId, name: userName, roles: [], teamId: null, active: true })),
        ({ id }) => ({
          scheme: null,
          items: items.get(id) ?? [],
          grades: [],
          review: USUAL_WEIGHTS,
          extra: NO_EXTRA,
          own: false,
        }),
      )
      return changedFigures(people, sheet.people)
    },

    ask: (ctx: CallContext, input: CorrectionFields) =>
      store.write(ctx.actor, async (uow) => {
        const { month, userId, indicator, value, reason, evidence } = input
        assertInScope(ctx.scope, userId, 'user')
        if (userId === uow.actor.userId) throw refuse('PERFORMANCE_OWN_FIGURE')
        const [sheet] = await correctedSheets(uow.db, [month])
        if (!sheet) throw refuse('PERFORMANCE_CORRECTION_OPEN')
        const person = sheet.people.find((one) => one.userId === userId)
        const result = person?.indicators.find((one) => one.indicator === indicator)
        if (!person || !result) throw refuse('NOT_FOUND', { entity: 'user' })
        const held = shownActual(result)
        if (held === value) throw refuse('PERFORMANCE_CORRECTION_SAME')
        const { id, again } = await openFor(uow, input)
        const said = { held, value, reason, evidence, asked_at: uow.now, asked_by: uow.actor.userId as string }
        const columns = { ...said, state: 'asked' as const, decided_day: null, decided_by: null }
        if (again) await uow.db.updateTable('performance_corrections').set(columns).where('id', '=', id).execute()
        else {
          await uow.db
            .insertInto('performance_corrections')
            .values({ id, month, user_id: userId, indicator, ...columns })
            .execute()
        }
        await uow.audit({
          action: 'performance.correction',
          entity: 'performance-correction',
          entityId: id,
          before: { held },
          after: input,
        })
        uow.changed('performance', month)
        const t = makeTranslator((await readSetting(uow.db, 'preferences')).value.locale)
        const approval = await askApproval(uow, {
          kind: KIND,
          recordId: id,
          title: `${month} ${person.userName} · ${t(`performance:indicators.${indicator}`)}`,
          customerId: null,
          ownerId: userId,
          amount: null,
          discount: null,
          grade: null,
          paymentDays: null,
          content: { lines: contentOf(input, person, held), data: { id, held, ...input } },
        })
        if (approval.outcome !== 'pending') {
          await correctionDecided(uow, { recordId: id, requestId: approval.id, outcome: approval.outcome })
        }
        return { id, approvalId: approval.id }
      }),
  }
}

/** What the approver sees: whose figure of which month, what it is and what it shall be, and why. */
function contentOf(input: CorrectionFields, person: PersonSheet, held: number | null): ContentLine[] {
  const { indicator } = input
  const line = (id: string, value: ContentLine['value'], form: ContentLine['form'] = 'text'): ContentLine => ({
    id,
    group: 'performance:correction.title',
    label: `performance:correction.fields.${id}`,
    form,
    value,
  })
  return [
    line('month', input.month),
    line('person', person.userName),
    line('indicator', `performance:indicators.${indicator}`, 'word'),
    line('held', held === null ? null : figureText(indicator, held)),
    line('value', figureText(indicator, input.value)),
    line('reason', input.reason),
    line('evidence', input.evidence),
  ]
}
