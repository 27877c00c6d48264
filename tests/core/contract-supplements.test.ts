import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asDay } from '#shared/kernel/dates.ts'
import { contractSums } from '#shared/modules/contracts/contracts.rules.ts'
import type { ContractFields } from '#shared/modules/contracts/contracts.schema.ts'
import type { CoreClient } from '#core/start-core.ts'
import { pdfPages } from '#tests/helpers/pdf-text.ts'
import { sampleWay } from '#tests/helpers/sample-approvals.ts'
import { sampleFields } from '#tests/helpers/sample-contract.ts'
import { makeCustomer, signContract } from '#tests/helpers/sample-trade.ts'
import { createTestCore, refusalOf, type TestCore } from '#tests/helpers/test-core.ts'

let t: TestCore
let sales: CoreClient
let owner: CoreClient
let customerId: string

beforeAll(async () => {
  t = await createTestCore()
  sales = await t.as('sales')
  owner = await t.as('owner')
  customerId = await makeCustomer(sales)
})
afterAll(() => t.close())

const allRows = async (contractId: string) =>
  (
    await owner.receivables.list({
      limit: 200,
      sort: { key: 'dueDay', dir: 'asc' },
      filters: { contractId: contractId as never },
    })
  ).rows.toSorted((a, b) => a.seq - b.seq)
const openRows = async (contractId: string) => (await allRows(contractId)).filter((row) => row.status !== 'cancelled')
const sumOf = (rows: readonly { amount: number }[]) => rows.reduce((sum, row) => sum + row.amount, 0)

async function pay(contractId: string, seq: number, amount: number): Promise<void> {
  const row = (await openRows(contractId)).find((found) => found.seq === seq)!
  await owner.receivables.receiptCreate({
    customerId: customerId as never,
    day: asDay('2026-05-18'),
    amount: amount as never,
    method: 'bank',
    payer: '',
    reference: '',
    note: '',
    allocations: [{ instalmentId: row.id as never, amount: amount as never }],
  })
}

/** Drafts a supplement from what is in force, changed so. */
async function draft(contractId: string, change: (fields: ContractFields) => void, reason = '价格调整') {
  const start = await sales.contracts.supplements.start({ contractId })
  const fields = structuredClone(start.fields)
  change(fields)
  return sales.contracts.supplements.create({ contractId, reason, fields })
}

const sign = (made: { id: string; version: number }, signDay = '2026-05-18') =>
  sales.contracts.supplements.sign({
    id: made.id,
    version: made.version,
    signDay: asDay(signDay),
    ourSigner: '陈立',
    theirSigner: '王强',
  })

