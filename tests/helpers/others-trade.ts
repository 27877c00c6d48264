import { emptyPlanLine } from '#shared/modules/contracts/contracts.draft.rules.ts'
import { asDay } from '#shared/kernel/dates.ts'
import type { CoreClient } from '#core/start-core.ts'
import { pdfFile } from './sample-files.ts'
import { sampleInvoice } from './sample-invoice.ts'
import { sampleLine, sampleMinutes, sampleQuotation } from './sample-quotation.ts'
import { signContract } from './sample-trade.ts'
import type { TestCore, TestPerson } from './test-core.ts'

/** Stands in every text that the other person enters, and nowhere else. */
export const CANARY = '金丝雀'
export const CANARY_PHONE = '13977665544'
export const CANARY_USCC = '91500107MA5U1X2Y34'
const CANARY_MAIL = 'canary@jinsique-pump.example'

/**
 * Enters, as this person, one record of every kind that belongs to somebody: a customer with all that hangs on it.
 * A module that keeps rows of somebody's adds its own here, and what walks the contract then watches over it.
 */
export async function enterTrade(t: TestCore, person: TestPerson): Promise<void> {
  const seat = await t.as(person)
  const finance = await t.as('finance')
  const { id: customerId } = await seat.customers.create({
    name: `${CANARY}传动设备有限公司`,
    shortName: CANARY,
    uscc: CANARY_USCC,
    industry: `${CANARY}行业`,
    source: 'web',
    region: `${CANARY}市`,
    address: `${CANARY}路 17 号`,
    phone: CANARY_PHONE,
    needs: `${CANARY}需求`,
    note: `${CANARY}备注`,
    contacts: [{ name: `${CANARY}先生`, mobile: CANARY_PHONE, email: CANARY_MAIL, primary: true }],
  })
  await seat.visits.create({
    customerId,
    day: asDay('2026-05-12'),
    purpose: 'callBack',
    result: `${CANARY}试装正常`,
    nextStep: `${CANARY}寄样品`,
    nextDay: asDay('2026-05-20'),
  })
  const plan = await seat.visits.plan({
    customerId,
    day: asDay('2026-05-18'),
    startMinute: 600,
    purpose: 'develop',
    place: `${CANARY}车间`,
    goal: `${CANARY}目标`,
    theirPeople: [`${CANARY}厂长`],
  })
  await seat.visits.prepare({ ...plan, checks: [{ text: `${CANARY}资料`, done: true, attachmentId: null }] })
  await seat.visits.report({
    ...plan,
    version: 1,
    result: `${CANARY}已谈`,
    needs: `${CANARY}需求`,
    intent: 'A',
    evidence: `${CANARY}依据`,
    noNextReason: `${CANARY}原因`,
  })
  await seat.visits.plan({ customerId, day: asDay('2026-05-21'), purpose: 'sign', goal: `${CANARY}签约` })
  await seat.tasks.create({ title: `${CANARY}任务`, dueDay: asDay('2026-05-18'), customerId } as never)
  const { id: dealId } = await seat.deals.create({
    name: `${CANARY}商机`,
    customerId,
    amount: 7_777_700 as never,
    expectedDay: asDay('2026-06-15'),
    needs: `${CANARY}需要`,
    decisionMaker: `${CANARY}总`,
    nextStep: `${CANARY}送样`,
    nextDay: asDay('2026-05-19'),
    competitors: [{ name: `${CANARY}对手` }],
    concerns: [{ topic: `${CANARY}异议` }],
  })
  await enterOffers(seat, dealId)
  const contract = await signContract(seat, customerId, {
    signDay: '2026-03-01',
    change: (fields) => {
      fields.title = `${CANARY}合同`
      fields.plan = [0, 1].map((at) => ({
        ...emptyPlanLine(),
        label: `${CANARY}款`,
        trigger: 'fixed',
        fixedDay: asDay(at === 0 ? '2026-04-01' : '2026-06-01'),
        share: at === 1 ? { kind: 'rest' } : { kind: 'percent', rate: 5000 },
      }))
    },
  })
  const obligation = await seat.obligations.create({
    contractId: contract.id as never,
    text: `${CANARY}培训`,
    side: 'ours',
    clause: `${CANARY}条`,
    when: { kind: 'day', day: asDay('2026-05-20') },
    ownerId: t.ids[person] as never,
  })
  const done = { items: [obligation as never], day: asDay('2026-05-18'), note: `${CANARY}签到表` }
  await seat.obligations.done(done)
  // A list of this name is among those that the walk asks for.
  await seat.views.save({ grid: 'zhangsan', name: `${CANARY}视图`, search: { q: CANARY }, columns: null })
  const { rows } = await finance.receivables.list({
    limit: 1,
    sort: { key: 'dueDay', dir: 'asc' },
    filters: { contractId: contract.id as never },
  })
  await finance.receivables.receiptCreate({
    customerId,
    day: asDay('2026-05-15'),
    amount: 77_777 as never,
    method: 'bank',
    payer: `${CANARY}付款人`,
    reference: `${CANARY}流水`,
    allocations: rows.map((row) => ({ instalmentId: row.id as never, amount: 77_777 as never })),
  })
  await enterMoney(t, customerId)
  await finance.invoices.create(
    sampleInvoice({
      customerId,
      contractId: contract.id as never,
      buyer: { ...sampleInvoice().buyer, name: `${CANARY}传动设备有限公司`, taxId: CANARY_USCC, phone: CANARY_PHONE },
      note: `${CANARY}备注`,
      reason: `${CANARY}原因`,
      links: rows.map((row) => ({ instalmentId: row.id as never, amount: 77_777 as never })),
    }) as never,
  )
  const { fileId } = await seat.files.upload({ file: new File([pdfFile('canary') as never], `${CANARY}.pdf`) })
  await seat.attachments.add({ to: 'customer', id: customerId, fileId } as never)
  const { jobId } = await finance.dunning.run({ customerIds: [customerId] } as never)
  await t.core.deps.jobs.settled(jobId)
  await seat.dunning.logContact({
    customerId,
    way: 'phone',
    day: asDay('2026-05-18'),
    result: 'promised',
    person: `${CANARY}会计`,
    reason: 'cashShort',
    note: `${CANARY}月底有回款`,
    nextDay: asDay('2026-05-20'),
    nextStep: `${CANARY}再催`,
    promise: {
      amount: 777_700 as never,
      payBy: asDay('2026-05-29'),
      promisedBy: `${CANARY}总`,
      note: `${CANARY}承诺`,
      instalmentIds: [rows[0]?.id as never],
    },
    asStep: false,
  })
  await seat.dunning.leaveOut({ instalmentId: rows[0]?.id as never, reason: `${CANARY}不催`, untilDay: null })
  await seat.dunning.escalations.report({
    customerId,
    instalmentIds: [rows[0]?.id as never],
    reason: 'cashShort',
    findings: `${CANARY}停产`,
    said: `${CANARY}说缓一缓`,
    proposal: 'goOn',
    dueDay: null,
    keepsAccrued: true,
    parts: null,
    firstDay: null,
    everyMonths: null,
  })
  const court = await seat.dunning.court.make({ customerId, instalmentIds: [rows[0]?.id as never] })
  await t.core.deps.jobs.settled(court.jobId)
}

