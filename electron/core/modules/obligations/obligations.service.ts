import { invalid, refuse } from '#shared/kernel/app-error.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import {
  outlivesContract,
  stepFault,
  type ObligationStep,
  type StepFault,
} from '#shared/modules/obligations/obligations.rules.ts'
import type {
  ObligationAssign,
  ObligationDone,
  ObligationFields,
  ObligationFilters,
  ObligationMove,
  ObligationReason,
  ObligationRow,
  ObligationSort,
} from '#shared/modules/obligations/obligations.schema.ts'
import type { AuditAction } from '#shared/modules/audit/audit.actions.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { newId } from '#core/kernel/ids.ts'
import { inScope } from '#core/kernel/scope.ts'
import { contractBrief, followObligations } from '#core/modules/contracts/contracts.api.ts'
import { departmentsOf, everybodyWho } from '#core/modules/people/people.api.ts'
import { moveTasksOfSource } from '#core/modules/tasks/tasks.api.ts'
import type { UnitOfWork } from '#core/store/store.ts'
import type { ObligationsTable } from '#core/store/tables/obligations.tables.ts'
import { closedColumns, newRow, saveRow, searchTexts } from './obligations.records.ts'
import {
  findObligations,
  listObligations,
  obligationsQuery,
  sumObligations,
  toObligationRow,
  type ObligationRecord,
} from './obligations.repo.ts'

interface Item {
  readonly id: string
  readonly version: number
}

const REFUSED = {
  closed: 'OBLIGATION_CLOSED',
  open: 'OBLIGATION_OPEN',
  follows: 'OBLIGATION_FOLLOWS',
} as const satisfies Record<StepFault, string>

