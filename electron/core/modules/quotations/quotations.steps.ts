import { refuse } from '#shared/kernel/app-error.ts'
import type { PlainDay } from '#shared/kernel/dates.ts'
import { ratesOn } from '#shared/modules/contracts/contracts.check.ts'
import {
  answersForOthers,
  approvalNeeded,
  belowFloor,
  marginOf,
  validUntilOf,
} from '#shared/modules/quotations/quotations.rules.ts'
import { scopeOf } from '#shared/policy/can.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { customerParties } from '#core/modules/customers/customers.api.ts'
import type { UnitOfWork } from '#core/store/store.ts'
import { currentVersion, type Current, type Versioned } from './quotations.current.ts'
import { customerSide, firmSide } from './quotations.records.ts'
import { askForRelease, endAsking } from './quotations.waiting.ts'

/** What happens to a quotation after it was written: it goes out, is answered, or is taken back. */
export function createQuotationSteps({ store }: CoreDeps) {
  return {
    send: (ctx: CallContext, { id, version, reason }: Versioned & { reason: string }) =>
      store.write(ctx.actor, async (uow) => {
        const now = await currentVersion(uow, ctx, { id, version }, 'send')
        const below = belowFloor(now.fields.lines)
        if (below.length > 0 && reason.length < 2) throw refuse('QUOTATION_REASON', { lines: below.length })
        await assertSendable(uow, now)
        const waits = approvalNeeded(now.fields, scopeOf(ctx.session?.roles ?? [], 'deals.write'))
        await uow.db
          .updateTable('quotation_versions')
          .set({
            state: waits ? 'awaiting' : 'draft',
            below_floor: below.length,
            needs_approval: waits ? 1 : 0,
            reason: below.length > 0 ? reason : '',
            submitted_by: uow.actor.userId,
            submitted_day: uow.today,
          })
          .where('id', '=', now.top.id)
          .execute()
        if (waits) {
          await setQuotation(uow, now, { state: 'awaiting' })
          await askForRelease(uow, now)
        } else await letOut(uow, now)
        const state = waits ? ('awaiting' as const) : ('sent' as const)
        const { margin } = marginOf(now.fields.lines)
        await uow.audit({
          action: 'quotations.send',
          entity: 'quotation',
          entityId: id,
          before: { state: now.quotation.state, no: now.top.no },
          after: { state, no: now.top.no, amount: now.top.amount, belowFloor: below, margin, reason },
        })
        uow.changed('quotations', id)
        return { id, version: version + 1, state }
      }),

    release: (
      ctx: CallContext,
      { id, version, decision, note }: Versioned & { decision: 'release' | 'return'; note: string },
    ) =>
      store.write(ctx.actor, async (uow) => {
        const now = await currentVersion(uow, ctx, { id, version }, decision)
        const own = now.top.submitted_by === uow.actor.userId
        // Whoever submitted it may take it back, but not let it out.
        if (own && decision === 'release') throw refuse('QUOTATION_OWN_RELEASE')
        if (!own && !answersForOthers(scopeOf(ctx.session?.roles ?? [], 'deals.write'))) {
          throw refuse('FORBIDDEN', { action: 'deals.write' })
        }
        const done = decision === 'release' ? { released_by: uow.actor.userId, released_day: uow.today } : {}
        await uow.db
          .updateTable('quotation_versions')
          .set({ ...done, release_note: note, ...(decision === 'return' ? { state: 'draft' as const } : {}) })
          .where('id', '=', now.top.id)
          .execute()
        if (decision === 'release') {
          await assertSendable(uow, now)
          await letOut(uow, now)
        } else await setQuotation(uow, now, { state: 'draft' })
        await endAsking(uow, now, own ? 'dropped' : 'done')
        await uow.audit({
          action: 'quotations.release',
          entity: 'quotation',
          entityId: id,
          before: { state: 'awaiting', no: now.top.no, reason: now.top.reason },
          after: { state: now.state, no: now.top.no, note },
        })
        uow.changed('quotations', id)
        return { id, version: version + 1 }
      }),

    close: (
      ctx: CallContext,
      {
        id,
        version,
        outcome,
        day,
        note,
      }: Versioned & { outcome: 'accepted' | 'rejected' | 'withdrawn'; day: PlainDay; note: string },
    ) =>
      store.write(ctx.actor, async (uow) => {
        const step = { accepted: 'accept', rejected: 'reject', withdrawn: 'withdraw' } as const
        const now = await currentVersion(uow, ctx, { id, version }, step[outcome])
        const { top } = now
        if (day > uow.today || (top.sent_day !== null && day < top.sent_day)) throw refuse('QUOTATION_CLOSE_DAY')
        if (outcome === 'accepted' && top.valid_until !== null && day > top.valid_until) {
          throw refuse('QUOTATION_EXPIRED', { day: top.valid_until })
        }
        if (top.sent_day === null && top.no > 1) await dropDraft(uow, now)
        else {
          if (outcome === 'accepted') await supersede(uow, now, 'accepted')
          await uow.db
            .updateTable('quotation_versions')
            .set({ state: outcome, closed_day: day, close_note: note })
            .where('id', '=', top.id)
            .execute()
          await setQuotation(uow, now, { state: outcome })
        }
        await endAsking(uow, now, 'dropped')
        await uow.audit({
          action: 'quotations.close',
          entity: 'quotation',
          entityId: id,
          before: { state: now.quotation.state, no: top.no },
          after: { state: outcome, no: top.no, day, note, amount: top.amount },
        })
        uow.changed('quotations', id)
        return { id, version: version + 1 }
      }),
  }
}

