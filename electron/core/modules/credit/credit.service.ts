import { plainReason } from '#shared/kernel/reason.ts'
import { makeTranslator } from '#shared/i18n/translate.ts'
import { refuse } from '#shared/kernel/app-error.ts'
import type { PlainDay } from '#shared/kernel/dates.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import type { ContentLine } from '#shared/modules/approvals/approvals.schema.ts'
import {
  creditFacts,
  type CreditFilters,
  type CreditPolicy,
  type CreditRow,
  type CreditSort,
  type CreditTerms,
  type CreditView,
  type Registration,
} from '#shared/modules/credit/credit.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { newId } from '#core/kernel/ids.ts'
import { readSetting, writeSetting } from '#core/kernel/settings.ts'
import { exportList, type ListAsked } from '#core/kernel/list-export.ts'
import type { ExportColumn } from '#core/kernel/table-export.ts'
import { approvalOf, askApproval } from '#core/modules/approvals/approvals.api.ts'
import { customerGrade, customerInScope, type CustomerParty } from '#core/modules/customers/customers.api.ts'
import { orderInScope } from '#core/modules/orders/orders.api.ts'
import { userBriefs } from '#core/modules/people/people.api.ts'
import type { Reader, UnitOfWork } from '#core/store/store.ts'
import type { CreditCardsTable } from '#core/store/tables/credit.tables.ts'
import { checkDelivery, checkDraft, type Checked } from './credit.api.ts'
import { cardOf, logChange, openCard, saveCard, scoreOf, type BrokenPromises } from './credit.cards.ts'
import { creditLimitDecided, setLimit } from './credit.decided.ts'
import { putHold } from './credit.holds.ts'
import { keepRelease, releaseOf } from './credit.releases.ts'
import { findCard, listCards, sumCards, toRows, type CreditQuery } from './credit.repo.ts'

/** So many of a card’s latest changes are shown. */
const CHANGES = 200

