import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asDay } from '#shared/kernel/dates.ts'
import type { Finding } from '#shared/modules/contracts/contracts.schema.ts'
import type { CoreClient } from '#core/start-core.ts'
import { pdfPages } from '#tests/helpers/pdf-text.ts'
import { sampleWay } from '#tests/helpers/sample-approvals.ts'
import { publishedClause, sampleClause, sampleTemplate } from '#tests/helpers/sample-clauses.ts'
import { sampleFields } from '#tests/helpers/sample-contract.ts'
import { makeCustomer } from '#tests/helpers/sample-trade.ts'
import { createTestCore, refusalOf, type TestCore } from '#tests/helpers/test-core.ts'

const TODAY = '2026-05-18'
const SIGN = { signDay: asDay(TODAY), ourSigner: '周建国', theirSigner: '王强' }
let t: TestCore
let sales: CoreClient
let manager: CoreClient
let reviewer: CoreClient
let customerId: string

beforeAll(async () => {
  t = await createTestCore()
  sales = await t.as('sales')
  manager = await t.as('sales_manager')
  reviewer = await t.as('reviewer')
  customerId = await makeCustomer(sales)
})
afterAll(() => t.close())

type At = { id: string; version: number }
let made = 0

/** A published template of one clause, and what changes it. */
async function template() {
  made += 1
  const codes = { clause: `QT-${made}`, template: `FA-${made}` }
  const clause = await publishedClause(reviewer, codes.clause, TODAY, {
    texts: { 'zh-CN': `原条文${made}。`, 'zh-TW': '', en: `Former text ${made}.` },
  })
  const drafted = await reviewer.clauses.templates.create(sampleTemplate(codes.template, [clause.editionId]))
  await reviewer.clauses.templates.publish({ ...drafted, validFrom: TODAY, validTo: null } as never)
  const n = made
  const view = () => reviewer.clauses.templates.get({ id: drafted.id as never })
  return {
    id: drafted.id as never,
    ...codes,
    view,
    former: `原条文${n}`,
    later: `新条文${n}`,
    /** A further edition of the clause, carried into the template. */
    async change(validFrom = TODAY) {
      const saved = await reviewer.clauses.save({
        ...sampleClause(codes.clause, { texts: { 'zh-CN': `新条文${n}。`, 'zh-TW': '', en: `Later text ${n}.` } }),
        id: clause.id,
        version: clause.version,
      } as never)
      await reviewer.clauses.publish({ ...saved, validFrom, validTo: null, carry: [drafted.id] } as never)
    },
    async withdraw(no: number) {
      const { version } = await view()
      await reviewer.clauses.templates.withdraw({ id: drafted.id, version, no, reason: '条款有误' } as never)
    },
    withdrawClause: () =>
      reviewer.clauses.withdraw({ id: clause.id, version: clause.version, no: 1, reason: '法规已修改' } as never),
  }
}

const draft = (templateId: string | null) =>
  sales.contracts.create({ ...sampleFields(customerId), templateId: templateId as never })
const get = (id: string) => sales.contracts.get({ id: id as never })
const fieldsOf = (templateId: string | null) => ({ ...sampleFields(customerId), templateId: templateId as never })
const textOf = async (id: string) => {
  const { fileId } = await sales.contracts.preview({ id: id as never, fields: null })
  const { url } = await sales.files.ticket({ fileId })
  const file = await t.core.takeFile(url.replace('/files/', ''))
  return (await pdfPages(file!.bytes)).join('')
}
const sign = (of: At, over: Partial<typeof SIGN> = {}) =>
  sales.contracts.sign({ id: of.id as never, version: of.version, ...SIGN, ...over })
const submit = ({ id, version }: At) => sales.contracts.submit({ id: id as never, version, reason: '已与客户确认' })
const approve = async (id: string) => {
  const { version } = await manager.approvals.get({ id })
  await manager.approvals.act({ id, version, action: { kind: 'approve', comment: '' } })
}
const errors = async (call: Promise<unknown>) => {
  const { code, data } = await refusalOf(call)
  return [code, ...((data as { findings?: Finding[] }).findings ?? []).map((finding) => finding.code)]
}