/** An offer whose last day is past, or whose tax rates no longer hold, is not sent. */
async function assertSendable(uow: UnitOfWork, { fields }: Current): Promise<void> {
  if (validUntilOf(fields, uow.today) < uow.today) throw refuse('QUOTATION_VALIDITY')
  const rates = ratesOn((await readSetting(uow.db, 'taxRates')).value, uow.today)
  const wrong = fields.lines.findIndex((line) => !rates.includes(line.rate))
  if (wrong >= 0) throw refuse('QUOTATION_RATE', { row: wrong + 1 })
}

/** Freezes the newest version with both sides as they are today; what was sent before no longer counts. */
async function letOut(uow: UnitOfWork, now: Current): Promise<void> {
  const { quotation, top, fields } = now
  const customer = (await customerParties(uow.db, [quotation.customer_id])).get(quotation.customer_id)
  if (!customer) throw refuse('NOT_FOUND', { entity: 'customer' })
  const validUntil = validUntilOf(fields, uow.today)
  await supersede(uow, now, 'sent')
  await uow.db
    .updateTable('quotation_versions')
    .set({
      state: 'sent',
      buyer: JSON.stringify(customerSide(customer)),
      seller: JSON.stringify(firmSide((await readSetting(uow.db, 'firm')).value)),
      sent_day: uow.today,
      valid_until: validUntil,
    })
    .where('id', '=', top.id)
    .execute()
  await setQuotation(uow, now, { state: 'sent', valid_key: validUntil, sent_key: uow.today })
}

async function supersede(uow: UnitOfWork, { top, quotation }: Current, state: 'sent' | 'accepted'): Promise<void> {
  await uow.db
    .updateTable('quotation_versions')
    .set({ state: 'superseded' })
    .where('quotation_id', '=', quotation.id)
    .where('id', '<>', top.id)
    .where('state', '=', state)
    .execute()
}

/** A change that was begun and given up leaves the version before it as the newest one. */
async function dropDraft(uow: UnitOfWork, now: Current): Promise<void> {
  const before = now.versions[1]
  if (!before) throw refuse('QUOTATION_STATE', { state: now.quotation.state })
  await uow.db.deleteFrom('quotation_lines').where('version_id', '=', now.top.id).execute()
  await uow.db.deleteFrom('quotation_versions').where('id', '=', now.top.id).execute()
  await setQuotation(uow, now, {
    state: before.state === 'superseded' ? 'withdrawn' : before.state,
    current_no: before.no,
    amount: before.amount,
    net: before.net,
    tax: before.tax,
    valid_key: before.valid_until ?? '',
    sent_key: before.sent_day ?? '',
  })
}

async function setQuotation(
  uow: UnitOfWork,
  { quotation }: Current,
  set: Partial<
    Pick<Current['quotation'], 'state' | 'current_no' | 'amount' | 'net' | 'tax' | 'valid_key' | 'sent_key'>
  >,
): Promise<void> {
  await uow.db
    .updateTable('quotations')
    .set({ ...set, version: quotation.version + 1, updated_at: uow.now })
    .where('id', '=', quotation.id)
    .execute()
}