/** What customers are trusted with: the card, its score, limits, holds and releases. */
export function createCreditService(deps: CoreDeps, brokenPromises: BrokenPromises) {
  const { store, clock } = deps
  const asked = (ctx: CallContext, input: { text?: string | undefined; filters: CreditFilters }): CreditQuery => ({
    ...input,
    scope: ctx.scope,
    today: clock.today(),
  })

  /** The card as its reader last saw it, made where there is none yet. Throws NOT_FOUND, STALE. */
  async function current(
    uow: UnitOfWork,
    ctx: CallContext,
    input: { readonly customerId: string; readonly version: number | null },
  ): Promise<{ card: CreditCardsTable; customer: CustomerParty }> {
    const customer = await customerInScope(uow.db, ctx.scope, input.customerId)
    const known = await cardOf(uow.db, customer.id)
    if ((known?.version ?? null) !== input.version)
      throw refuse('STALE', { current: { version: known?.version ?? null } })
    return { card: known ?? (await openCard(uow, customer.id, brokenPromises)), customer }
  }

  return {
    list: (ctx: CallContext, input: PageInput<CreditSort, CreditFilters>) =>
      listCards(store.read, asked(ctx, input), input),

    summary: (ctx: CallContext, input: { text?: string | undefined; filters: CreditFilters }) =>
      sumCards(store.read, asked(ctx, input)),

    async get(ctx: CallContext, customerId: string): Promise<CreditView | null> {
      const db = store.read
      await customerInScope(db, ctx.scope, customerId)
      const card = await findCard(db, ctx.scope, customerId)
      if (!card) return null
      const [row] = await toRows(db, [card], clock.today())
      return { ...(row as CreditRow), ...(await restOf(db, card)) }
    },

    async check(ctx: CallContext, input: { customerId: string; amount: number }) {
      await customerInScope(store.read, ctx.scope, input.customerId)
      const checked = await checkDraft(store.read, input.customerId, input.amount, clock.today())
      return { ...shown(checked), mode: checked.mode, blocked: checked.blocked }
    },

    async order(ctx: CallContext, orderId: string) {
      const db = store.read
      const order = await orderInScope(db, ctx.scope, orderId)
      const today = clock.today()
      const checked = await checkDelivery(db, order.customerId, today)
      const release = await releaseOf(db, orderId, today)
      return {
        ...shown(checked),
        stops: checked.blocked && checked.mode === 'block' && release === undefined,
        release: release ? { untilDay: release.untilDay, reason: release.reason, byName: release.byName ?? '' } : null,
      }
    },

    score: (ctx: CallContext, customerId: string) =>
      store.write(ctx.actor, async (uow) => {
        const customer = await customerInScope(uow.db, ctx.scope, customerId)
        const known = await cardOf(uow.db, customer.id)
        const card = known ?? (await openCard(uow, customer.id, brokenPromises))
        const version = known ? await saveCard(uow, card, {}, brokenPromises) : card.version
        const now = await cardOf(uow.db, customer.id)
        await uow.audit({
          action: 'credit.score',
          entity: 'customer',
          entityId: customer.id,
          before: { score: known?.score ?? null },
          after: { score: now?.score ?? null, grade: now?.grade ?? null },
        })
        uow.changed('credit', customer.id)
        return { id: card.id, version }
      }),

    setLimit: (ctx: CallContext, input: CreditTerms & { customerId: string; version: number | null }) =>
      store.write(ctx.actor, async (uow) => {
        if (input.validTo !== null && input.validTo < uow.today) throw refuse('CREDIT_VALID_TO')
        const { card, customer } = await current(uow, ctx, input)
        const { value: policy } = await readSetting(uow.db, 'credit')
        const columns = {
          credit_limit: input.limit,
          days: input.days,
          prepay: input.prepay,
          valid_to: input.validTo,
        }
        const open = await uow.db
          .selectFrom('credit_requests')
          .select('id')
          .where('card_id', '=', card.id)
          .where('state', '=', 'asked')
          .executeTakeFirst()
        if (open) throw refuse('CREDIT_ASKED')
        if (input.limit < policy.approveFrom) {
          const version = await setLimit(uow, card, columns, { reason: input.reason }, brokenPromises)
          return { id: card.id, version, approvalId: null }
        }
        const id = newId()
        await uow.db
          .insertInto('credit_requests')
          .values({
            id,
            card_id: card.id,
            ...columns,
            reason: input.reason,
            state: 'asked',
            asked_at: uow.now,
            asked_by: uow.actor.userId ?? '',
          })
          .execute()
        const { customerId: _id, version: _version, ...said } = input
        await uow.audit({ action: 'credit.ask', entity: 'customer', entityId: customer.id, after: said })
        uow.changed('credit', customer.id)
        const approval = await askApproval(uow, {
          kind: 'creditLimit',
          recordId: customer.id,
          title: customer.name,
          customerId: customer.id,
          ownerId: customer.ownerId ?? uow.actor.userId ?? '',
          amount: input.limit,
          discount: null,
          grade: await customerGrade(uow.db, customer.id),
          paymentDays: input.days,
          content: { lines: contentOf(card, input), data: { id, ...said } },
        })
        if (approval.outcome !== 'pending') {
          const told = { recordId: customer.id, requestId: approval.id, outcome: approval.outcome }
          await creditLimitDecided(brokenPromises)(uow, told)
        }
        const now = await cardOf(uow.db, customer.id)
        return { id: card.id, version: now?.version ?? 0, approvalId: approval.id }
      }),

    setHold: (ctx: CallContext, input: { customerId: string; version: number | null; hold: boolean; reason: string }) =>
      store.write(ctx.actor, async (uow) => {
        const { card } = await current(uow, ctx, input)
        if ((card.hold === 1) === input.hold) throw refuse('CREDIT_HOLD')
        const { hold, reason } = input
        const version = await putHold(uow, card, { hold, reason }, brokenPromises)
        return { id: card.id, version }
      }),

    setRegistration: (
      ctx: CallContext,
      input: { customerId: string; version: number | null; registration: Registration; day: PlainDay; note: string },
    ) =>
      store.write(ctx.actor, async (uow) => {
        if (input.day > uow.today) throw refuse('CREDIT_CARD_DAY')
        const { card } = await current(uow, ctx, input)
        const before = { registration: card.registration, day: card.registration_day }
        const after = { registration: input.registration, day: input.day }
        const version = await saveCard(
          uow,
          card,
          { registration: input.registration, registration_day: input.day, registration_note: input.note },
          brokenPromises,
        )
        await logChange(uow, card, { kind: 'registration', before, after, reason: input.note })
        await uow.audit({
          action: 'credit.registration',
          entity: 'customer',
          entityId: card.customer_id,
          before,
          after: { ...after, note: input.note },
        })
        return { id: card.id, version }
      }),

    release: (ctx: CallContext, input: { orderId: string; untilDay: PlainDay; reason: string }) =>
      store.write(ctx.actor, async (uow) => {
        const order = await orderInScope(uow.db, ctx.scope, input.orderId)
        if (input.untilDay < uow.today) throw refuse('CREDIT_CARD_DAY')
        const checked = await checkDelivery(uow.db, order.customerId, uow.today)
        if (!checked.blocked) throw refuse('CREDIT_CLEAR')
        const card = await openCard(uow, order.customerId, brokenPromises)
        return { id: await keepRelease(uow, card, { ...input, exposure: checked.exposure }) }
      }),

    policy: () => readSetting(store.read, 'credit'),

    savePolicy: (ctx: CallContext, input: { value: CreditPolicy; version: number }) =>
      store.write(ctx.actor, async (uow) => {
        const saved = await writeSetting(uow, 'credit', input.value, input.version)
        uow.changed('credit', 'policy')
        return saved
      }),

    exportRows(ctx: CallContext, input: ListAsked<CreditSort, CreditFilters>) {
      const t = makeTranslator(ctx.locale)
      return exportList<CreditRow>(deps, ctx, {
        kind: 'credit.export',
        audit: { action: 'credit.export', entity: 'export', entityId: 'credit', after: input.filters },
        title: t('credit:title'),
        format: input.format,
        columns: columns(t),
        open: async () => ({
          count: (await sumCards(store.read, asked(ctx, input))).count,
          page: (at) => listCards(store.read, asked(ctx, input), { sort: input.sort, ...at }),
        }),
      })
    },
  }
}

