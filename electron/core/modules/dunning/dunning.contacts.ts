import { refuse } from '#shared/kernel/app-error.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import { buildSearchText } from '#shared/kernel/search-text.ts'
import { nextWorkday } from '#shared/kernel/workdays.ts'
import { caseStep } from '#shared/modules/dunning/dunning.cases.rules.ts'
import type {
  ContactFields,
  ContactFilters,
  ContactSort,
  PromiseFilters,
  PromiseSort,
} from '#shared/modules/dunning/dunning.contacts.schema.ts'
import type { PlainDay } from '#shared/kernel/dates.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { newId } from '#core/kernel/ids.ts'
import { customerBriefs } from '#core/modules/customers/customers.api.ts'
import { owedByIds } from '#core/modules/receivables/receivables.api.ts'
import type { UnitOfWork } from '#core/store/store.ts'
import type { Cases } from './dunning.cases.ts'
import type { DunningSources } from './dunning.claims.ts'
import { contactsQuery, countContacts, listContacts } from './dunning.contacts.repo.ts'
import { factsOf } from './dunning.facts.ts'
import type { Policies } from './dunning.policies.ts'
import { listPromises, promisesQuery, sumPromises } from './dunning.promises.repo.ts'
import { caseToWrite, type ReachedCase } from './dunning.reach.ts'

interface WithReason {
  readonly id: string
  readonly version: number
  readonly reason: string
}