/** What signed contracts bind both sides to, and the steps that people take with it. */
export function createObligationsService({ store, clock }: CoreDeps) {
  const asked = (ctx: CallContext, input: { text?: string | undefined; filters: ObligationFilters }) =>
    obligationsQuery(store.read, { ...input, scope: ctx.scope, today: clock.today() })

  /** These as the caller last saw them, each where the step is possible; all or none. */
  async function current(uow: UnitOfWork, ctx: CallContext, items: readonly Item[], step: ObligationStep) {
    const found = new Map(
      (
        await findObligations(
          uow.db,
          ctx.scope,
          items.map((item) => item.id),
        )
      ).map((row) => [row.id, row]),
    )
    return items.map(({ id, version }) => {
      const row = found.get(id)
      if (!row) throw refuse('NOT_FOUND', { entity: 'obligation' })
      if (row.version !== version) throw refuse('STALE', { current: { version: row.version } })
      const { state, kind, done_by_rule: byRule, drop_code: dropCode } = row
      const fault = stepFault({ state, kind, doneByRule: byRule === 1, dropCode }, step)
      if (fault !== null) throw refuse(REFUSED[fault])
      return row
    })
  }

  /** Takes one step with each, with a row of the audit log for each. */
  function walk(
    ctx: CallContext,
    items: readonly Item[],
    step: ObligationStep,
    action: AuditAction,
    change: (
      uow: UnitOfWork,
      row: ObligationRecord,
    ) => { columns: Partial<ObligationsTable>; before: object; after: object },
    around: {
      readonly check?: (uow: UnitOfWork, rows: readonly ObligationRecord[]) => Promise<void> | void
      readonly then?: (uow: UnitOfWork, rows: readonly ObligationRecord[]) => Promise<void>
    } = {},
  ) {
    return store.write(ctx.actor, async (uow) => {
      const rows = await current(uow, ctx, items, step)
      await around.check?.(uow, rows)
      for (const row of rows) {
        const { columns, before, after } = change(uow, row)
        await saveRow(uow, row, columns)
        await uow.audit({ action, entity: 'obligation', entityId: row.id, before, after })
      }
      await around.then?.(uow, rows)
      const now = await findObligations(
        uow.db,
        ctx.scope,
        rows.map((row) => row.id),
      )
      return { items: now.map(({ id, version }) => ({ id, version })) }
    })
  }

  return {
    list: async (ctx: CallContext, input: PageInput<ObligationSort, ObligationFilters>) =>
      listObligations(store.read, await asked(ctx, input), input),

    summary: async (ctx: CallContext, input: { text?: string | undefined; filters: ObligationFilters }) =>
      sumObligations(store.read, await asked(ctx, input)),

    async get(ctx: CallContext, id: string): Promise<ObligationRow> {
      const [record] = await findObligations(store.read, ctx.scope, [id])
      if (!record) throw refuse('NOT_FOUND', { entity: 'obligation' })
      return toObligationRow(record, await asked(ctx, { filters: {} }))
    },

    create: (ctx: CallContext, input: ObligationFields & { contractId: string }) =>
      store.write(ctx.actor, async (uow) => {
        const contract = await contractBrief(uow, ctx.scope, input.contractId)
        const { when } = input
        const day = when.kind === 'day' ? when.day : null
        if (day !== null && day < contract.signDay) throw refuse('OBLIGATION_DAY')
        const ownerId = input.ownerId
        await assertMayOwn(uow, ownerId, [contract.ownerId])
        const departmentId = await departmentOf(uow, input)
        const row = newRow(
          uow,
          contract,
          {
            key: `free:${newId()}`,
            byRule: false,
            clause: input.clause,
            kind: 'other',
            side: input.side,
            seq: null,
            detail: input.text,
            amount: null,
            trigger: when.kind === 'day' ? 'fixed' : when.event,
            after: when.kind === 'day' ? 0 : when.days,
            dayKind: when.kind === 'day' ? 'natural' : when.dayKind,
            dueDay: day,
            ruleDay: day,
            waits: when.kind === 'event',
          },
          { ownerId, departmentId },
          searchTexts(contract)(input.text),
        )
        await uow.db.insertInto('obligations').values(row).execute()
        const after = { contract: contract.number, ...input, departmentId }
        await uow.audit({ action: 'obligations.create', entity: 'obligation', entityId: row.id, after })
        uow.changed('obligations', row.id)
        // Where what it waits for has happened already, its day is known at once.
        await followObligations(uow, contract.id)
        const [made] = await findObligations(uow.db, ctx.scope, [row.id])
        return { id: row.id, version: made?.version ?? 0 }
      }),

    done: (ctx: CallContext, { items, day, note }: ObligationDone) =>
      walk(
        ctx,
        items,
        'done',
        'obligations.done',
        (uow, row) => ({
          columns: closedColumns(uow, row.due_day, { state: 'done', day, byRule: false, note }),
          before: { state: row.state, dueDay: row.due_day },
          after: { state: 'done', day, note },
        }),
        {
          check: (uow, rows) => {
            if (day > uow.today || rows.some((row) => day < (row.sign_day ?? ''))) throw refuse('OBLIGATION_DONE_DAY')
          },
        },
      ),

    drop: (ctx: CallContext, { items, reason }: ObligationReason) =>
      walk(ctx, items, 'drop', 'obligations.drop', (uow, row) => ({
        columns: closedColumns(uow, row.due_day, { state: 'dropped', code: 'person', note: reason }),
        before: { state: row.state, dueDay: row.due_day },
        after: { state: 'dropped', reason },
      })),

    reopen: (ctx: CallContext, { items }: { items: readonly Item[] }) =>
      walk(
        ctx,
        items,
        'reopen',
        'obligations.reopen',
        (uow, row) => ({
          columns: closedColumns(uow, row.due_day, { state: 'open' }),
          before: { state: row.state, doneDay: row.done_day, note: row.note },
          after: { state: 'open' },
        }),
        {
          check: (_uow, rows) => {
            const over = rows.find(
              (row) => row.contract_state !== 'signed' || (row.ended_day !== null && !outlivesContract(row.kind)),
            )
            if (over)
              throw refuse('CONTRACT_STATE', { state: over.ended_day === null ? over.contract_state : 'terminated' })
          },
          // Nothing was dated while it was closed.
          then: async (uow, rows) => {
            for (const id of new Set(rows.map((row) => row.contract_id))) await followObligations(uow, id)
          },
        },
      ),

    async assign(ctx: CallContext, input: ObligationAssign) {
      const { items, reason, ownerId } = input
      let departmentId: string | null = null
      return walk(
        ctx,
        items,
        'assign',
        'obligations.assign',
        (_uow, row) => ({
          columns: { owner_id: ownerId, department_id: departmentId },
          before: { ownerId: row.owner_id, departmentId: row.department_id },
          after: { ownerId, departmentId, reason },
        }),
        {
          check: async (uow, rows) => {
            await assertMayOwn(
              uow,
              ownerId,
              rows.map((row) => row.contract_owner_id),
            )
            departmentId = await departmentOf(uow, input)
          },
          then: async (uow, rows) => {
            for (const { id } of rows) await moveTasksOfSource(uow, { module: 'obligations', id }, ownerId)
          },
        },
      )
    },

    move: (ctx: CallContext, { items, day, reason }: ObligationMove) =>
      walk(
        ctx,
        items,
        'move',
        'obligations.move',
        (_uow, row) => ({
          columns: { due_day: day, due_key: day, waits: 0, move_reason: reason },
          before: { dueDay: row.due_day },
          after: { dueDay: day, reason },
        }),
        {
          check: (_uow, rows) => {
            if (rows.some((row) => day < (row.sign_day ?? ''))) throw refuse('OBLIGATION_DAY')
          },
        },
      ),
  }
}

/** Whoever sees to an obligation may read its contract. Throws VALIDATION (path `ownerId`). */
async function assertMayOwn(uow: UnitOfWork, ownerId: string, contractOwners: readonly string[]): Promise<void> {
  const person = (await everybodyWho(uow.db, 'contracts.perform')).find(({ userId }) => userId === ownerId)
  if (person && contractOwners.every((one) => inScope(person.scope, one))) return
  throw invalid([{ path: ['ownerId'], key: 'obligations:errors.owner' }])
}

/** The department that was named, else that of the owner. Throws VALIDATION (path `departmentId`) where there is none. */
async function departmentOf(
  uow: UnitOfWork,
  input: { readonly ownerId: string; readonly departmentId: string | null },
): Promise<string | null> {
  if (input.departmentId === null) return (await departmentsOf(uow.db, [input.ownerId])).get(input.ownerId) ?? null
  const found = await uow.db
    .selectFrom('departments')
    .select('id')
    .where('id', '=', input.departmentId)
    .executeTakeFirst()
  if (!found) throw invalid([{ path: ['departmentId'], key: 'validation:notAChoice' }])
  return found.id
}