describe('a supplement', () => {
  it('changes the contract, its sums, its payment clause and what is receivable at once', async () => {
    const signed = await signContract(sales, customerId, { signDay: '2026-05-04' })
    await pay(signed.id, 1, 1_936_502)
    const made = await draft(signed.id, (fields) => (fields.lines[0]!.price = 600_000))
    expect(made.number).toBe(`${signed.number}-B1`)
    // Nothing changes until both sides have signed it.
    expect(await sales.contracts.get({ id: signed.id })).toMatchObject({ amount: 6_455_008 })
    const read = await sales.contracts.supplements.get({ id: made.id })
    expect(read).toMatchObject({ state: 'draft', current: true, received: 1_936_502, amount: 6_805_008 })
    expect(read.base.lines[0]!.price).toBe(565_000)

    await sign(made)
    const view = await sales.contracts.get({ id: signed.id })
    expect(view).toMatchObject({ amount: 6_805_008, net: 6_022_131, tax: 782_877, outstanding: 4_868_506 })
    expect(view.lines[0]!.price).toBe(600_000)
    const rows = await openRows(signed.id)
    expect(rows.map((row) => [row.seq, row.label, row.amount, row.status])).toEqual([
      [1, '预付款', 1_936_502, 'settled'],
      [2, '到货款', 4_423_255, 'waiting'],
      [3, '质保金', 445_251, 'waiting'],
    ])
    expect(sumOf(rows)).toBe(view.amount)
    expect(view.plan.map((line) => line.amount)).toEqual(rows.map((row) => row.amount))
    expect((await allRows(signed.id)).filter((row) => row.status === 'cancelled')).toHaveLength(2)

    const versions = await sales.contracts.versions({ id: signed.id })
    expect(versions.map((row) => [row.no, row.reason, row.supplementNumber])).toEqual([
      [2, 'supplement', made.number],
      [1, 'signed', null],
    ])
    const kept = await sales.contracts.supplements.get({ id: made.id })
    expect(kept).toMatchObject({ state: 'signed', signDay: '2026-05-18', ourSigner: '陈立' })
    expect(kept.base.lines[0]!.price).toBe(565_000)
    const summary = await owner.contracts.summary({ filters: { customerId: customerId as never } })
    expect(summary.amount).toBe(6_805_008)
    const told = await sales.timeline.list({ customerId, limit: 100, cursor: null })
    expect(told.rows.filter((row) => row.event === 'supplementSigned')).toMatchObject([
      { note: '价格调整', amount: 6_805_008 },
    ])
    // An event dates the new instalments like the old ones.
    await sales.contracts.recordEvent({
      id: signed.id,
      version: view.version,
      kind: 'acceptance',
      day: asDay('2026-05-18'),
      note: '',
    })
    expect((await openRows(signed.id)).map((row) => row.dueDay)).toEqual(['2026-05-11', '2026-06-17', '2027-05-28'])
  })

  it('prints what changes and that all else stays in force', async () => {
    const signed = await signContract(sales, customerId, { signDay: '2026-05-04' })
    const made = await draft(signed.id, (fields) => {
      fields.lines[0]!.price = 600_000
      fields.terms.quality = `${fields.terms.quality}另附材质报告。`
    })
    const { fileId } = await sales.contracts.supplements.preview({ id: made.id })
    const { url, name } = await sales.files.ticket({ fileId })
    const file = await t.core.takeFile(url.replace('/files/', ''))
    const text = (await pdfPages(file!.bytes)).join('')
    expect(name).toContain(made.number)
    for (const part of [made.number, signed.number, '56.50', '60.00', '68,050.08', '另附材质报告。', '继续有效']) {
      expect(text).toContain(part)
    }
  })

  it('refuses less than was received, and another amount for what was paid', async () => {
    const signed = await signContract(sales, customerId, { signDay: '2026-05-04' })
    await pay(signed.id, 1, 1_936_502)
    const before = await allRows(signed.id)
    const small = await draft(signed.id, (fields) => {
      fields.lines = [{ ...fields.lines[0]!, quantity: 1000 }]
      fields.plan = [{ ...fields.plan[0]!, share: { kind: 'rest' } }]
    })
    const refused = await refusalOf(sign(small))
    expect(refused).toMatchObject({ code: 'CONTRACT_SUPPLEMENT_BELOW_RECEIVED', data: { received: '19,365.02' } })
    expect(await allRows(signed.id)).toEqual(before)
    const voided = await sales.contracts.supplements.void({ id: small.id, version: 0, reason: '不改了' })
    expect((await refusalOf(sign({ id: small.id, version: voided.version }))).code).toBe('CONTRACT_SUPPLEMENT_STATE')

    const moved = await draft(signed.id, (fields) => (fields.plan[0]!.share = { kind: 'percent', rate: 2000 }))
    const paid = await refusalOf(sign(moved))
    expect(paid).toMatchObject({
      code: 'CONTRACT_SUPPLEMENT_PAID',
      data: { no: 1, label: '预付款', amount: '19,365.02' },
    })
    expect(await sales.contracts.get({ id: signed.id })).toMatchObject({ amount: 6_455_008 })
  })

  it('is one at a time, for a signed contract, written against what is in force', async () => {
    const signed = await signContract(sales, customerId, { signDay: '2026-05-04' })
    const made = await draft(signed.id, () => undefined)
    expect((await refusalOf(draft(signed.id, () => undefined))).code).toBe('CONTRACT_SUPPLEMENT_OPEN')
    expect((await refusalOf(sign(made))).code).toBe('CONTRACT_SUPPLEMENT_NOTHING')
    expect((await refusalOf(sign(made, '2026-05-19'))).code).toBe('CONTRACT_SUPPLEMENT_DAY')
    expect((await refusalOf(sign(made, '2026-05-03'))).code).toBe('CONTRACT_SUPPLEMENT_DAY')
    const { fields } = await sales.contracts.supplements.get({ id: made.id })
    const other = await makeCustomer(sales, '雅安别家机械有限公司')
    const saved = await sales.contracts.supplements.update({
      id: made.id,
      version: 0,
      reason: '换买方',
      fields: { ...fields, customerId: other as never, lines: [] },
    })
    // Whom the contract is with is not a supplement's to change.
    const after = await sales.contracts.supplements.get({ id: made.id })
    expect(after.fields.customerId).toBe(customerId)
    expect((await refusalOf(sign({ id: made.id, version: saved.version }))).code).toBe('CONTRACT_INCOMPLETE')
    expect((await refusalOf(sign({ id: made.id, version: 0 }))).code).toBe('STALE')

    const unsigned = await sales.contracts.create(sampleFields(customerId))
    expect((await refusalOf(draft(unsigned.id, () => undefined))).code).toBe('CONTRACT_STATE')
  })

  it('is out of sight where the contract is', async () => {
    const foreign = await makeCustomer(owner, '宜宾别家机械有限公司')
    const signed = await signContract(owner, foreign)
    const made = await owner.contracts.supplements.create({
      contractId: signed.id,
      reason: '改价',
      fields: sampleFields(foreign),
    })
    expect((await refusalOf(sales.contracts.supplements.get({ id: made.id }))).code).toBe('NOT_FOUND')
    expect((await refusalOf(sales.contracts.supplements.list({ contractId: signed.id }))).code).toBe('NOT_FOUND')
    expect((await refusalOf(sign(made))).code).toBe('NOT_FOUND')
    expect((await refusalOf(sales.contracts.supplements.preview({ id: made.id }))).code).toBe('NOT_FOUND')
  })
})

