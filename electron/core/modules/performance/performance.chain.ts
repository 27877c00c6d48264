import { makeTranslator } from '#shared/i18n/translate.ts'
import { refuse } from '#shared/kernel/app-error.ts'
import { addDays, asDay, dayOfMoment, monthOf, shiftMonth } from '#shared/kernel/dates.ts'
import { documentName } from '#shared/kernel/filenames.ts'
import {
  chainOf,
  isComplete,
  type ChainMeasure,
  type ChainMonth,
} from '#shared/modules/performance/performance.chain.rules.ts'
import type { ChainView, NoticeFields } from '#shared/modules/performance/performance.chain.schema.ts'
import { HISTORY_MONTHS } from '#shared/modules/performance/performance.history.schema.ts'
import { noticeDocument } from '#shared/modules/performance/performance.notice.documents.ts'
import { isMeasured, lineIn } from '#shared/modules/performance/performance.proposals.rules.ts'
import { withoutReplay, type CallContext, type CoreDeps } from '#core/kernel/deps.ts'
import { assertInScope } from '#core/kernel/scope.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { userBriefs } from '#core/modules/people/people.api.ts'
import type { Reader } from '#core/store/store.ts'
import { personMonths } from './performance.history.ts'
import { auditAnchor } from './performance.months.ts'

/** Days of notice (劳动合同法 40). */
const NOTICE_DAYS = 30

/** The evidence that somebody is not up to the job, by what the program knows, and the draft of a notice. */
export function createChainService({ store, clock, workers, jobs }: CoreDeps) {
  async function monthsOf(db: Reader, userId: string): Promise<ChainMonth[]> {
    const found = await personMonths(db, userId, shiftMonth(monthOf(clock.today()), -HISTORY_MONTHS))
    const targets = await db
      .selectFrom('performance_targets')
      .select(['month', 'updated_at'])
      .where('user_id', '=', userId)
      .execute()
    const set = new Map(targets.map((row) => [row.month, dayOfMoment(row.updated_at, clock.zone)]))
    return found.map(({ month, lockedAt, person }) => ({
      month,
      lockedDay: dayOfMoment(lockedAt, clock.zone),
      measured: isMeasured(person),
      total: person.total,
      standing: person.standing,
      targetsDay: set.get(month) ?? null,
    }))
  }

  async function measuresOf(db: Reader, userId: string): Promise<ChainMeasure[]> {
    const rows = await db
      .selectFrom('performance_proposals')
      .select(['id', 'kind', 'subject', 'done_day'])
      .where('user_id', '=', userId)
      .where('state', '=', 'carried')
      .where('kind', 'in', ['training', 'coaching', 'transfer'])
      .orderBy('id')
      .execute()
    return rows.map(({ done_day: doneDay, ...row }) => ({ ...row, doneDay: asDay(doneDay ?? '') }))
  }

  async function view(ctx: CallContext, userId: string): Promise<ChainView> {
    const db = store.read
    assertInScope(ctx.scope, userId, 'user')
    const user = (await userBriefs(db, [userId])).get(userId)
    if (!user) throw refuse('NOT_FOUND', { entity: 'user' })
    if (userId === ctx.session?.userId) throw refuse('PROPOSAL_OWN')
    const { lines } = (await readSetting(db, 'appraisal')).value
    const links = chainOf(await monthsOf(db, userId), await measuresOf(db, userId), lines)
    const { below } = lineIn(lines, monthOf(clock.today()))
    return { userId, userName: user.name, complete: isComplete(links), links, below }
  }

  return {
    get: view,

    async notice(ctx: CallContext, { userId, way, unionDay }: NoticeFields) {
      const chain = await view(ctx, userId)
      if (!chain.complete) throw refuse('CHAIN_MISSING')
      const today = clock.today()
      // The union is told of the reason once there is one, and before the notice.
      const second = chain.links.find((link) => link.link === 'second')
      if (unionDay > today || unionDay < (second?.day ?? '')) throw refuse('CHAIN_UNION_DAY')
      return jobs.start(ctx, {
        kind: 'performance.notice',
        steps: [{ key: 'jobs:steps.file', weight: 1 }],
        run: async (job) => {
          const db = store.read
          const t = makeTranslator(ctx.locale)
          const document = noticeDocument(
            {
              language: ctx.locale,
              firmName: (await readSetting(db, 'firm')).value.name,
              chain,
              way,
              unionDay,
              noticeDay: today,
              lastDay: way === 'notice' ? addDays(today, NOTICE_DAYS) : today,
              anchor: await auditAnchor(db),
            },
            t,
          )
          const bytes = await workers.run('pdf-batch', { documents: [document] }, { signal: job.signal })
          await store.write(withoutReplay(ctx.actor), async (uow) => {
            await uow.audit({
              action: 'performance.notice',
              entity: 'user',
              entityId: userId,
              after: { way, unionDay, links: chain.links },
            })
          })
          const name = documentName([t('performance:chain.notice.title'), chain.userName], 'pdf')
          await job.addFile({ name, mime: 'application/pdf', bytes })
          job.step('jobs:steps.file', 1, 1)
          return { userId }
        },
      })
    },
  }
}
