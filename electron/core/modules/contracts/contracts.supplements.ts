import { makeTranslator } from '#shared/i18n/translate.ts'
import { refuse } from '#shared/kernel/app-error.ts'
import { documentName } from '#shared/kernel/filenames.ts'
import { formatYuan } from '#shared/kernel/money.ts'
import { buildSearchText } from '#shared/kernel/search-text.ts'
import type { SupplementSigning, SupplementView } from '#shared/modules/contracts/contracts.lives.schema.ts'
import type { PrintFormat } from '#shared/modules/contracts/contracts.papers.schema.ts'
import { isUnchanged, redlineContract } from '#shared/modules/contracts/contracts.redline.ts'
import { contractSums, isPriceList } from '#shared/modules/contracts/contracts.rules.ts'
import { party, type ContractFields } from '#shared/modules/contracts/contracts.schema.ts'
import { supplementDocument } from '#shared/modules/contracts/contracts.supplement.documents.ts'
import {
  newErrors,
  supplementStart,
  wantedInstalments,
  type ReplanFault,
} from '#shared/modules/contracts/contracts.supplement.rules.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { newId } from '#core/kernel/ids.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { userBriefs } from '#core/modules/people/people.api.ts'
import { replanInstalments, standingInstalments } from '#core/modules/receivables/receivables.api.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import type { ContractSupplementsTable } from '#core/store/tables/contracts.tables.ts'
import { contractToChange, readableContract } from './contracts.current.ts'
import { orderOf } from './contracts.orders.ts'
import { followObligations } from './contracts.obligations.ts'
import { dueDays, endKeyOf, fieldsOf, lineRows, planRows, sellerOf, type ContractRecord } from './contracts.records.ts'
import { putPrinted } from './contracts.print.ts'
import { findParts, replaceParts } from './contracts.repo.ts'
import { dayCounter, findingsOf } from './contracts.basis.ts'
import {
  afterSupplementChange,
  assertMaySign,
  assertSupplementOpen,
  giveUpSupplement,
  isSupplementCleared,
  submitSupplement,
  supplementApproval,
} from './contracts.supplement.submit.ts'
import {
  contentOf,
  fieldsInForce,
  fieldsOfContent,
  keepVersion,
  versionFields,
  versionInForce,
} from './contracts.versions.ts'

type Supplement = ContractSupplementsTable

/** What a supplement cannot change: whom the contract is with, what it is, in which languages, and who signed it. */
function heldFast(fields: ContractFields, inForce: ContractFields): ContractFields {
  const { kind, customerId, language, templateId, ourSigner, theirSigner, dealId, renewsId } = inForce
  const terms = { ...fields.terms, secondLanguage: inForce.terms.secondLanguage }
  return { ...fields, kind, customerId, language, templateId, ourSigner, theirSigner, dealId, renewsId, terms }
}

async function supplementOf(db: Reader | Writer, ctx: CallContext, id: string) {
  const row = await db.selectFrom('contract_supplements').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw refuse('NOT_FOUND', { entity: 'supplement' })
  return { row, contract: await readableContract(db, ctx.scope, row.contract_id) }
}

/** A draft at the version that was read. */
async function draftToChange(uow: UnitOfWork, ctx: CallContext, input: { id: string; version: number }) {
  const found = await supplementOf(uow.db, ctx, input.id)
  const { row } = found
  if (row.version !== input.version) {
    throw refuse('STALE', {
      current: { reason: row.reason, fields: fieldsOfContent(row.content), version: row.version },
    })
  }
  if (row.state !== 'draft') throw refuse('CONTRACT_SUPPLEMENT_STATE', { state: row.state })
  return found
}

const toRow = (row: Supplement, byName: string) => ({
  id: row.id,
  version: row.version,
  number: row.number,
  contractId: row.contract_id,
  state: row.state,
  reason: row.reason,
  amount: row.amount,
  signDay: row.sign_day,
  createdAt: row.created_at,
  byName,
})

