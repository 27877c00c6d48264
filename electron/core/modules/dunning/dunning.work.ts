import { plainReason } from '#shared/kernel/reason.ts'
import { makeTranslator } from '#shared/i18n/translate.ts'
import { refuse } from '#shared/kernel/app-error.ts'
import { addDays, diffDays, type PlainDay } from '#shared/kernel/dates.ts'
import { formatYuan } from '#shared/kernel/money.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import { countCase } from '#shared/modules/dunning/dunning.cases.rules.ts'
import { fillWording, scriptOf } from '#shared/modules/dunning/dunning.policy.rules.ts'
import { rankReasons } from '#shared/modules/dunning/dunning.worklist.rules.ts'
import type {
  CaseDebt,
  CaseSettings,
  CaseView,
  WorkFilters,
  WorkSort,
} from '#shared/modules/dunning/dunning.worklist.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { inScope } from '#core/kernel/scope.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { customerContacts, customerParties } from '#core/modules/customers/customers.api.ts'
import { userBriefs } from '#core/modules/people/people.api.ts'
import { advanceHeld, owedByIds } from '#core/modules/receivables/receivables.api.ts'
import type { UnitOfWork } from '#core/store/store.ts'
import type { Cases } from './dunning.cases.ts'
import type { DunningSources } from './dunning.claims.ts'
import { contactsQuery, toContactRow } from './dunning.contacts.repo.ts'
import { latestReport } from './dunning.escalations.repo.ts'
import { factsOf, trustOf } from './dunning.facts.ts'
import { claimedInterest } from './dunning.interest.ts'
import type { Policies, PolicyBook } from './dunning.policies.ts'
import { promisesQuery, toPromiseRow } from './dunning.promises.repo.ts'
import { caseInScope } from './dunning.reach.ts'
import { listCases, sumCases } from './dunning.worklist.repo.ts'

/** So many of the latest calls and promises stand in a case; the lists have them all. */
const LATEST = 20

