import { createHash } from 'node:crypto'
import { makeTranslator } from '#shared/i18n/translate.ts'
import { refuse } from '#shared/kernel/app-error.ts'
import { documentName } from '#shared/kernel/filenames.ts'
import type { ContractVersion } from '#shared/modules/contracts/contracts.lives.schema.ts'
import type { PrintFormat } from '#shared/modules/contracts/contracts.papers.schema.ts'
import { redlineDocument } from '#shared/modules/contracts/contracts.redline.documents.ts'
import { contractSums } from '#shared/modules/contracts/contracts.rules.ts'
import { contractFields, type ContractFields } from '#shared/modules/contracts/contracts.schema.ts'
import { canonicalJson } from '#core/kernel/audit.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { newId } from '#core/kernel/ids.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { userBriefs } from '#core/modules/people/people.api.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import type { ContractVersionsTable } from '#core/store/tables/contracts.tables.ts'
import { readableContract } from './contracts.current.ts'
import { putPrinted } from './contracts.print.ts'
import { fieldsOf } from './contracts.records.ts'
import { findContract, findParts } from './contracts.repo.ts'

interface Ask {
  readonly id: string
  readonly from: number
  readonly to: number | null
}

/** The text that a form is kept as, and its fingerprint. */
export function contentOf(fields: ContractFields): { content: string; sha256: string } {
  const content = canonicalJson(fields)
  return { content, sha256: createHash('sha256').update(content).digest('hex') }
}

/** The form of a kept content; fields that came later have the values that they start with. */
export function fieldsOfContent(content: string): ContractFields {
  return contractFields.parse(JSON.parse(content))
}

/** The form of a contract as it stands; for whom it is in scope is the caller's to know. */
export async function fieldsInForce(db: Reader | Writer, contractId: string): Promise<ContractFields> {
  const record = await findContract(db, contractId)
  if (!record) throw refuse('NOT_FOUND', { entity: 'contract' })
  return fieldsOf(record, await findParts(db, contractId))
}

/**
 * Keeps what a contract says at this moment and answers with the number of the version. What was already kept as the
 * newest for the same reason is not kept twice.
 */
export async function keepVersion(
  uow: UnitOfWork,
  contractId: string,
  reason: ContractVersionsTable['reason'],
  supplementId: string | null = null,
): Promise<number> {
  const fields = await fieldsInForce(uow.db, contractId)
  const last = await uow.db
    .selectFrom('contract_versions')
    .select(['no', 'reason', 'sha256'])
    .where('contract_id', '=', contractId)
    .orderBy('no', 'desc')
    .limit(1)
    .executeTakeFirst()
  const kept = contentOf(fields)
  if (last && last.reason === reason && last.sha256 === kept.sha256) return last.no
  const no = (last?.no ?? 0) + 1
  await uow.db
    .insertInto('contract_versions')
    .values({
      id: newId(),
      contract_id: contractId,
      no,
      reason,
      ...kept,
      amount: contractSums(fields.lines).amount,
      supplement_id: supplementId,
      kept_by: uow.actor.userId ?? '',
      kept_at: uow.now,
    })
    .execute()
  uow.changed('contracts', contractId)
  return no
}

/** The version that is in force; a contract signed before versions were kept gets its first one. */
export async function versionInForce(uow: UnitOfWork, contractId: string): Promise<number> {
  const last = await uow.db
    .selectFrom('contract_versions')
    .select('no')
    .where('contract_id', '=', contractId)
    .where('reason', 'in', ['signed', 'supplement'])
    .orderBy('no', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last?.no ?? keepVersion(uow, contractId, 'signed')
}

/** What a version says; null for a number that was never kept. */
export async function versionFields(db: Reader | Writer, contractId: string, no: number) {
  const row = await db
    .selectFrom('contract_versions')
    .select('content')
    .where('contract_id', '=', contractId)
    .where('no', '=', no)
    .executeTakeFirst()
  return row ? fieldsOfContent(row.content) : null
}

/** What was kept of contracts, and what changed between any two of them. */
export function createContractVersions(deps: CoreDeps) {
  const { store } = deps

  async function pair(ctx: CallContext, ask: Ask) {
    const record = await readableContract(store.read, ctx.scope, ask.id)
    const before = await versionFields(store.read, ask.id, ask.from)
    const after =
      ask.to === null ? await fieldsInForce(store.read, ask.id) : await versionFields(store.read, ask.id, ask.to)
    if (!before || !after) throw refuse('NOT_FOUND', { entity: 'contract' })
    return { record, before, after }
  }

  return {
    async versions(ctx: CallContext, id: string): Promise<ContractVersion[]> {
      await readableContract(store.read, ctx.scope, id)
      const rows = await store.read
        .selectFrom('contract_versions as v')
        .leftJoin('contract_supplements as s', 's.id', 'v.supplement_id')
        .select(['v.no', 'v.reason', 'v.amount', 'v.sha256', 'v.kept_by', 'v.kept_at', 's.number'])
        .where('v.contract_id', '=', id)
        .orderBy('v.no', 'desc')
        .execute()
      const people = await userBriefs(
        store.read,
        rows.map((row) => row.kept_by),
      )
      return rows.map((row) => ({
        no: row.no,
        reason: row.reason,
        supplementNumber: row.number,
        amount: row.amount,
        sha256: row.sha256,
        byName: people.get(row.kept_by)?.name ?? '',
        at: row.kept_at,
      }))
    },

    async redline(ctx: CallContext, ask: Ask) {
      const { before, after } = await pair(ctx, ask)
      return { before, after }
    },

    async redlineFile(ctx: CallContext, ask: Ask & { format: PrintFormat }) {
      const { record, before, after } = await pair(ctx, ask)
      const t = makeTranslator(after.language)
      const firm = (await readSetting(store.read, 'firm')).value
      const model = redlineDocument(
        { before, after, number: record.number, issuer: firm.name, from: ask.from, to: ask.to },
        t,
      )
      const name = documentName([t('contracts:redline.title'), record.number, record.buyer_name], ask.format)
      return putPrinted(deps, ctx, { model, name, format: ask.format })
    },
  }
}
