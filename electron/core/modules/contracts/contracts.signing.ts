import { createHash } from 'node:crypto'
import { refuse } from '#shared/kernel/app-error.ts'
import { addDays, type PlainDay } from '#shared/kernel/dates.ts'
import { canBeSigned } from '#shared/modules/contracts/contracts.check.ts'
import type { ContractSigning, HeldCopies } from '#shared/modules/contracts/contracts.papers.schema.ts'
import { isPriceList, splitPlan } from '#shared/modules/contracts/contracts.rules.ts'
import type { ContractFields, Party } from '#shared/modules/contracts/contracts.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import type { FileContent } from '#core/kernel/files.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { createInstalments } from '#core/modules/receivables/receivables.api.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import { creditOf, dayCounter, findingsOf } from './contracts.basis.ts'
import { contractToChange, readableContract } from './contracts.current.ts'
import { dueDays, fieldsOf, sellerOf, type ContractRecord } from './contracts.records.ts'
import { orderOf } from './contracts.orders.ts'
import { followObligations } from './contracts.obligations.ts'
import { contractFileName, contractModel } from './contracts.print.ts'
import { reminderDone } from './contracts.reminded.ts'
import { findParts } from './contracts.repo.ts'
import { assertApproved } from './contracts.submit.ts'
import { pinColumns, templateAsk, templateOf, type TemplateSource } from './contracts.templates.ts'
import { keepVersion } from './contracts.versions.ts'

/** What was signed longer ago was signed on other paper: a print of today would not be what was signed. */
const FOR_THE_RECORD_DAYS = 30

interface Printed {
  readonly seller: Party
  readonly file: FileContent
  readonly pages: number | null
  readonly sha256: string
}