/** A receivable without a contract, a credit note, a bill that is held, and a refund of what it overpaid. */
async function enterMoney(t: TestCore, customerId: string): Promise<void> {
  const finance = await t.as('finance')
  const day = asDay('2026-05-15')
  const owed = await finance.receivables.create({
    customerId: customerId as never,
    label: `${CANARY}运费`,
    invoiceNumber: `${CANARY}票`,
    sinceDay: day,
    dueDay: asDay('2026-05-16'),
    amount: 6_600 as never,
    reason: `${CANARY}口头`,
  })
  await finance.receivables.creditCreate({
    customerId: customerId as never,
    day,
    amount: 1_100 as never,
    cause: 'price',
    reason: `${CANARY}调价`,
    invoiceNumber: `${CANARY}红字`,
    allocations: [{ instalmentId: owed.id as never, amount: 600 as never }],
  })
  const receipt = await finance.receivables.receiptCreate({
    customerId: customerId as never,
    day,
    amount: 5_500 as never,
    method: 'bill',
    payer: `${CANARY}出票人`,
    bill: { kind: 'bank', number: `${CANARY}0001`, acceptor: `${CANARY}银行`, maturityDay: asDay('2026-11-15') },
    allocations: [],
  })
  await finance.receivables.refundAsk({
    receiptId: receipt.id as never,
    amount: 500 as never,
    method: 'bank',
    payee: `${CANARY}收款人`,
    account: `${CANARY}账户`,
    reason: `${CANARY}多付`,
  })
}

/** A quotation that was accepted, one that waits, and minutes of talks. */
async function enterOffers(seat: CoreClient, dealId: string): Promise<void> {
  const offer = sampleQuotation({ title: `${CANARY}报价`, payment: `${CANARY}付款`, notes: `${CANARY}说明` })
  const made = await seat.quotations.create({ ...offer, dealId } as never)
  const sent = await seat.quotations.send({ id: made.id, version: made.version, reason: '' })
  const day = asDay('2026-05-18')
  await seat.quotations.close({ id: made.id, version: sent.version, outcome: 'accepted', day, note: `${CANARY}同意` })
  const lines = [sampleLine({ name: `${CANARY}轴承`, price: 100_000 })]
  const cheap = await seat.quotations.create({ ...offer, lines, dealId } as never)
  await seat.quotations.send({ id: cheap.id, version: cheap.version, reason: `${CANARY}原因` })
  const talk = sampleMinutes({ subject: `${CANARY}洽谈`, place: `${CANARY}厂`, theirPeople: `${CANARY}总` })
  const minutes = await seat.minutes.create({ ...talk, dealId } as never)
  await seat.minutes.finish({ id: minutes.id, version: minutes.version })
}
