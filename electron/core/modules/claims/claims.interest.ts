import { plainReason } from '#shared/kernel/reason.ts'
import { makeTranslator } from '#shared/i18n/translate.ts'
import type { Locale } from '#shared/i18n/locale.ts'
import { invalid, refuse } from '#shared/kernel/app-error.ts'
import type { PlainDay } from '#shared/kernel/dates.ts'
import { documentName } from '#shared/kernel/filenames.ts'
import { interestDocument } from '#shared/modules/claims/claims.interest.documents.ts'
import type {
  DebtSheet,
  InterestItem,
  SheetOf,
  SheetView,
  TermsChoice,
  TermsView,
} from '#shared/modules/claims/claims.interest.schema.ts'
import { surchargeFault } from '#shared/modules/receivables/receivables.basis.rules.ts'
import { instalmentSale, mayTakeBack } from '#shared/modules/receivables/receivables.credit.rules.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { newId } from '#core/kernel/ids.ts'
import { assertInScope } from '#core/kernel/scope.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { customerBriefs } from '#core/modules/customers/customers.api.ts'
import { userBriefs } from '#core/modules/people/people.api.ts'
import { debtsOf, debtRows } from '#core/modules/receivables/receivables.api.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import { followReceivables } from './claims.clock.ts'
import { debtInScope, debtsTogether, targetDebts } from './claims.debts.ts'
import { debtSheetOf, interestOf } from './claims.sheets.ts'
import { termsBook } from './claims.terms.ts'