function refusalOf(fault: ReplanFault) {
  if (fault.kind === 'belowReceived') {
    return refuse('CONTRACT_SUPPLEMENT_BELOW_RECEIVED', { received: formatYuan(fault.received) })
  }
  return refuse('CONTRACT_SUPPLEMENT_PAID', { no: fault.seq, label: fault.label, amount: formatYuan(fault.amount) })
}

/** Supplements: a signed contract changes only by another paper that both sides sign. */
export function createSupplements(deps: CoreDeps) {
  const { store } = deps

  async function view(contract: ContractRecord, row: Supplement): Promise<SupplementView> {
    const standing = await standingInstalments(store.read, contract.id)
    const inForce = await fieldsInForce(store.read, contract.id)
    const base = row.state === 'draft' ? null : await versionFields(store.read, contract.id, row.base_no)
    const last = await store.read
      .selectFrom('contract_versions')
      .where('contract_id', '=', contract.id)
      .where('reason', 'in', ['signed', 'supplement'])
      .select((eb) => eb.fn.max('no').as('no'))
      .executeTakeFirst()
    const people = await userBriefs(store.read, [row.created_by])
    return {
      ...toRow(row, people.get(row.created_by)?.name ?? ''),
      contractNumber: contract.number,
      contractVersion: contract.version,
      customerName: contract.buyer_name,
      fields: fieldsOfContent(row.content),
      base: base ?? inForce,
      current: row.state !== 'draft' || Number(last?.no ?? row.base_no) === row.base_no,
      received: contract.settled,
      instalments: standing,
      ourSigner: row.our_signer,
      theirSigner: row.their_signer,
      voidReason: row.void_reason,
    }
  }

  return {
    async list(ctx: CallContext, contractId: string) {
      await readableContract(store.read, ctx.scope, contractId)
      const rows = await store.read
        .selectFrom('contract_supplements')
        .selectAll()
        .where('contract_id', '=', contractId)
        .orderBy('seq', 'desc')
        .execute()
      const people = await userBriefs(
        store.read,
        rows.map((row) => row.created_by),
      )
      return rows.map((row) => toRow(row, people.get(row.created_by)?.name ?? ''))
    },

    async get(ctx: CallContext, id: string): Promise<SupplementView> {
      const { row, contract } = await supplementOf(store.read, ctx, id)
      return view(contract, row)
    },

    async start(ctx: CallContext, contractId: string): Promise<SupplementView> {
      const contract = await readableContract(store.read, ctx.scope, contractId)
      const fields = fieldsOf(contract, await findParts(store.read, contractId))
      const standing = await standingInstalments(store.read, contractId)
      return view(contract, {
        id: contractId,
        version: 0,
        contract_id: contractId,
        seq: 0,
        number: '',
        state: 'draft',
        reason: '',
        ...contentOf(supplementStart(fields, standing)),
        base_no: 0,
        amount: contract.amount,
        our_signer: contract.our_signer,
        their_signer: contract.their_signer,
        sign_day: null,
        void_reason: '',
        created_by: ctx.actor.userId ?? '',
        created_at: deps.clock.now(),
        updated_at: deps.clock.now(),
      })
    },

    async create(ctx: CallContext, input: { contractId: string; reason: string; fields: ContractFields }) {
      return store.write(ctx.actor, async (uow) => {
        const { version } = await readableContract(uow.db, ctx.scope, input.contractId)
        const { record } = await contractToChange(uow, ctx, { id: input.contractId, version }, 'supplement')
        if (record.ended_day !== null) throw refuse('CONTRACT_STATE', { state: 'terminated' })
        const others = await uow.db
          .selectFrom('contract_supplements')
          .select(['seq', 'state', 'number'])
          .where('contract_id', '=', record.id)
          .execute()
        const open = others.find((other) => other.state === 'draft')
        if (open) throw refuse('CONTRACT_SUPPLEMENT_OPEN', { number: open.number })
        const seq = Math.max(0, ...others.map((other) => other.seq)) + 1
        const fields = heldFast(input.fields, await fieldsInForce(uow.db, record.id))
        const id = newId()
        const number = `${record.number}-B${seq}`
        await uow.db
          .insertInto('contract_supplements')
          .values({
            id,
            version: 0,
            contract_id: record.id,
            seq,
            number,
            state: 'draft',
            reason: input.reason,
            content: contentOf(fields).content,
            base_no: await versionInForce(uow, record.id),
            amount: contractSums(fields.lines).amount,
            our_signer: record.our_signer,
            their_signer: record.their_signer,
            sign_day: null,
            void_reason: '',
            created_by: uow.actor.userId ?? '',
            created_at: uow.now,
            updated_at: uow.now,
          })
          .execute()
        const after = { contractId: record.id, number, reason: input.reason, fields }
        await uow.audit({ action: 'contracts.supplementCreate', entity: 'supplement', entityId: id, after })
        uow.changed('contracts', record.id)
        return { id, version: 0, number }
      })
    },

    async update(ctx: CallContext, input: { id: string; version: number; reason: string; fields: ContractFields }) {
      return store.write(ctx.actor, async (uow) => {
        const { row, contract } = await draftToChange(uow, ctx, input)
        await assertSupplementOpen(uow, row.id)
        const fields = heldFast(input.fields, await fieldsInForce(uow.db, contract.id))
        const version = row.version + 1
        await uow.db
          .updateTable('contract_supplements')
          .set({ reason: input.reason, content: contentOf(fields).content, amount: contractSums(fields.lines).amount })
          .set({ base_no: await versionInForce(uow, contract.id), version, updated_at: uow.now })
          .where('id', '=', row.id)
          .execute()
        await uow.audit({
          action: 'contracts.supplementUpdate',
          entity: 'supplement',
          entityId: row.id,
          before: { reason: row.reason, fields: fieldsOfContent(row.content) },
          after: { reason: input.reason, fields },
        })
        await afterSupplementChange(uow, row.id)
        uow.changed('contracts', contract.id)
        return { id: row.id, version }
      })
    },

    async sign(ctx: CallContext, input: SupplementSigning) {
      return store.write(ctx.actor, async (uow) => {
        const { row, contract } = await draftToChange(uow, ctx, input)
        await contractToChange(uow, ctx, { id: contract.id, version: contract.version }, 'supplement')
        if (contract.ended_day !== null) throw refuse('CONTRACT_STATE', { state: 'terminated' })
        if (input.signDay > uow.today || input.signDay < (contract.sign_day ?? '')) {
          throw refuse('CONTRACT_SUPPLEMENT_DAY')
        }
        if ((await versionInForce(uow, contract.id)) !== row.base_no) throw refuse('CONTRACT_SUPPLEMENT_BASE')
        const parts = await findParts(uow.db, contract.id)
        const before = fieldsOf(contract, parts)
        const fields = fieldsOfContent(row.content)
        if (isUnchanged(redlineContract(before, fields))) throw refuse('CONTRACT_SUPPLEMENT_NOTHING')
        const known = await findingsOf(uow.db, before, input.signDay)
        const findings = newErrors(known, await findingsOf(uow.db, fields, input.signDay))
        if (findings.length > 0) throw refuse('CONTRACT_INCOMPLETE', { findings })
        await assertMaySign(uow, { row, contract })

        // What was received stays below the new amount, and the amount above it, at every moment in between.
        const { due } = dueDays(fields, contract.sign_day, parts.events, await dayCounter(uow.db))
        const owner = { customerId: contract.customer_id, ownerId: contract.owner_id }
        const brief = { id: contract.id, number: contract.number, ...owner }
        const fault = await replanInstalments(uow, brief, wantedInstalments(fields, due))
        if (fault) throw refusalOf(fault)
        await replaceParts(uow.db, contract.id, lineRows(fields.lines), planRows(fields))
        // A price list that comes to name quantities is ordered by that.
        if (isPriceList(before) && !isPriceList(fields)) await orderOf(uow, contract, fields)
        const sums = contractSums(fields.lines)
        await uow.db
          .updateTable('contracts')
          .set({
            title: fields.title,
            sign_place: fields.signPlace,
            buyer_name: fields.buyer.name,
            buyer: JSON.stringify(fields.buyer),
            terms: JSON.stringify(fields.terms),
            end_key: endKeyOf(fields.terms),
            ...sums,
            search_text: buildSearchText(fields.buyer.name, [contract.number, fields.title]),
            version: contract.version + 1,
            updated_at: uow.now,
          })
          .where('id', '=', contract.id)
          .execute()
        const version = row.version + 1
        const signing = { our_signer: input.ourSigner, their_signer: input.theirSigner, sign_day: input.signDay }
        await uow.db
          .updateTable('contract_supplements')
          .set({ state: 'signed', ...signing, amount: sums.amount, version, updated_at: uow.now })
          .where('id', '=', row.id)
          .execute()
        await followObligations(uow, contract.id)
        await keepVersion(uow, contract.id, 'supplement', row.id)
        await uow.audit({
          action: 'contracts.supplementSign',
          entity: 'supplement',
          entityId: row.id,
          before: { contractId: contract.id, amount: contract.amount, fields: before },
          after: { number: row.number, ...signing, amount: sums.amount, fields },
        })
        uow.changed('contracts', contract.id)
        return { id: row.id, version }
      })
    },

    async void(ctx: CallContext, input: { id: string; version: number; reason: string }) {
      return store.write(ctx.actor, async (uow) => {
        const { row, contract } = await draftToChange(uow, ctx, input)
        await giveUpSupplement(uow, row.id, input.reason)
        const version = row.version + 1
        await uow.db
          .updateTable('contract_supplements')
          .set({ state: 'void', void_reason: input.reason, version, updated_at: uow.now })
          .where('id', '=', row.id)
          .execute()
        const after = { number: row.number, reason: input.reason }
        await uow.audit({ action: 'contracts.supplementVoid', entity: 'supplement', entityId: row.id, after })
        uow.changed('contracts', contract.id)
        return { id: row.id, version }
      })
    },

    async approval(ctx: CallContext, id: string) {
      return supplementApproval(store.read, await supplementOf(store.read, ctx, id))
    },

    async submit(ctx: CallContext, input: { id: string; version: number }) {
      return store.write(ctx.actor, async (uow) => {
        const found = await draftToChange(uow, ctx, input)
        const before = await fieldsInForce(uow.db, found.contract.id)
        const fields = fieldsOfContent(found.row.content)
        if (isUnchanged(redlineContract(before, fields))) throw refuse('CONTRACT_SUPPLEMENT_NOTHING')
        const findings = newErrors(
          await findingsOf(uow.db, before, uow.today),
          await findingsOf(uow.db, fields, uow.today),
        )
        if (findings.length > 0) throw refuse('CONTRACT_INCOMPLETE', { findings })
        return submitSupplement(uow, found)
      })
    },

    async preview(ctx: CallContext, { id, format }: { id: string; format: PrintFormat }) {
      const { row, contract } = await supplementOf(store.read, ctx, id)
      const shown = await view(contract, row)
      const t = makeTranslator(shown.fields.language)
      const firm = (await readSetting(store.read, 'firm')).value
      const seller = contract.seller ? party.parse(JSON.parse(contract.seller)) : sellerOf(firm)
      const cleared =
        row.state === 'draft' && (await isSupplementCleared(store.read, { row, contract }, deps.clock.today()))
      const model = supplementDocument(
        { view: shown, seller, sealName: firm.sealName, contractDay: contract.sign_day ?? '', cleared },
        t,
      )
      const name = documentName([t('contracts:supplement.title'), row.number, contract.buyer_name], format)
      return putPrinted(deps, ctx, { model, name, format })
    },
  }
}