describe('instalments after any supplements', () => {
  it('sum to the contract, below nothing that was received', async () => {
    const step = fc.record({
      quantities: fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 3 }),
      shares: fc.array(fc.integer({ min: 1, max: 4000 }), { minLength: 1, maxLength: 4 }),
      pay: fc.option(fc.record({ seq: fc.integer({ min: 1, max: 4 }), part: fc.integer({ min: 1, max: 100 }) })),
    })
    let done = 0
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 4 }), async (steps) => {
        const signed = await signContract(sales, customerId, { signDay: '2026-05-04' })
        for (const { quantities, shares, pay: paying } of steps) {
          const due = paying && (await openRows(signed.id)).find((row) => row.seq === paying.seq && row.outstanding > 0)
          if (due) await pay(signed.id, due.seq, Math.max(1, Math.floor((due.outstanding * paying.part) / 100)))
          const made = await draft(signed.id, (fields) => {
            const [line] = fields.lines
            fields.lines = quantities.map((quantity, i) => ({ ...line!, spec: `S${i}`, quantity: quantity * 1000 }))
            const paid = fields.plan.filter((each) => each.share.kind === 'amount')
            const last = { ...fields.plan.at(-1)!, trigger: 'fixed' as const, fixedDay: asDay('2026-12-31') }
            const fresh = shares.map((rate, i) => ({
              ...last,
              label: `第${i}笔`,
              share: { kind: 'percent' as const, rate },
            }))
            fields.plan = [...paid, ...fresh, { ...last, label: '尾款', share: { kind: 'rest' as const } }]
          })
          const outcome = await sign(made).then(
            () => 'signed',
            (error: unknown) => (error as { code: string }).code,
          )
          if (outcome === 'signed') done += 1
          else {
            const { version } = await sales.contracts.supplements.get({ id: made.id })
            await sales.contracts.supplements.void({ id: made.id, version, reason: outcome })
          }
          const view = await owner.contracts.get({ id: signed.id })
          const rows = await openRows(signed.id)
          expect(sumOf(rows)).toBe(view.amount)
          expect(view.amount).toBe(contractSums(view.lines).amount)
          expect(view.plan.map((each) => each.amount)).toEqual(rows.map((row) => row.amount))
          expect(rows.reduce((sum, row) => sum + row.settled, 0)).toBe(view.settled)
          expect(rows.every((row) => row.settled <= row.amount && row.settled + row.outstanding === row.amount)).toBe(
            true,
          )
        }
      }),
      { numRuns: 12 },
    )
    expect(done).toBeGreaterThan(5)
  }, 120_000)
})