describe('a draft', () => {
  it('goes by the standard template of its kind, or by the one that it names, in the edition in force', async () => {
    const own = await template()
    const standard = await draft(null)
    expect(await textOf(standard.id)).toContain('产品毁损、灭失的风险')
    const named = await draft(own.id)
    expect(await get(named.id)).toMatchObject({ templateId: own.id, template: null })
    expect(await textOf(named.id)).toContain(own.former)
    await own.change()
    expect(await textOf(named.id)).toContain(own.later)
    const signed = await sign(named)
    expect(await get(named.id)).toMatchObject({ template: { code: own.template, edition: 2 } })
    await own.withdraw(2)
    // What was signed is printed as it was signed.
    expect(await textOf(signed.id)).toContain(own.later)
  })

  it('by a template that cannot be used is told so by the check, and is neither submitted nor signed', async () => {
    const own = await template()
    const named = await draft(own.id)
    const codes = async (over: object = {}) =>
      (await sales.contracts.check({ ...fieldsOf(own.id), ...over }))
        .filter((finding) => finding.severity === 'error')
        .map((finding) => `${finding.code} ${finding.path.join('.')}`)
    expect(await codes()).toEqual([])
    expect(await codes({ kind: 'frame' })).toContain('template_kind kind')
    expect(await codes({ language: 'zh-TW' })).toEqual(['template_language language'])
    const { terms } = fieldsOf(own.id)
    expect(await codes({ terms: { ...terms, secondLanguage: 'zh-TW' } })).toContain('template_language language')
    await own.withdrawClause()
    expect(await codes()).toEqual(['template_clauseWithdrawn templateId'])
    expect(await errors(sign(named))).toEqual(['CONTRACT_INCOMPLETE', 'template_clauseWithdrawn'])
    expect(await get(named.id)).toMatchObject({ state: 'draft', template: null })
    await own.withdraw(1)
    expect(await errors(sign(named))).toEqual(['CONTRACT_INCOMPLETE', 'template_withdrawn'])
  })

  it('names a template that there is', async () => {
    const tried = await refusalOf(draft(t.ids.sales))
    expect(tried).toMatchObject({ code: 'VALIDATION', data: { issues: [{ path: ['templateId'] }] } })
  })

  it('signed long ago was signed on other paper: no template is asked about', async () => {
    const own = await template()
    const named = await draft(own.id)
    await own.withdraw(1)
    await sign(named, { signDay: asDay('2026-03-02') })
    expect(await get(named.id)).toMatchObject({ state: 'signed', template: null })
  })

  it('signed on a day of before the new edition was signed by the one of that day', async () => {
    const own = await template()
    const named = await draft(own.id)
    await own.change('2026-05-19')
    await sign(named)
    expect(await get(named.id)).toMatchObject({ template: { edition: 1 } })
  })
})

describe('what was approved', () => {
  beforeAll(async () => {
    const owner = await t.as('owner')
    await owner.approvals.saveDefinition({ id: null, version: 0, body: sampleWay() })
  })

  it('is what is signed: a later edition does not touch it', async () => {
    const own = await template()
    const named = await draft(own.id)
    const { approvalId } = await submit(named)
    expect(await get(named.id)).toMatchObject({ template: { edition: 1 } })
    await own.change()
    await approve(approvalId)
    expect(await textOf(named.id)).toContain(own.former)
    const shown = await manager.approvals.get({ id: approvalId })
    expect(shown.content.find((line) => line.id === 'template')?.value).toBe(`${own.template} / 1`)
    await sign(named)
    expect(await get(named.id)).toMatchObject({ template: { code: own.template, edition: 1 } })
  })

  it('is approved no more once the draft takes another wording', async () => {
    const own = await template()
    const named = await draft(own.id)
    const { approvalId } = await submit(named)
    await approve(approvalId)
    const same = await sales.contracts.update({ ...fieldsOf(own.id), id: named.id as never, version: named.version })
    expect(await sales.contracts.approval({ id: named.id as never })).toMatchObject({ status: { outcome: 'approved' } })
    await own.change()
    // Nobody typed anything else, but the text is not the one that was approved.
    const saved = await sales.contracts.update({ ...fieldsOf(own.id), id: named.id as never, version: same.version })
    expect(await sales.contracts.approval({ id: named.id as never })).toMatchObject({ status: { outcome: 'stale' } })
    expect((await refusalOf(sign(saved))).code).toBe('CONTRACT_APPROVAL')
    expect(await textOf(named.id)).toContain(own.later)
  })

  it('by an edition that was withdrawn meanwhile cannot be signed', async () => {
    const own = await template()
    const named = await draft(own.id)
    const { approvalId } = await submit(named)
    await approve(approvalId)
    await own.withdraw(1)
    expect(await errors(sign(named))).toEqual(['CONTRACT_INCOMPLETE', 'template_withdrawn'])
  })

  it('and comes back takes the wording in force again', async () => {
    const own = await template()
    const named = await draft(own.id)
    const { approvalId } = await submit(named)
    const { version } = await manager.approvals.get({ id: approvalId })
    await manager.approvals.act({
      id: approvalId,
      version,
      action: { kind: 'return', to: null, comment: '请改用新版' },
    })
    expect(await get(named.id)).toMatchObject({ template: null })
    await own.change()
    expect(await textOf(named.id)).toContain(own.later)
    await submit(named)
    expect(await get(named.id)).toMatchObject({ template: { edition: 2 } })
  })
})

describe('contracts of before there was a library', () => {
  it('take over the shipped template when their file is opened; drafts are free', async () => {
    const old = await createTestCore()
    try {
      const owner = await old.as('owner')
      const customer = await makeCustomer(owner)
      const ids: string[] = []
      for (const _ of [1, 2]) ids.push((await owner.contracts.create(sampleFields(customer))).id)
      await owner.contracts.sign({ id: ids[0] as never, version: 0, ...SIGN })
      const { raw } = old.core.vault.store
      raw.exec(`UPDATE contracts SET template_id = 'goods-sale', template_version = 1`)
      for (const table of ['contract_template_clauses', 'contract_template_editions', 'contract_templates'])
        raw.exec(`DELETE FROM ${table}`)
      raw.exec('DELETE FROM clause_editions')
      raw.exec('DELETE FROM clauses')
      await old.restart()
      const again = await old.as('owner')
      const shown = async (at: number) => (await again.contracts.get({ id: ids[at] as never })).template
      expect(await shown(0)).toMatchObject({ code: 'FB-01', edition: 1 })
      expect(await shown(1)).toBeNull()
    } finally {
      await old.close()
    }
  })
})