/** Signs contracts: the form is frozen, what was signed is kept as a file, and what follows from it is set in motion. */
export function createContractSigning(deps: CoreDeps, template: TemplateSource) {
  const { store, workers, files, clock } = deps

  /** The draft as it is signed: with the people, their right to sign and the place as they are told now. */
  async function fieldsToSign(db: Reader | Writer, record: ContractRecord, input: ContractSigning) {
    const stored = fieldsOf(record, await findParts(db, record.id))
    const { ourAuthority = stored.terms.ourAuthority, theirAuthority = stored.terms.theirAuthority } = input
    const signed: ContractFields = {
      ...stored,
      ourSigner: input.ourSigner,
      theirSigner: input.theirSigner,
      signPlace: input.signPlace || stored.signPlace,
      terms: { ...stored.terms, ourAuthority, theirAuthority },
    }
    return signed
  }

  const isForTheRecord = (signDay: PlainDay) => signDay < addDays(clock.today(), -FOR_THE_RECORD_DAYS)

  /** What the check says of what is signed; paper of long ago asks for no credit any more. */
  async function foundOf(db: Reader | Writer, fields: ContractFields, signDay: PlainDay) {
    return findingsOf(db, fields, signDay, isForTheRecord(signDay) ? [] : await creditOf(db, fields, signDay))
  }

  /** The template edition of what is signed, and what keeps it from being used; other paper goes by none of ours. */
  async function wordingOf(db: Reader | Writer, record: ContractRecord, fields: ContractFields, signDay: PlainDay) {
    if (isForTheRecord(signDay)) return { columns: {}, findings: [] }
    const { pin, findings } = await templateOf(db, record, fields, signDay)
    return { columns: pinColumns(pin), findings }
  }

  /** The PDF of what is about to be signed; null where it is not going to be, or was signed long ago. */
  async function print(ctx: CallContext, input: ContractSigning): Promise<Printed | null> {
    const record = await readableContract(store.read, ctx.scope, input.id)
    if (record.version !== input.version || record.state !== 'draft') return null
    if (isForTheRecord(input.signDay)) return null
    const fields = await fieldsToSign(store.read, record, input)
    const wording = await wordingOf(store.read, record, fields, input.signDay)
    const findings = [...wording.findings, ...(await foundOf(store.read, fields, input.signDay))]
    if (!canBeSigned(findings)) return null
    const firm = (await readSetting(store.read, 'firm')).value
    const seller = sellerOf(firm)
    const { number } = record
    const ask = templateAsk(record, fields, input.signDay)
    const model = await contractModel((language) => template(store.read, { ...ask, language }), {
      seller,
      sealName: firm.sealName,
      fields,
      number,
      state: 'signed',
      signDay: input.signDay,
    })
    const bytes = await workers.run('pdf', model, ctx.signal ? { signal: ctx.signal } : {})
    const name = contractFileName({ fields, number }, input.signDay)
    // The bytes are read, not given away: the copy goes to the thread.
    const pages = await workers.run('pdf-pages', { bytes: bytes.slice() })
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    return { seller, file: { name, mime: 'application/pdf', bytes }, pages, sha256 }
  }

  async function keepSigning(
    uow: UnitOfWork,
    record: ContractRecord,
    fields: ContractFields,
    input: ContractSigning,
    printed: Printed | null,
  ): Promise<HeldCopies> {
    const total = fields.terms.copies
    const shared = Math.floor(total / 2)
    const copies = input.copies ?? { ours: total - shared, theirs: shared, elsewhere: 0, holder: '' }
    if (copies.ours + copies.theirs + copies.elsewhere !== total) {
      throw refuse('CONTRACT_COPIES', { copies: total })
    }
    const stored = printed ? await files.putStored(uow, printed.file) : null
    const { ourAuthority, theirAuthority } = fields.terms
    await uow.db
      .insertInto('contract_signings')
      .values({
        contract_id: record.id,
        our_signer: fields.ourSigner,
        our_post: input.ourPost,
        our_right: ourAuthority.kind,
        our_letter: ourAuthority.letter,
        our_letter_to: ourAuthority.validTo,
        their_signer: fields.theirSigner,
        their_post: input.theirPost,
        their_right: theirAuthority.kind,
        their_letter: theirAuthority.letter,
        their_letter_to: theirAuthority.validTo,
        place: fields.signPlace,
        copies: total,
        copies_ours: copies.ours,
        copies_theirs: copies.theirs,
        copies_else: copies.elsewhere,
        held_else: copies.elsewhere > 0 ? copies.holder : '',
        file_id: stored?.fileId ?? null,
        file_name: printed?.file.name ?? '',
        pages: printed?.pages ?? null,
        sha256: stored?.sha256 ?? null,
        recorded_by: uow.actor.userId ?? '',
        recorded_at: uow.now,
      })
      .execute()
    return copies
  }

  /**
   * The payment clause becomes receivable, the goods an order, and all clauses what both sides are bound to. Of a price
   * list each order is made by a contract of its own.
   */
  async function setInMotion(uow: UnitOfWork, record: ContractRecord, fields: ContractFields, signDay: PlainDay) {
    if (isPriceList(fields)) return
    const { due } = dueDays(fields, signDay, [], await dayCounter(uow.db))
    const { amounts } = splitPlan(record.amount, fields.plan)
    const common = { id: record.id, number: record.number, customerId: record.customer_id, ownerId: record.owner_id }
    await createInstalments(
      uow,
      { ...common, signDay },
      fields.plan.map((line, i) => ({
        seq: i + 1,
        label: line.label,
        trigger: line.trigger,
        dueDay: due.get(i + 1) ?? null,
        amount: amounts[i] ?? 0,
      })),
    )
    await orderOf(uow, { ...record, sign_day: signDay }, fields)
  }

  return {
    async sign(ctx: CallContext, input: ContractSigning) {
      const printed = await print(ctx, input)
      return store.write(ctx.actor, async (uow) => {
        const { record, state } = await contractToChange(uow, ctx, input, 'sign')
        await assertApproved(uow, record, input.signDay)
        if (input.signDay > uow.today) throw refuse('CONTRACT_SIGN_DAY')
        const fields = await fieldsToSign(uow.db, record, input)
        const wording = await wordingOf(uow.db, record, fields, input.signDay)
        const findings = [...wording.findings, ...(await foundOf(uow.db, fields, input.signDay))]
        if (!canBeSigned(findings)) {
          throw refuse('CONTRACT_INCOMPLETE', { findings: findings.filter((f) => f.severity === 'error') })
        }
        const seller = printed?.seller ?? sellerOf((await readSetting(uow.db, 'firm')).value)
        await uow.db
          .updateTable('contracts')
          .set({
            state,
            ...wording.columns,
            sign_day: input.signDay,
            sign_key: input.signDay,
            our_signer: fields.ourSigner,
            their_signer: fields.theirSigner,
            sign_place: fields.signPlace,
            terms: JSON.stringify(fields.terms),
            seller: JSON.stringify(seller),
            version: record.version + 1,
            updated_at: uow.now,
          })
          .where('id', '=', record.id)
          .execute()
        const copies = await keepSigning(uow, record, fields, input, printed)
        await setInMotion(uow, record, fields, input.signDay)
        await followObligations(uow, record.id)
        // What it goes on from need not be told any more how it goes on.
        if (record.renews_id !== null) await followObligations(uow, record.renews_id)
        await keepVersion(uow, record.id, 'signed')
        await reminderDone(uow, 'unsigned', record.id)
        await uow.audit({
          action: 'contracts.sign',
          entity: 'contract',
          entityId: record.id,
          before: { state: record.state },
          after: {
            state,
            signDay: input.signDay,
            ourSigner: fields.ourSigner,
            theirSigner: fields.theirSigner,
            amount: record.amount,
            seller,
            fields,
            copies,
            pdf: printed?.sha256 ?? null,
          },
        })
        uow.changed('contracts', record.id)
        return { id: record.id, version: record.version + 1 }
      })
    },
  }
}
