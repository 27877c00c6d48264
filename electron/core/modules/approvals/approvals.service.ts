import { refuse } from '#shared/kernel/app-error.ts'
import { addDays, type PlainDay } from '#shared/kernel/dates.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import { compareContent } from '#shared/modules/approvals/approvals.diff.ts'
import type { ApprovalAction } from '#shared/modules/approvals/approvals.contract.ts'
import { actorsOf, isOver, ownOf, returnTargets, type Command } from '#shared/modules/approvals/approvals.rules.ts'
import type { ApprovalFilters, ApprovalSort, ApprovalView } from '#shared/modules/approvals/approvals.schema.ts'
import { startOfDay } from '#shared/modules/customers/customers.rules.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import { editionOf } from './approvals.definitions.ts'
import { approvalFirm } from './approvals.firm.ts'
import { carryOut, type ApprovalListeners } from './approvals.flow.ts'
import { contentsOf, logAction, stateOf } from './approvals.records.ts'
import {
  countApprovals,
  findActions,
  findApproval,
  listApprovals,
  toApprovalRow,
  type ApprovalList,
  type ApprovalQuery,
  type ApprovalReader,
} from './approvals.repo.ts'

const readerOf = (ctx: CallContext): ApprovalReader => ({ scope: ctx.scope, userId: ctx.actor.userId ?? '' })

/** Everything about one request, as one reader may see and do it. */
export async function approvalView(
  db: Reader | Writer,
  reader: ApprovalReader,
  id: string,
  today: PlainDay,
): Promise<ApprovalView> {
  const record = await findApproval(db, reader, id)
  if (!record) throw refuse('NOT_FOUND', { entity: 'approval' })
  const firm = await approvalFirm(db, today)
  const state = await stateOf(db, record)
  const { now, before } = await contentsOf(db, record)
  const decides = actorsOf(state, firm.context).includes(reader.userId)
  const own = ownOf(state).includes(reader.userId)
  const { nameOf } = firm
  return {
    ...toApprovalRow(record),
    ownerName: nameOf(record.owner_id),
    definitionName: (await editionOf(db, record.definition_id, record.edition)).name,
    edition: record.edition,
    hash: record.hash,
    steps: state.steps.map((step) => ({
      name: step.name,
      mode: step.mode,
      state: step.state,
      added: step.added,
      dueDay: step.dueDay,
      seats: step.seats.map((seat) => ({
        userId: seat.userId,
        name: nameOf(seat.userId),
        decided: seat.decidedBy !== null,
        byName: seat.decidedBy === seat.userId ? '' : nameOf(seat.decidedBy),
        escalatedName: nameOf(seat.covers.at(-1) ?? null),
        carried: seat.carried,
      })),
    })),
    actions: (await findActions(db, id)).map((action) => ({
      id: action.id,
      kind: action.kind,
      round: action.round,
      at: action.at,
      userName: nameOf(action.user_id),
      otherName: nameOf(action.other_id),
      stepName: action.step_name,
      comment: action.comment,
    })),
    content: compareContent(before, now),
    compared: before !== null,
    may: {
      decide: decides,
      withdraw: own && !isOver(state.outcome),
      remind: own && state.outcome === 'pending' && state.remindedDay !== today,
      comment: !isOver(state.outcome),
      returnTo: decides ? returnTargets(state).map((step) => ({ step, name: state.steps[step]?.name ?? '' })) : [],
    },
  }
}

function commandOf(action: Exclude<ApprovalAction, { kind: 'comment' }>, by: string): Command {
  switch (action.kind) {
    case 'return':
      return { kind: 'return', by, to: action.to ?? 'applicant' }
    case 'addSigner':
      return { kind: 'addSigner', by, userId: action.userId, where: action.where }
    case 'approve':
    case 'reject':
    case 'withdraw':
    case 'remind':
      return { kind: action.kind, by }
  }
}

/** The inbox of approvals. `listeners` are told how a request about their records ends. */
export function createApprovalsService(deps: CoreDeps, listeners: ApprovalListeners) {
  const { store, clock } = deps

  const asQuery = (
    ctx: CallContext,
    list: ApprovalList,
    { text, filters }: { text?: string | undefined; filters: ApprovalFilters },
  ): ApprovalQuery => ({
    ...readerOf(ctx),
    list,
    text,
    filters,
    today: clock.today(),
    from: filters.from === undefined ? undefined : startOfDay(filters.from, clock.zone),
    until: filters.to === undefined ? undefined : startOfDay(addDays(filters.to, 1), clock.zone),
  })
  const listed = (list: ApprovalList) => (ctx: CallContext, input: PageInput<ApprovalSort, ApprovalFilters>) =>
    listApprovals(store.read, asQuery(ctx, list, input), input)

  return {
    waiting: listed('waiting'),
    mine: listed('mine'),
    history: listed('history'),

    summary: (
      ctx: CallContext,
      { list, ...input }: { list: ApprovalList; text?: string | undefined; filters: ApprovalFilters },
    ) => countApprovals(store.read, asQuery(ctx, list, input)),

    get: (ctx: CallContext, id: string) => approvalView(store.read, readerOf(ctx), id, clock.today()),

    act: (ctx: CallContext, { id, version, action }: { id: string; version: number; action: ApprovalAction }) =>
      store.write(ctx.actor, async (uow) => {
        const reader = readerOf(ctx)
        const found = await findApproval(uow.db, reader, id)
        if (!found) throw refuse('NOT_FOUND', { entity: 'approval' })
        if (found.version !== version) {
          throw refuse('STALE', { current: { version: found.version, outcome: found.outcome } })
        }
        const record = await uow.db
          .selectFrom('approval_requests')
          .selectAll()
          .where('id', '=', id)
          .executeTakeFirstOrThrow()
        if (action.kind === 'comment') {
          if (isOver(record.outcome)) throw refuse('APPROVAL_STATE', { outcome: record.outcome })
          await logAction(uow, record, { kind: 'comment', comment: action.comment })
          await uow.audit({
            action: 'approvals.comment',
            entity: 'approval',
            entityId: id,
            after: { title: record.title, comment: action.comment },
          })
          uow.changed('approvals', id)
          return { id, version, outcome: record.outcome }
        }
        const done = await carryOut(uow, record, commandOf(action, reader.userId), { comment: action.comment })
        const { outcome } = done.state
        if (outcome !== record.outcome) {
          await listeners[record.kind]?.(uow, { recordId: record.record_id, requestId: id, outcome })
        }
        return { id, version: done.record.version, outcome }
      }),
  }
}
