import { refuse } from '#shared/kernel/app-error.ts'
import {
  afterQuotationStep,
  answersForOthers,
  type QuotationState,
  type QuotationStep,
} from '#shared/modules/quotations/quotations.rules.ts'
import type { QuotationFields } from '#shared/modules/quotations/quotations.schema.ts'
import { scopeOf } from '#shared/policy/can.ts'
import type { CallContext } from '#core/kernel/deps.ts'
import { inScope } from '#core/kernel/scope.ts'
import type { UnitOfWork } from '#core/store/store.ts'
import { fieldsOfVersion, withoutCost } from './quotations.records.ts'
import { findLines, findQuotation, findVersions, type QuotationRecord, type VersionRecord } from './quotations.repo.ts'

export interface Versioned {
  readonly id: string
  readonly version: number
}

/** What goods cost and what is earned on them is for those who answer for others: leaders, finance, the owner. */
export function seesCost(ctx: CallContext): boolean {
  return answersForOthers(scopeOf(ctx.session?.roles ?? [], 'deals.read'))
}

export interface Current {
  readonly quotation: QuotationRecord
  /** The newest version, its goods included. */
  readonly top: VersionRecord
  readonly fields: QuotationFields
  /** All versions, the newest first. */
  readonly versions: readonly VersionRecord[]
  /** Where the step leads. */
  readonly state: QuotationState
}

/**
 * A quotation that the caller may change, at the version that he last saw and where the step is possible. Throws
 * NOT_FOUND, FORBIDDEN (who only shares the credit of the deal), STALE with what there is now, QUOTATION_STATE.
 */
export async function currentVersion(
  uow: UnitOfWork,
  ctx: CallContext,
  input: Versioned,
  step: QuotationStep,
): Promise<Current> {
  const quotation = await findQuotation(uow.db, ctx.scope, input.id)
  if (!quotation) throw refuse('NOT_FOUND', { entity: 'quotation' })
  if (!inScope(ctx.scope, quotation.owner_id)) throw refuse('FORBIDDEN', { action: 'deals.write' })
  const versions = await findVersions(uow.db, quotation.id)
  const top = versions[0]
  if (!top) throw refuse('NOT_FOUND', { entity: 'quotation' })
  const fields = fieldsOfVersion(top, (await findLines(uow.db, [top.id])).get(top.id) ?? [])
  if (quotation.version !== input.version) {
    const shown = seesCost(ctx) ? fields : withoutCost(fields)
    throw refuse('STALE', { current: { ...shown, version: quotation.version } })
  }
  const state = afterQuotationStep(quotation.state, step)
  if (state === null) throw refuse('QUOTATION_STATE', { state: quotation.state })
  return { quotation, top, fields, versions, state }
}