/** The day's work list, and the case of one customer. */
export function createWorkService(deps: CoreDeps, policies: Policies, cases: Cases, sources: DunningSources) {
  const asked = (ctx: CallContext, input: { text?: string | undefined; filters: WorkFilters }) => ({
    scope: ctx.scope,
    text: input.text,
    filters: input.filters,
    today: deps.clock.today(),
  })

  /** Throws NOT_FOUND for a debt that the scope's people do not answer for. */
  async function debtInScope(uow: UnitOfWork, ctx: CallContext, instalmentId: string) {
    const [row] = await owedByIds(uow.db, [instalmentId])
    if (!row || !inScope(ctx.scope, row.ownerId)) throw refuse('NOT_FOUND', { entity: 'receivable' })
    return row
  }

  async function caseOf(ctx: CallContext, customerId: string): Promise<CaseView> {
    await cases.freshenSoon()
    const db = deps.store.read
    const today = deps.clock.today()
    const reached = await caseInScope(db, ctx.scope, customerId)
    const book = await policies.book(db, today)
    const { policy, setting } = book
    const known = (await factsOf(db, [customerId], policy, setting.calendar, today, sources)).get(customerId)
    const party = (await customerParties(db, [customerId])).get(customerId)
    if (!known || !party) throw refuse('NOT_FOUND', { entity: 'customer' })
    const owed = known.owed
      .filter((row) => inScope(ctx.scope, row.ownerId))
      .toSorted((a, b) => ((a.dueDay ?? '9') < (b.dueDay ?? '9') ? -1 : 1))
    const mine = new Set(owed.map(({ id }) => id))
    const facts = { ...known.facts, instalments: known.facts.instalments.filter(({ id }) => mine.has(id)) }
    const row = countCase(facts, setting, today)
    const { next } = row
    const level = next.step === null ? null : (policy.levels[next.step] ?? null)
    const interest = await claimedInterest(db, owed, today)
    const byId = new Map(facts.instalments.map((one) => [one.id, one]))
    const debts = owed.map((one): CaseDebt => {
      const beside = interest.get(one.id)
      const fact = byId.get(one.id)
      const limitationDay = one.limitationDay as PlainDay | null
      return {
        instalmentId: one.id,
        contractId: one.contractId,
        contractNumber: one.contractNumber,
        label: one.label,
        dueDay: one.dueDay,
        daysOverdue: one.dueDay === null ? 0 : Math.max(0, diffDays(one.dueDay as PlainDay, today)),
        amount: one.amount,
        outstanding: one.outstanding,
        disputed: one.disputed,
        interest: beside?.interest ?? null,
        costs: beside?.costs ?? 0,
        basis: beside ? plainReason(beside.basis) : null,
        limitationDay,
        limitationDays: limitationDay === null ? null : diffDays(today, limitationDay),
        sentLevel: fact?.sentStep === undefined || fact.sentStep === null ? null : fact.sentStep + 1,
        leftOut: fact?.leftOut ? { reason: fact.leftOut.reason ?? '', untilDay: fact.leftOut.untilDay } : null,
      }
    })
    const claimed = debts.filter((debt) => debt.interest !== null)
    const sums = {
      interest: claimed.length === 0 ? null : claimed.reduce((total, debt) => total + (debt.interest ?? 0), 0),
      costs: debts.reduce((total, debt) => total + debt.costs, 0),
    }
    const owner = (await userBriefs(db, [reached.ownerId])).get(reached.ownerId)
    const settings = (await trustOf(db, [customerId])).get(customerId)
    const contacts = await contactsQuery(db, ctx.scope, undefined, { customerId: customerId as never })
      .orderBy('k.day', 'desc')
      .orderBy('k.created_at', 'desc')
      .limit(LATEST)
      .execute()
    const promises = await promisesQuery(db, ctx.scope, undefined, { customerId: customerId as never })
      .orderBy('p.pay_by', 'desc')
      .orderBy('p.id', 'desc')
      .limit(LATEST)
      .execute()
    return {
      customer: {
        id: customerId,
        name: party.name,
        code: party.code,
        ownerId: reached.ownerId,
        ownerName: owner?.name ?? '',
        contacts: (await customerContacts(db, customerId)).map((contact) => ({
          name: contact.name,
          title: contact.title,
          phone: contact.mobile || contact.phone,
          email: contact.email,
        })),
      },
      settings: {
        version: settings?.version ?? null,
        trust: facts.trust,
        language: (settings?.language ?? null) as CaseView['settings']['language'],
        note: settings?.note ?? '',
        excluded: facts.excluded,
      },
      debts,
      totals: {
        outstanding: row.outstanding,
        overdue: row.overdue,
        atRisk: row.atRisk,
        ...sums,
        advance: await advanceHeld(db, ctx.scope, customerId),
      },
      next: {
        action: next.action,
        day: next.day,
        step: level?.key ?? '',
        level: next.step === null ? null : next.step + 1,
        kind: next.kind,
        channels: level?.channels ?? [],
        doer: level?.owner ?? 'owner',
        reasons: next.reasons.map(plainReason),
        needsReason: next.action === 'recordReason',
      },
      ranked: rankReasons(row, policy.risk, today).map(plainReason),
      course: facts.course,
      report: await latestReport(db, ctx.scope, [...mine]),
      reason: facts.reason,
      promises: promises.map(toPromiseRow),
      contacts: contacts.map(toContactRow),
      script: await script(ctx, book, level, party.name, owner?.name ?? '', row.overdue + (sums.interest ?? 0), today),
    }
  }

  /** What to say on the phone at the level that is due, or at the first demand while none is. */
  async function script(
    ctx: CallContext,
    { policy }: PolicyBook,
    due: PolicyBook['policy']['levels'][number] | null,
    customer: string,
    handler: string,
    amount: number,
    today: PlainDay,
  ): Promise<string> {
    const level = due ?? policy.levels.find(({ kind }) => kind === 'demand') ?? policy.levels[0]
    if (!level) return ''
    const firm = (await readSetting(deps.store.read, 'firm')).value
    return fillWording(scriptOf(level, ctx.locale, makeTranslator(ctx.locale)), {
      amount: formatYuan(amount),
      deadline: addDays(today, level.deadlineDays),
      firm: firm.name,
      customer,
      handler,
    })
  }

  return {
    async list(ctx: CallContext, input: PageInput<WorkSort, WorkFilters>) {
      await cases.freshenSoon()
      const db = deps.store.read
      const { policy } = await policies.inForce(db, deps.clock.today())
      return listCases(db, asked(ctx, input), input, policy)
    },

    async summary(ctx: CallContext, input: { text?: string | undefined; filters: WorkFilters }) {
      await cases.freshenSoon()
      return sumCases(deps.store.read, asked(ctx, input))
    },

    case: caseOf,

    saveCase: (ctx: CallContext, input: CaseSettings) =>
      deps.store.write(ctx.actor, async (uow) => {
        const { customerId, version, ...fields } = input
        await caseInScope(uow.db, ctx.scope, customerId)
        const before = (await trustOf(uow.db, [customerId])).get(customerId)
        if ((before?.version ?? null) !== version) throw refuse('STALE', { current: before ?? null })
        const next = version === null ? 0 : version + 1
        const row = { ...fields, version: next, updated_at: uow.now, updated_by: uow.actor.userId }
        await uow.db
          .insertInto('dunning_customers')
          .values({ customer_id: customerId, ...row })
          .onConflict((oc) => oc.column('customer_id').doUpdateSet(row))
          .execute()
        await cases.recount(uow, [customerId])
        await uow.audit({ action: 'dunning.settings', entity: 'customer', entityId: customerId, before, after: fields })
        uow.changed('dunning', customerId)
        return { version: next }
      }),

    leaveOut: (ctx: CallContext, input: { instalmentId: string; reason: string; untilDay: string | null }) =>
      deps.store.write(ctx.actor, async (uow) => {
        const debt = await debtInScope(uow, ctx, input.instalmentId)
        if (debt.outstanding === 0) throw refuse('DUNNING_NOTHING')
        const row = {
          instalment_id: debt.id,
          reason: input.reason,
          until_day: input.untilDay,
          created_at: uow.now,
          created_by: uow.actor.userId,
        }
        await uow.db
          .insertInto('dunning_left_out')
          .values(row)
          .onConflict((oc) => oc.column('instalment_id').doUpdateSet({ reason: row.reason, until_day: row.until_day }))
          .execute()
        await cases.recount(uow, [debt.customerId])
        await uow.audit({ action: 'dunning.leaveOut', entity: 'receivable', entityId: debt.id, after: row })
        uow.changed('dunning', debt.customerId)
        return {}
      }),

    takeIn: (ctx: CallContext, input: { instalmentId: string }) =>
      deps.store.write(ctx.actor, async (uow) => {
        const debt = await debtInScope(uow, ctx, input.instalmentId)
        await uow.db.deleteFrom('dunning_left_out').where('instalment_id', '=', debt.id).execute()
        await cases.recount(uow, [debt.customerId])
        await uow.audit({ action: 'dunning.takeIn', entity: 'receivable', entityId: debt.id })
        uow.changed('dunning', debt.customerId)
        return {}
      }),
  }
}
