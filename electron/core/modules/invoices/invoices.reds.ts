import { invalid, refuse } from '#shared/kernel/app-error.ts'
import { redIssues, stageOf, voidFault } from '#shared/modules/invoices/invoices.rules.ts'
import type { RedFields } from '#shared/modules/invoices/invoices.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import type { UnitOfWork } from '#core/store/store.ts'
import type { Tables } from '#core/store/tables.ts'
import {
  assertDay,
  assertFree,
  binInvoice,
  currentInvoice,
  giveBack,
  paperFacts,
  replaceLinks,
  takeBack,
  writeRed,
} from './invoices.records.ts'
import { findInvoice, stageFacts } from './invoices.repo.ts'

type Invoice = Tables['invoices']
interface Asked {
  readonly id: string
  readonly version: number
}

/** What takes an invoice back: red letters, declaring it void, and the bin for what was entered in error. */
export function createInvoiceReds({ store }: CoreDeps) {
  /** A red letter that comes back counts again. Throws INVOICE_STATE where its invoice no longer has room for it. */
  async function takeAgain(uow: UnitOfWork, raw: Invoice): Promise<void> {
    if (raw.blue_id === null || raw.state === 'void') return
    const blue = await findInvoice(uow.db, raw.blue_id)
    if (!blue) throw new Error('a red letter without its invoice')
    const stage = stageOf(stageFacts(blue))
    const fits = redIssues(paperFacts(raw), paperFacts(blue)).length === 0
    if (!fits || (stage !== 'valid' && stage !== 'partlyRed')) throw refuse('INVOICE_STATE', { stage })
    await takeBack(uow, blue, -raw.amount)
  }

  async function change(
    uow: UnitOfWork,
    raw: Invoice,
    values: Partial<Invoice>,
    verb: 'void' | 'restore',
    after: object,
  ) {
    const version = raw.version + 1
    await uow.db
      .updateTable('invoices')
      .set({ ...values, version, updated_at: uow.now })
      .where('id', '=', raw.id)
      .execute()
    await uow.audit({
      action: `invoices.${verb}`,
      entity: 'invoice',
      entityId: raw.id,
      before: { state: raw.state, removed: raw.removed_at !== null, amount: raw.amount, linked: raw.linked },
      after,
    })
    uow.changed('invoices', raw.id)
    return { id: raw.id, version }
  }

  return {
    redLetter: (ctx: CallContext, { blueId, version, ...red }: RedFields & { blueId: string; version: number }) =>
      store.write(ctx.actor, async (uow) => {
        const blue = await currentInvoice(uow, ctx.scope, { id: blueId, version }, ['valid', 'partlyRed'])
        assertDay(uow, red.day)
        await assertFree(uow, red, null)
        const issues = redIssues(red, paperFacts(blue))
        if (issues.length > 0) throw invalid(issues)
        const made = await writeRed(uow, blue, red)
        await uow.audit({
          action: 'invoices.redLetter',
          entity: 'invoice',
          entityId: made.id,
          after: { ...red, blue: blue.number, left: blue.amount - blue.red_total + red.amount },
        })
        return made
      }),

    void: (ctx: CallContext, { reason, ...input }: Asked & { reason: string }) =>
      store.write(ctx.actor, async (uow) => {
        const raw = await currentInvoice(uow, ctx.scope, input, ['valid', 'partlyRed', 'fullyRed', 'redLetter'])
        const fault = voidFault(paperFacts(raw), uow.today)
        if (fault !== null) throw refuse('INVOICE_VOID', { fault })
        await replaceLinks(uow, raw.id, [])
        await giveBack(uow, raw)
        const values = { state: 'void' as const, void_day: uow.today, void_reason: reason }
        return change(uow, raw, values, 'void', { day: uow.today, reason })
      }),

    remove: (ctx: CallContext, { reason, ...input }: Asked & { reason: string }) =>
      store.write(ctx.actor, async (uow) => {
        const raw = await currentInvoice(uow, ctx.scope, input, ['valid', 'redLetter', 'void'])
        return binInvoice(uow, raw, reason)
      }),

    restore: (ctx: CallContext, input: Asked) =>
      store.write(ctx.actor, async (uow) => {
        const raw = await currentInvoice(uow, ctx.scope, input, ['removed'])
        await takeAgain(uow, raw)
        return change(uow, raw, { removed_at: null, removed_reason: '' }, 'restore', {})
      }),
  }
}
