import { makeTranslator } from '#shared/i18n/translate.ts'
import type { Locale } from '#shared/i18n/locale.ts'
import { isRefusal, refuse } from '#shared/kernel/app-error.ts'
import { diffDays, type PlainDay } from '#shared/kernel/dates.ts'
import { documentName } from '#shared/kernel/filenames.ts'
import { isOpenStage } from '#shared/modules/deals/deals.stages.schema.ts'
import { sheetDocument, type SheetInput } from '#shared/modules/visits/visits.documents.ts'
import { calendarFile, type CalendarEvent } from '#shared/modules/visits/visits.ics.ts'
import type { Action } from '#shared/policy/actions.ts'
import { withoutReplay, type CallContext, type CoreDeps } from '#core/kernel/deps.ts'
import { makeScope, type Scope } from '#core/kernel/scope.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { customerContacts, customerOpenTo } from '#core/modules/customers/customers.api.ts'
import { dealsOfCustomer } from '#core/modules/deals/deals.api.ts'
import { customerTotals } from '#core/modules/receivables/receivables.api.ts'
import { listVisits } from './visits.repo.ts'
import type { createVisitsService } from './visits.service.ts'
import { intentsOf, plannedEvents, type Period } from './visits.views.ts'

/** Whose rows this session may see under an action; null where it may not at all. */
type ScopeFor = (ctx: CallContext, action: Action) => Promise<Scope | null>

const PLAN_DAYS = 400
const LAST_VISITS = 4

/** What a plan leaves on paper and in other calendars. */
export function createVisitPapers(
  deps: CoreDeps,
  scopeFor: ScopeFor,
  visits: Pick<ReturnType<typeof createVisitsService>, 'view'>,
) {
  const { store } = deps

  async function noted(ctx: CallContext, entityId: string, after: unknown): Promise<void> {
    await store.write(withoutReplay(ctx.actor), async (uow) => {
      await uow.audit({ action: 'visits.export', entity: 'export', entityId, after })
    })
  }

  /** The customer's file, for whoever may see it. */
  async function customerOf(ctx: CallContext, id: string): Promise<SheetInput['customer']> {
    const scope = await scopeFor(ctx, 'customers.read')
    if (scope === null) return null
    try {
      const { code, address, phone } = await customerOpenTo(store.read, scope, id)
      return { code, address, phone, contacts: await customerContacts(store.read, id) }
    } catch (error) {
      if (isRefusal(error, 'NOT_FOUND')) return null
      throw error
    }
  }

  async function sheetInput(ctx: CallContext, input: { id: string; language: Locale }): Promise<SheetInput> {
    const { read } = store
    const visit = await visits.view(ctx, input.id)
    const { customerId } = visit
    const dealScope = await scopeFor(ctx, 'deals.read')
    const deals = dealScope ? await dealsOfCustomer(read, dealScope, customerId) : []
    const owed = await scopeFor(ctx, 'receivables.read')
    const filters = { customerId, state: 'done', to: visit.day as PlainDay } as const
    const page = { sort: { key: 'day', dir: 'desc' }, limit: LAST_VISITS + 1 } as const
    const before = await listVisits(read, { scope: ctx.scope, filters, overdueThrough: '' }, page)
    const [judged] = await intentsOf(read, ctx.scope, customerId)
    return {
      language: input.language,
      firmName: (await readSetting(read, 'firm')).value.name,
      visit,
      customer: await customerOf(ctx, customerId),
      visits: before.rows.filter((row) => row.id !== visit.id),
      deals: deals.filter((deal) => isOpenStage(deal.stage)),
      receivables: owed && (await customerTotals(read, owed, customerId, deps.clock.today())),
      intent: judged === undefined ? '' : `${judged.intent} (${judged.day})`,
    }
  }

  return {
    async sheet(ctx: CallContext, input: { id: string; language: Locale }) {
      const t = makeTranslator(input.language)
      const found = await sheetInput(ctx, input)
      await noted(ctx, input.id, { sheet: found.visit.day })
      return deps.jobs.start(ctx, {
        kind: 'visits.sheet',
        steps: [{ key: 'jobs:steps.file', weight: 1 }],
        async run(job) {
          job.step('jobs:steps.file', 0, 1)
          const bytes = await deps.workers.run('pdf', sheetDocument(found, t), { signal: job.signal })
          const { customerName, day } = found.visit
          const name = documentName([t('visits:sheet.title'), customerName, day.replaceAll('-', '')], 'pdf')
          await job.addFile({ name, mime: 'application/pdf', bytes })
          job.step('jobs:steps.file', 1, 1)
          return {}
        },
      })
    },

    /** Only what the caller has to hold: another's plan is nobody's to carry away. */
    async calendarFile(ctx: CallContext, input: Period) {
      const length = diffDays(input.from as PlainDay, input.to as PlainDay) + 1
      if (length < 1 || length > PLAN_DAYS) throw refuse('VISIT_RANGE', { days: PLAN_DAYS })
      const t = makeTranslator(ctx.locale)
      const own = makeScope.users(ctx.actor.userId === null ? [] : [ctx.actor.userId])
      const rows = await plannedEvents(store.read, own, input)
      if (rows.length === 0) throw refuse('VISIT_NO_PLAN')
      const { zone } = (await readSetting(store.read, 'preferences')).value
      await noted(ctx, 'calendar', { ...input, visits: rows.length })
      const title = t('visits:ics.title')
      const events = rows.map((row): CalendarEvent => {
        const { goal, theirPeople } = row
        const described = [
          goal,
          theirPeople.length === 0 ? '' : `${t('visits:fields.theirPeople')}: ${theirPeople.join(', ')}`,
        ]
        return {
          ...row,
          uid: `${row.id}@yewutai`,
          summary: `${t(`visits:purpose.${row.purpose}`)} · ${row.customerName}`,
          location: row.place,
          description: described.filter(Boolean).join('\n'),
        }
      })
      return deps.jobs.start(ctx, {
        kind: 'visits.calendar',
        steps: [{ key: 'jobs:steps.file', weight: 1 }],
        async run(job) {
          const bytes = new TextEncoder().encode(calendarFile(title, events, zone))
          const range = `${input.from}_${input.to}`.replaceAll('-', '')
          await job.addFile({ name: documentName([title, range], 'ics'), mime: 'text/calendar', bytes })
          job.step('jobs:steps.file', 1, 1)
          return { visits: events.length }
        },
      })
    },
  }
}