/** What the page of one card shows beside its row. */
async function restOf(db: Reader, card: CreditCardsTable) {
  const facts = creditFacts.parse(JSON.parse(card.facts))
  const { value: policy } = await readSetting(db, 'credit')
  const { reasons, grade } = scoreOf(facts, policy)
  const changes = await db
    .selectFrom('credit_changes as h')
    .leftJoin('users as u', 'u.id', 'h.user_id')
    .selectAll('h')
    .select('u.name as user_name')
    .where('h.card_id', '=', card.id)
    .orderBy('h.at', 'desc')
    .orderBy('h.id', 'desc')
    .limit(CHANGES)
    .execute()
  const open = await db
    .selectFrom('credit_requests')
    .selectAll()
    .where('card_id', '=', card.id)
    .where('state', '=', 'asked')
    .executeTakeFirst()
  const by = open ? await userBriefs(db, [open.asked_by]) : null
  const approval = open ? await approvalOf(db, 'creditLimit', card.customer_id) : null
  return {
    registration: card.registration,
    registrationDay: card.registration_day,
    registrationNote: card.registration_note,
    scoredAt: card.scored_at,
    facts,
    reasons: reasons.map((one) => ({ ...one, reason: plainReason(one.reason) })),
    proposed: grade === null ? null : { limit: grade.limit, days: grade.days, prepay: grade.prepay },
    history: changes.map((row) => ({
      id: row.id,
      kind: row.kind,
      before: JSON.parse(row.before) as Record<string, unknown>,
      after: JSON.parse(row.after) as Record<string, unknown>,
      reason: row.reason,
      day: row.day,
      at: row.at,
      byName: row.user_name ?? '',
    })),
    asked: open
      ? {
          id: open.id,
          approvalId: approval?.id ?? null,
          limit: open.credit_limit,
          byName: by?.get(open.asked_by)?.name ?? '',
          reason: open.reason,
        }
      : null,
  }
}

const shown = ({ verdict, exposure, room, reasons }: Checked) => ({
  verdict,
  exposure,
  room,
  reasons: reasons.map(plainReason),
})

function contentOf(card: CreditCardsTable, input: CreditTerms): ContentLine[] {
  const row = (id: string, form: ContentLine['form'], value: ContentLine['value']): ContentLine => ({
    id,
    group: 'credit:approval.title',
    label: `credit:approval.${id}`,
    form,
    value,
  })
  return [
    row('before', 'fen', card.credit_limit),
    row('limit', 'fen', input.limit),
    row('days', 'count', input.days),
    row('prepay', 'rate', input.prepay),
    row('validTo', 'day', input.validTo),
    row('score', 'count', card.score),
    row('reason', 'text', input.reason),
  ]
}

function columns(t: ReturnType<typeof makeTranslator>): ExportColumn<CreditRow>[] {
  const head = (key: string) => t(`credit:columns.${key}`)
  const yuan = (key: 'exposure' | 'overdue'): ExportColumn<CreditRow> => ({
    head: head(key),
    width: 16,
    format: 'yuan',
    value: (row) => row[key],
  })
  return [
    { head: head('customerName'), width: 30, format: 'text', value: (row) => row.customerName },
    { head: head('ownerName'), width: 12, format: 'text', value: (row) => row.ownerName },
    { head: head('grade'), width: 8, format: 'text', value: (row) => row.grade ?? '' },
    { head: head('score'), width: 8, format: 'count', value: (row) => row.score },
    { head: head('limit'), width: 16, format: 'yuan', value: (row) => row.limit },
    yuan('exposure'),
    { head: head('room'), width: 16, format: 'yuan', value: (row) => row.room },
    yuan('overdue'),
    { head: head('days'), width: 10, format: 'count', value: (row) => row.days },
    { head: head('validTo'), width: 12, format: 'day', value: (row) => row.validTo },
    { head: head('state'), width: 12, format: 'text', value: (row) => t(`credit:states.${row.state}`) },
    { head: head('holdReason'), width: 30, format: 'text', value: (row) => row.holdReason },
  ]
}