/** Interest: by what it is counted under a contract, the sheets, and what a person writes down for them. */
export function createInterestService(deps: CoreDeps) {
  const { store, clock } = deps

  async function sheetView(ctx: CallContext, target: SheetOf, asOf: PlainDay): Promise<SheetView> {
    const db = store.read
    const ids = await targetDebts(db, ctx.scope, target)
    const counted = [...(await interestOf(db, ids, asOf)).values()]
    const debts = counted
      .map(debtSheetOf)
      .filter(({ sheet }) => target.of === 'instalment' || sheet.segments.length > 0 || sheet.owed.costs > 0)
      .toSorted((a, b) => (a.dueDay < b.dueDay ? -1 : a.dueDay > b.dueDay ? 1 : 0))
    const customerId = counted[0]?.debt.customerId ?? (target.of === 'customer' ? target.id : '')
    const customerName = (await customerBriefs(db, [customerId])).get(customerId)?.name ?? ''
    return { asOf, customerName, debts, total: totalOf(debts) }
  }

  return {
    async terms(ctx: CallContext, contractId: string): Promise<TermsView> {
      const db = store.read
      const book = await termsBook(db, [contractId])
      const contract = book.contract(contractId)
      if (!contract || contract.signDay === '') throw refuse('NOT_FOUND', { entity: 'contract' })
      assertInScope(ctx.scope, contract.ownerId, 'contract')
      const today = clock.today()
      const debts = [
        ...(
          await debtRows(
            db,
            (await debtsOf(db, { contractId }, 'all')).map(({ id }) => id),
          )
        ).values(),
      ]
      // What falls due first decides which law the delay is under.
      const first = debts.flatMap(({ dueDay }) => dueDay ?? []).toSorted()[0] ?? today
      const { terms, article, limitationBy, advice, chosen } = book.inForce(contractId, first)
      const by = chosen ? await userBriefs(db, [chosen.decided_by]) : null
      const law = book.lawOn(today)
      const dueUnpaid = debts
        .filter(({ dueDay }) => dueDay !== null && dueDay < today)
        .reduce((sum, debt) => sum + debt.outstanding, 0)
      const paid = debts.reduce((sum, debt) => sum + debt.amount - debt.outstanding, 0)
      const demanded = await demandOf(
        db,
        debts.map(({ id }) => id),
        today,
      )
      const sale = { total: contract.amount, instalments: contract.parts, dueUnpaid, ...demanded }
      return {
        contractId,
        contractNumber: contract.number,
        version: chosen?.version ?? null,
        terms,
        article,
        limitationBy,
        chosen: chosen
          ? { reason: chosen.reason, at: chosen.decided_at, byName: by?.get(chosen.decided_by)?.name ?? '' }
          : null,
        proposals: advice.proposals.map((one) => ({ ...one, reasons: one.reasons.map(plainReason) })),
        warnings: advice.warnings.map(plainReason),
        callIn:
          dueUnpaid === 0
            ? null
            : ((found) => ({ ...found, dueUnpaid, missing: found.missing.map(plainReason) }))(
                instalmentSale(sale, law),
              ),
        takeBack: contract.retainTitle ? { ...mayTakeBack(contract.amount, paid, law), paid } : null,
      }
    },

    choose: (ctx: CallContext, input: TermsChoice) =>
      store.write(ctx.actor, async (uow) => {
        const { contractId, terms } = input
        const book = await termsBook(uow.db, [contractId])
        const contract = book.contract(contractId)
        if (!contract || contract.signDay === '') throw refuse('NOT_FOUND', { entity: 'contract' })
        assertInScope(ctx.scope, contract.ownerId, 'contract')
        const before = book.inForce(contractId, uow.today)
        if ((before.chosen?.version ?? null) !== input.version) {
          throw refuse('STALE', { current: { version: before.chosen?.version ?? null } })
        }
        const { basis } = terms
        if (basis.kind === 'lpr' || basis.kind === 'benchmark') {
          const fault = surchargeFault(basis.surcharge, book.lawOn(uow.today))
          if (fault) throw invalid([{ path: ['terms', 'basis', 'surcharge'], ...plainReason(fault) }])
        }
        const version = (before.chosen?.version ?? -1) + 1
        const row = {
          version,
          terms: JSON.stringify(terms),
          article: input.article,
          limitation_by: input.limitationBy,
          reason: input.reason,
          decided_at: uow.now,
          decided_by: uow.actor.userId ?? '',
        }
        await uow.db
          .insertInto('claim_terms')
          .values({ contract_id: contractId, ...row })
          .onConflict((oc) => oc.column('contract_id').doUpdateSet(row))
          .execute()
        await uow.audit({
          action: 'claims.terms',
          entity: 'contract',
          entityId: contractId,
          before: { terms: before.terms, article: before.article, limitationBy: before.limitationBy },
          after: { terms, article: input.article, limitationBy: input.limitationBy, reason: input.reason },
        })
        uow.changed('claims', contractId)
        if (before.limitationBy !== input.limitationBy) await followReceivables(uow, [contractId])
        return { version }
      }),

    sheet: (ctx: CallContext, input: { target: SheetOf; asOf: PlainDay }) => sheetView(ctx, input.target, input.asOf),

    async print(ctx: CallContext, input: { target: SheetOf; asOf: PlainDay; language?: Locale | undefined }) {
      const db = store.read
      const view = await sheetView(ctx, input.target, input.asOf)
      if (view.debts.length === 0) throw refuse('CLAIM_NOTHING')
      const language = input.language ?? (await readSetting(db, 'preferences')).value.documentLocale
      const t = makeTranslator(language)
      const firm = (await readSetting(db, 'firm')).value
      const model = interestDocument({ view, firm, language, day: clock.today() }, t)
      const bytes = await deps.workers.run('pdf', model, ctx.signal ? { signal: ctx.signal } : {})
      const userId = ctx.actor.userId ?? ''
      const name = documentName([model.title, view.customerName, input.asOf.replaceAll('-', '')], 'pdf')
      const { fileId } = deps.files.putTemporary(userId, { name, mime: 'application/pdf', bytes })
      return { fileId, ...deps.files.ticket(userId, fileId) }
    },

    async items(ctx: CallContext, instalmentId: string): Promise<InterestItem[]> {
      const db = store.read
      await debtInScope(db, ctx.scope, instalmentId)
      return itemsOf(db, instalmentId)
    },

    addPause: (
      ctx: CallContext,
      input: { instalmentIds: readonly string[]; from: PlainDay; to: PlainDay; reason: string },
    ) =>
      store.write(ctx.actor, async (uow) => {
        const { debts } = await debtsTogether(uow.db, ctx.scope, input.instalmentIds)
        const rows = debts.map((debt) => ({
          id: newId(),
          instalment_id: debt.id,
          from_day: input.from,
          to_day: input.to,
          reason: input.reason,
          ...written(uow),
        }))
        await uow.db.insertInto('claim_pauses').values(rows).execute()
        for (const row of rows) {
          const after = { instalmentId: row.instalment_id, from: input.from, to: input.to, reason: input.reason }
          await uow.audit({ action: 'claims.pause', entity: 'receivable', entityId: row.instalment_id, after })
          uow.changed('claims', row.instalment_id)
        }
        return { ids: rows.map((row) => row.id) }
      }),

    addCost: (
      ctx: CallContext,
      input: { instalmentId: string; kind: InterestItem['kind']; day: PlainDay; amount: number; note: string },
    ) =>
      store.write(ctx.actor, async (uow) => {
        await debtInScope(uow.db, ctx.scope, input.instalmentId)
        if (input.day > uow.today) throw refuse('CLAIM_DAY')
        const { instalmentId, ...said } = input
        const id = newId()
        await uow.db
          .insertInto('claim_costs')
          .values({ id, instalment_id: instalmentId, ...said, kind: said.kind as 'other', ...written(uow) })
          .execute()
        await uow.audit({ action: 'claims.cost', entity: 'receivable', entityId: instalmentId, after: said })
        uow.changed('claims', instalmentId)
        return { id }
      }),

    voidItem: (ctx: CallContext, input: { id: string; what: 'pause' | 'cost'; reason: string }) =>
      store.write(ctx.actor, async (uow) => {
        const table = input.what === 'pause' ? 'claim_pauses' : 'claim_costs'
        const row = await uow.db
          .selectFrom(table)
          .select(['instalment_id', 'void_at'])
          .where('id', '=', input.id)
          .executeTakeFirst()
        if (!row) throw refuse('NOT_FOUND', { entity: 'receivable' })
        await debtInScope(uow.db, ctx.scope, row.instalment_id)
        if (row.void_at !== null) throw refuse('CLAIM_VOID')
        await uow.db
          .updateTable(table)
          .set({ void_at: uow.now, void_by: uow.actor.userId, void_reason: input.reason })
          .where('id', '=', input.id)
          .execute()
        await uow.audit({
          action: 'claims.itemVoid',
          entity: 'receivable',
          entityId: row.instalment_id,
          before: { what: input.what, id: input.id },
          after: { reason: input.reason },
        })
        uow.changed('claims', row.instalment_id)
        return { id: input.id }
      }),
  }
}