describe('a supplement that needs approval', () => {
  it('is signed as it was approved: what it changes is shown, and a later change reopens it', async () => {
    const manager = await t.as('sales_manager')
    await owner.approvals.saveDefinition({ id: null, version: 0, body: sampleWay({ kind: 'supplement' }) })
    const signed = await signContract(sales, customerId, { signDay: '2026-05-04' })
    const made = await draft(signed.id, (fields) => (fields.lines[0]!.price = 600_000))
    expect(await sales.contracts.supplements.approval({ id: made.id })).toEqual({ needed: 'binding', status: null })
    expect((await refusalOf(sign(made))).code).toBe('CONTRACT_SUPPLEMENT_APPROVAL')

    const asked = await sales.contracts.supplements.submit({ id: made.id, version: made.version })
    expect(asked.outcome).toBe('pending')
    expect((await refusalOf(sign(made))).code).toBe('APPROVAL_PENDING')
    const request = await manager.approvals.get({ id: asked.approvalId })
    const lines = request.content.map((line) => String(line.value))
    expect(lines[0]).toBe('价格调整')
    expect(lines.slice(1, 4)).toEqual(['56.50 → 60.00', '56,500.00 → 60,000.00', '64,550.08 → 68,050.08'])
    const read = await sales.contracts.supplements.get({ id: made.id })
    const update = { id: made.id, version: made.version, reason: '价格调整', fields: read.fields }
    expect((await refusalOf(sales.contracts.supplements.update(update))).code).toBe('APPROVAL_PENDING')
    const approve = async (id: string) =>
      manager.approvals.act({
        id,
        version: (await manager.approvals.get({ id })).version,
        action: { kind: 'approve', comment: '' },
      })
    expect(await approve(asked.approvalId)).toMatchObject({ outcome: 'approved' })

    const fields = structuredClone(read.fields)
    fields.lines[0]!.price = 610_000
    const changed = await sales.contracts.supplements.update({ ...update, fields })
    expect(await sales.contracts.supplements.approval({ id: made.id })).toMatchObject({ status: { outcome: 'stale' } })
    expect((await refusalOf(sign(changed))).code).toBe('CONTRACT_SUPPLEMENT_APPROVAL')
    const again = await sales.contracts.supplements.submit(changed)
    expect((await manager.approvals.get({ id: again.approvalId })).compared).toBe(true)
    await approve(again.approvalId)
    await sign(changed)
    expect(await sales.contracts.get({ id: signed.id })).toMatchObject({ amount: 6_905_008 })
  })

  it('given up, waits for nobody', async () => {
    const signed = await signContract(sales, customerId, { signDay: '2026-05-04' })
    const made = await draft(signed.id, (fields) => (fields.lines[0]!.price = 600_000))
    const { approvalId } = await sales.contracts.supplements.submit({ id: made.id, version: made.version })
    await sales.contracts.supplements.void({ id: made.id, version: made.version, reason: '不改了' })
    expect((await sales.approvals.get({ id: approvalId })).outcome).toBe('withdrawn')
  })
})