/** The log of calls and visits, and what was promised in them. */
export function createContactsService(deps: CoreDeps, policies: Policies, cases: Cases, sources: DunningSources) {
  /** The step of the ladder that a contact is, and the debts that it is one for. */
  async function stepOf(uow: UnitOfWork, customerId: string) {
    const book = await policies.book(uow.db, uow.today)
    const known = await factsOf(uow.db, [customerId], book.policy, book.setting.calendar, uow.today, sources)
    const facts = known.get(customerId)?.facts
    const next = facts ? caseStep(facts, book.setting, uow.today) : null
    const level = next?.step === undefined || next.step === null ? undefined : book.policy.levels[next.step]
    const lines = (next?.lines ?? []).flatMap(({ instalmentId, step }) => (step === null ? [] : instalmentId))
    return level && lines.length > 0 ? { key: level.key, kind: level.kind, lines } : null
  }

  async function promise(
    uow: UnitOfWork,
    reached: ReachedCase,
    contactId: string,
    day: string,
    name: string,
    fields: NonNullable<ContactFields['promise']>,
  ) {
    const owed = await owedByIds(uow.db, fields.instalmentIds)
    if (owed.length < fields.instalmentIds.length || owed.some((row) => row.customerId !== reached.customerId)) {
      throw refuse('DUNNING_NOT_OWED')
    }
    const { setting } = await policies.book(uow.db, uow.today)
    const id = newId()
    const row = {
      id,
      version: 0,
      customer_id: reached.customerId,
      owner_id: reached.ownerId,
      contact_id: contactId,
      made_day: day,
      pay_by: fields.payBy,
      amount: fields.amount,
      promised_by: fields.promisedBy,
      note: fields.note,
      withdrawn_day: null,
      withdrawn_reason: '',
      state: 'open' as const,
      paid: 0,
      last_day: nextWorkday(setting.calendar, fields.payBy as PlainDay).day,
      search_text: buildSearchText(name, [fields.promisedBy, fields.note]),
      created_at: uow.now,
      created_by: uow.actor.userId,
    }
    await uow.db.insertInto('dunning_promises').values(row).execute()
    if (fields.instalmentIds.length > 0) {
      const lines = [...new Set(fields.instalmentIds)].map((instalment_id) => ({ promise_id: id, instalment_id }))
      await uow.db.insertInto('dunning_promise_lines').values(lines).execute()
    }
    await uow.audit({ action: 'dunning.promise', entity: 'promise', entityId: id, after: row })
    uow.changed('dunning', id)
  }

  async function withdraw(uow: UnitOfWork, id: string, version: number, reason: string): Promise<void> {
    await uow.db
      .updateTable('dunning_promises')
      .set({ withdrawn_day: uow.today, withdrawn_reason: reason, version: version + 1 })
      .where('id', '=', id)
      .execute()
    await uow.audit({ action: 'dunning.promiseWithdraw', entity: 'promise', entityId: id, after: { reason } })
    uow.changed('dunning', id)
  }

  return {
    log: (ctx: CallContext, input: ContactFields) =>
      deps.store.write(ctx.actor, async (uow) => {
        const reached = await caseToWrite(uow, ctx.scope, input.customerId)
        if (input.day > uow.today) throw refuse('DUNNING_CONTACT_DAY')
        const { promise: promised, asStep, customerId, nextDay, nextStep, ...fields } = input
        const name = (await customerBriefs(uow.db, [customerId])).get(customerId)?.name ?? ''
        const step = asStep ? await stepOf(uow, customerId) : null
        const id = newId()
        const row = {
          id,
          version: 0,
          customer_id: customerId,
          owner_id: reached.ownerId,
          ...fields,
          step: step?.key ?? '',
          kind: step?.kind ?? null,
          next_day: nextDay,
          next_step: nextStep,
          search_text: buildSearchText(name, [fields.person, fields.note, nextStep]),
          created_at: uow.now,
          created_by: uow.actor.userId,
          void_at: null,
          void_by: null,
          void_reason: '',
        }
        await uow.db.insertInto('dunning_contacts').values(row).execute()
        if (step) {
          const lines = step.lines.map((instalment_id) => ({ contact_id: id, instalment_id }))
          await uow.db.insertInto('dunning_contact_lines').values(lines).execute()
        }
        await uow.audit({ action: 'dunning.contact', entity: 'contact', entityId: id, after: row })
        uow.changed('dunning', id)
        if (promised) await promise(uow, reached, id, fields.day, name, promised)
        await cases.recount(uow, [customerId])
        return { id, version: 0 }
      }),

    voidContact: (ctx: CallContext, input: WithReason) =>
      deps.store.write(ctx.actor, async (uow) => {
        const before = await contactsQuery(uow.db, ctx.scope).where('k.id', '=', input.id).executeTakeFirst()
        if (!before) throw refuse('NOT_FOUND', { entity: 'contact' })
        if (before.version !== input.version) throw refuse('STALE', { current: { version: before.version } })
        if (before.void_at !== null) throw refuse('DUNNING_VOID')
        await uow.db
          .updateTable('dunning_contacts')
          .set({
            void_at: uow.now,
            void_by: uow.actor.userId,
            void_reason: input.reason,
            version: input.version + 1,
          })
          .where('id', '=', input.id)
          .execute()
        await uow.audit({
          action: 'dunning.contactVoid',
          entity: 'contact',
          entityId: input.id,
          after: { reason: input.reason },
        })
        uow.changed('dunning', input.id)
        const promises = await uow.db
          .selectFrom('dunning_promises')
          .select(['id', 'version'])
          .where('contact_id', '=', input.id)
          .where('withdrawn_day', 'is', null)
          .execute()
        for (const { id, version } of promises) await withdraw(uow, id, version, input.reason)
        await cases.recount(uow, [before.customer_id])
        return { id: input.id, version: input.version + 1 }
      }),

    withdrawPromise: (ctx: CallContext, input: WithReason) =>
      deps.store.write(ctx.actor, async (uow) => {
        const before = await promisesQuery(uow.db, ctx.scope).where('p.id', '=', input.id).executeTakeFirst()
        if (!before) throw refuse('NOT_FOUND', { entity: 'promise' })
        if (before.version !== input.version) throw refuse('STALE', { current: { version: before.version } })
        // A promise that was not kept stays in the record: it cannot be taken back afterwards.
        if (before.withdrawn_day !== null || before.state !== 'open') {
          throw refuse('DUNNING_PROMISE_STATE')
        }
        await withdraw(uow, input.id, input.version, input.reason)
        await cases.recount(uow, [before.customer_id])
        return { id: input.id, version: input.version + 1 }
      }),

    list: (ctx: CallContext, input: PageInput<ContactSort, ContactFilters>) =>
      listContacts(deps.store.read, ctx.scope, input),

    summary: (ctx: CallContext, input: { text?: string | undefined; filters: ContactFilters }) =>
      countContacts(deps.store.read, ctx.scope, input.text, input.filters),

    async promises(ctx: CallContext, input: PageInput<PromiseSort, PromiseFilters>) {
      await cases.freshenSoon()
      return listPromises(deps.store.read, ctx.scope, input)
    },

    async promisesSummary(ctx: CallContext, input: { text?: string | undefined; filters: PromiseFilters }) {
      await cases.freshenSoon()
      return sumPromises(deps.store.read, ctx.scope, input.text, input.filters)
    },
  }
}