const written = (uow: UnitOfWork) => ({
  created_at: uow.now,
  created_by: uow.actor.userId ?? '',
  void_at: null,
  void_by: null,
  void_reason: '',
})

export function totalOf(debts: readonly DebtSheet[]): SheetView['total'] {
  const sum = (pick: (sheet: DebtSheet['sheet']) => number) => debts.reduce((all, { sheet }) => all + pick(sheet), 0)
  return {
    costs: sum(({ owed }) => owed.costs),
    interest: sum(({ owed }) => owed.interest),
    principal: sum(({ owed }) => owed.principal),
    waived: sum(({ waived }) => waived),
  }
}

/** Whether any of these debts was demanded in a way that can be proven, and the time of that demand has passed. */
async function demandOf(db: Reader | Writer, ids: readonly string[], today: PlainDay) {
  if (ids.length === 0) return { demandArrived: false, timePassed: false }
  const rows = await db
    .selectFrom('limitation_event_debts as l')
    .innerJoin('limitation_events as e', 'e.id', 'l.event_id')
    .select(['e.day', 'e.until_day'])
    .where('l.instalment_id', 'in', [...ids])
    .where('e.void_at', 'is', null)
    .where('e.strength', '=', 'strong')
    .where('e.kind', 'in', ['ems', 'courier', 'hand', 'notarised', 'email', 'message', 'visit'])
    .execute()
  return {
    demandArrived: rows.length > 0,
    timePassed: rows.some((row) => (row.until_day ?? row.day) < today),
  }
}

async function itemsOf(db: Reader, instalmentId: string): Promise<InterestItem[]> {
  const pauses = await db
    .selectFrom('claim_pauses as p')
    .leftJoin('users as u', 'u.id', 'p.created_by')
    .leftJoin('users as v', 'v.id', 'p.void_by')
    .selectAll('p')
    .select(['u.name as by_name', 'v.name as void_name'])
    .where('p.instalment_id', '=', instalmentId)
    .execute()
  const costs = await db
    .selectFrom('claim_costs as c')
    .leftJoin('users as u', 'u.id', 'c.created_by')
    .leftJoin('users as v', 'v.id', 'c.void_by')
    .selectAll('c')
    .select(['u.name as by_name', 'v.name as void_name'])
    .where('c.instalment_id', '=', instalmentId)
    .execute()
  const ended = (row: { void_at: number | null; void_name: string | null; void_reason: string }) =>
    row.void_at === null ? null : { byName: row.void_name ?? '', reason: row.void_reason }
  const items: InterestItem[] = [
    ...pauses.map((row) => ({
      id: row.id,
      kind: 'pause' as const,
      day: row.from_day,
      toDay: row.to_day,
      amount: null,
      note: row.reason,
      byName: row.by_name ?? '',
      createdAt: row.created_at,
      void: ended(row),
    })),
    ...costs.map((row) => ({
      id: row.id,
      kind: row.kind,
      day: row.day,
      toDay: null,
      amount: row.amount,
      note: row.note,
      byName: row.by_name ?? '',
      createdAt: row.created_at,
      void: ended(row),
    })),
  ]
  return items.toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
}
