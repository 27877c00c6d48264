import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CoreClient } from '#core/start-core.ts'
import type { JobView } from '#shared/modules/jobs/jobs.contract.ts'
import { readTable } from '#workers/read-table.ts'
import { createTestCore, refusalOf, type TestCore } from '#tests/helpers/test-core.ts'

let t: TestCore
let owner: CoreClient
let sales: CoreClient
let other: CoreClient
const ids: Record<string, string> = {}

const labels = (cn: string, en = '') => ({ 'zh-CN': cn, en })
const define = (key: string, kind: string, over: object = {}) =>
  owner.customers.fields.create({ key, kind, labels: labels(`自${key}`, `Own ${key}`), ...over } as never)
const OPTIONS = [
  { key: 'cash', labels: labels('现款', 'Cash') },
  { key: 'month', labels: labels('月结', 'Monthly') },
]
const field = async (key: string) => {
  const found = (await owner.customers.fields.list({})).find((one) => one.key === key)
  if (!found) throw new Error(`no field ${key}`)
  return found
}
const PAGE = { limit: 200, sort: { key: 'name', dir: 'asc' } } as const
const listed = async (api: CoreClient, filters = {}) => (await api.customers.list({ ...PAGE, filters })).rows
const issuesOf = async (call: Promise<unknown>) => {
  const refusal = await refusalOf(call)
  expect(refusal.code).toBe('VALIDATION')
  return (refusal.data as { issues: { path: (string | number)[]; key: string }[] }).issues.map(
    (issue) => [issue.path.join('.'), issue.key] as const,
  )
}

beforeAll(async () => {
  t = await createTestCore()
  owner = await t.as('owner')
  sales = await t.as('sales')
  other = await t.as('sales_other')
  ids['memo'] = (await define('memo', 'text', { lines: true })).id
  ids['amount'] = (await define('amount', 'number', { decimals: 2, unit: '万元', inList: true })).id
  ids['since'] = (await define('since', 'day')).id
  ids['pay'] = (await define('pay', 'choice', { options: OPTIONS, inList: true })).id
  ids['audited'] = (await define('audited', 'yesNo')).id
})
afterAll(() => t.close())

const ALL = { memo: '=1+1\n\'"007"', amount: 1234.5, since: '2020-01-05', pay: 'month', audited: false }

describe('values of own fields', () => {
  it('are part of the file: made, read, changed one by one, and in its history', async () => {
    const { id, version } = await sales.customers.create({ name: '甲公司', source: 'web', fields: ALL })
    expect((await sales.customers.get({ id })).fields).toEqual(ALL)
    const next = await sales.customers.update({
      id,
      version,
      name: '甲公司',
      source: 'web',
      fields: { amount: null, pay: 'cash' },
    })
    const { amount: _gone, ...rest } = ALL
    expect((await sales.customers.get({ id })).fields).toEqual({ ...rest, pay: 'cash' })
    // A form that knows nothing of them leaves them.
    await sales.customers.update({ id, version: next.version, name: '甲公司', source: 'web', phone: '023-68886666' })
    expect((await sales.customers.get({ id })).fields).toEqual({ ...rest, pay: 'cash' })
    const { rows: history } = await sales.timeline.list({ customerId: id })
    const words = history.map((item) => item.words.map((word) => word.key))
    expect(words).toEqual([['customers:fields.phone'], ['customers:fields.fields'], []])
  })

  it('that do not fit are refused beside their field, and nothing is written', async () => {
    const before = (await sales.customers.summary({ filters: {} })).count
    const wrong = { memo: 'x'.repeat(600), amount: 1.234, since: '2026-02-30', pay: 'never', audited: 'yes', nobody: 1 }
    expect(await issuesOf(sales.customers.create({ name: '乙公司', source: 'web', fields: wrong as never }))).toEqual([
      ['fields.memo', 'validation:tooLong'],
      ['fields.amount', 'fields:errors.decimals'],
      ['fields.since', 'validation:noSuchDay'],
      ['fields.pay', 'validation:notAChoice'],
      ['fields.audited', 'validation:wrongType'],
      ['fields.nobody', 'fields:errors.unknown'],
    ])
    for (const key of ['constructor', '__proto__', 'A', 'a.b']) {
      const fields = JSON.parse(`{"${key}":"x"}`) as never
      if (key === '__proto__') continue
      expect((await refusalOf(sales.customers.create({ name: '乙公司', source: 'web', fields }))).code).toBe(
        'VALIDATION',
      )
    }
    expect((await sales.customers.summary({ filters: {} })).count).toBe(before)
  })

  it('are asked for where required, in a file that is made and in one that is changed', async () => {
    const { id, version } = await sales.customers.create({ name: '丙公司', source: 'web' })
    const since = await field('since')
    const { key: _key, kind: _kind, retired: _retired, ...change } = since
    const strict = await owner.customers.fields.update({ ...change, required: true } as never)
    const missing = [['fields.since', 'validation:required']]
    expect(await issuesOf(sales.customers.create({ name: '丁公司', source: 'web' }))).toEqual(missing)
    expect(await issuesOf(sales.customers.update({ id, version, name: '丙公司', source: 'web' }))).toEqual(missing)
    await sales.customers.update({ id, version, name: '丙公司', source: 'web', fields: { since: '2026-01-01' } })
    await owner.customers.fields.update({ ...change, ...strict } as never)
  })

  it('are in the list where the field is shown there, and filter it', async () => {
    await other.customers.create({ name: '戊公司', source: 'web', fields: { pay: 'cash', audited: true } })
    const rows = await listed(sales)
    expect(rows.find((row) => row.name === '甲公司')?.fields).toEqual({ pay: 'cash' })
    expect(rows.find((row) => row.name === '丙公司')?.fields).toEqual({})
    const named = async (api: CoreClient, fields: object) => (await listed(api, { fields })).map((row) => row.name)
    expect(await named(sales, { pay: 'cash' })).toEqual(['甲公司'])
    expect(await named(owner, { pay: 'cash' })).toEqual(
      ['甲公司', '戊公司'].toSorted((a, b) => a.localeCompare(b, 'zh')),
    )
    expect(await named(owner, { pay: 'cash', audited: true })).toEqual(['戊公司'])
    expect(await named(owner, { audited: false })).toEqual(['甲公司'])
    expect(await named(owner, { pay: 'month' })).toEqual([])
    expect(await named(owner, { nobody: true })).toEqual([])
    expect((await sales.customers.summary({ filters: { fields: { pay: 'cash' } } })).count).toBe(1)
    expect((await owner.customers.summary({ filters: { fields: { pay: 'cash' } } })).count).toBe(2)
  })

  it('leave the pages of a filtered list whole', async () => {
    for (let n = 0; n < 25; n += 1) {
      await sales.customers.create({ name: `页${n}公司`, source: 'web', fields: { audited: n % 2 === 0 } })
    }
    for (const key of ['name', 'createdAt', 'grade', 'code', 'updatedAt'] as const) {
      const seen: string[] = []
      let cursor: string | null = null
      do {
        const page: Awaited<ReturnType<CoreClient['customers']['list']>> = await sales.customers.list({
          limit: 4,
          cursor,
          sort: { key, dir: 'desc' },
          text: '页',
          filters: { fields: { audited: true } },
        })
        seen.push(...page.rows.map((row) => row.id))
        cursor = page.nextCursor
      } while (cursor !== null)
      expect(seen).toHaveLength(13)
      expect(new Set(seen).size).toBe(13)
    }
  })

  it('go along when two files become one, and come apart again', async () => {
    const kept = await owner.customers.create({ name: '合一公司', source: 'web', fields: { pay: 'cash' } })
    const dropped = await owner.customers.create({
      name: '合二公司',
      source: 'web',
      fields: { pay: 'month', memo: 'm' },
    })
    const merge = await owner.customers.merges.run({ kept, dropped, take: [], takeFields: ['memo'] })
    expect((await owner.customers.get({ id: kept.id })).fields).toEqual({ pay: 'cash', memo: 'm' })
    const back = await owner.customers.merges.undo({ id: merge.id })
    expect(back.stayed).toEqual([])
    expect((await owner.customers.get({ id: kept.id })).fields).toEqual({ pay: 'cash' })
    expect((await owner.customers.get({ id: dropped.id })).fields).toEqual({ pay: 'month', memo: 'm' })
  })
})

describe('definitions', () => {
  it('are made and changed by whoever sets the rules, and read by whoever reads customers', async () => {
    expect((await sales.customers.fields.list({})).map((one) => one.key)).toEqual([
      'memo',
      'amount',
      'since',
      'pay',
      'audited',
    ])
    for (const call of [
      sales.customers.fields.create({ key: 'x', kind: 'text', labels: labels('x') } as never),
      sales.customers.fields.usage({}),
      sales.customers.fields.order({ ids: Object.values(ids) }),
      sales.customers.fields.remove({ id: ids['memo'] ?? '', version: 0 }),
    ]) {
      expect((await refusalOf(call)).code).toBe('FORBIDDEN')
    }
  })

  it('have a code name and labels of their own', async () => {
    expect(await issuesOf(define('memo', 'text', { labels: labels('另一') }))).toEqual([
      ['key', 'fields:errors.keyTaken'],
    ])
    expect(await issuesOf(define('memo2', 'text', { labels: labels('自memo（备注）') }))).toEqual([
      ['labels.zh-CN', 'fields:errors.labelTaken'],
    ])
    expect(await issuesOf(define('memo2', 'text', { labels: labels('客户名称') }))).toEqual([
      ['labels.zh-CN', 'fields:errors.labelTaken'],
    ])
    expect(await issuesOf(define('memo2', 'choice', { options: [] }))).toEqual([['options', 'fields:errors.noOptions']])
  })

  it('are put into another order, all of them or none', async () => {
    const order = ['pay', 'memo', 'since', 'audited', 'amount'].map((key) => ids[key] ?? '')
    await owner.customers.fields.order({ ids: order })
    expect((await owner.customers.fields.list({})).map((one) => one.id)).toEqual(order)
    expect((await refusalOf(owner.customers.fields.order({ ids: order.slice(1) }))).code).toBe('STALE')
    const twice = [...order.slice(1), order[1] ?? '']
    expect((await refusalOf(owner.customers.fields.order({ ids: twice }))).code).toBe('STALE')
  })

  it('keep an option that customers have, but may no longer offer it', async () => {
    const { key: _key, kind: _kind, retired: _retired, ...pay } = await field('pay')
    const without = { ...pay, options: pay.options.filter((option) => option.key !== 'cash') }
    const refusal = await refusalOf(owner.customers.fields.update(without as never))
    expect(refusal).toMatchObject({ code: 'CUSTOMER_FIELD_OPTION', data: { option: '现款', count: 3 } })
    const options = pay.options.map((option) => ({ ...option, retired: option.key === 'cash' }))
    await owner.customers.fields.update({ ...pay, options } as never)
    expect(await issuesOf(sales.customers.create({ name: '己公司', source: 'web', fields: { pay: 'cash' } }))).toEqual([
      ['fields.pay', 'validation:notAChoice'],
    ])
    const [row] = await listed(sales, { fields: { pay: 'cash' } })
    const view = await sales.customers.get({ id: row?.id ?? '' })
    const saved = await sales.customers.update({
      id: view.id,
      version: view.version,
      name: view.name,
      source: view.source,
      fields: view.fields,
    })
    expect(saved.version).toBe(view.version + 1)
    expect((await refusalOf(owner.customers.fields.update({ ...pay, options } as never))).code).toBe('STALE')
  })

  it('that are retired keep their values, are not changed or removed, and come back', async () => {
    const memo = await field('memo')
    const [row] = await listed(sales, { fields: { audited: false } })
    const view = await sales.customers.get({ id: row?.id ?? '' })
    const retired = await owner.customers.fields.retire({ id: memo.id, version: memo.version, retired: true })
    const changed = { id: view.id, version: view.version, name: view.name, source: view.source }
    expect(await issuesOf(sales.customers.update({ ...changed, fields: { memo: 'anders' } }))).toEqual([
      ['fields.memo', 'fields:errors.retired'],
    ])
    await sales.customers.update({ ...changed, fields: {} })
    expect((await sales.customers.get({ id: view.id })).fields).toEqual(view.fields)
    const removal = await refusalOf(owner.customers.fields.remove({ id: memo.id, version: retired.version }))
    expect(removal).toMatchObject({ code: 'CUSTOMER_FIELD_IN_USE' })
    // Its name is free meanwhile; then it cannot come back under it.
    const same = await define('memo2', 'text', { labels: labels('自memo') })
    const back = { id: memo.id, version: retired.version, retired: false }
    expect((await refusalOf(owner.customers.fields.retire(back))).code).toBe('CUSTOMER_FIELD_LABEL')
    await owner.customers.fields.remove({ id: same.id, version: same.version })
    await owner.customers.fields.retire(back)
    expect((await field('memo')).retired).toBe(false)
  })

  it('tell how many customers have them', async () => {
    const usage = new Map((await owner.customers.fields.usage({})).map((one) => [one.id, one]))
    expect(usage.get(ids['pay'] ?? '')).toMatchObject({ count: 4, options: { cash: 3, month: 1 } })
    expect(usage.get(ids['amount'] ?? '')).toBeUndefined()
  })
})

describe('a sheet', () => {
  const ended = async (started: Promise<{ jobId: string }>): Promise<JobView> =>
    t.core.deps.jobs.settled((await started).jobId)
  const bytesOf = (job: JobView) => t.core.deps.files.readTemporary(t.ids.owner, job.files[0]?.fileId ?? '').bytes
  const open = async (file: File) => {
    const { fileId } = await owner.files.upload({ file })
    return owner.imports.open({ entity: 'customers', fileId })
  }
  const check = async (table: Awaited<ReturnType<typeof open>>) =>
    ended(
      owner.imports.check({
        tableId: table.tableId,
        sheet: 0,
        headRow: table.sheets[0]?.headRow ?? 0,
        mapping: [...(table.sheets[0]?.mapping ?? [])],
        onMatch: 'update',
        onSimilar: 'create',
      }),
    )
  const csv = (rows: readonly (readonly string[])[]) =>
    new File(
      [rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\r\n')],
      '客户.csv',
      { type: 'text/csv' },
    )

  it.each(['xlsx', 'csv'] as const)('goes out and comes back the same in all five kinds (%s)', async (format) => {
    for (const memo of ['=SUM(A1)', "'=1", '007', 'a\n"b",c', '+1', '@x']) {
      const fields = { memo, amount: 0.07, since: '2026-01-05', pay: 'month', audited: true }
      await owner.customers.create({ name: `圆环${format}${memo.length}${memo.charCodeAt(0)}`, source: 'web', fields })
    }
    const job = await ended(owner.customers.exportRows({ format, filters: {}, sort: { key: 'code', dir: 'asc' } }))
    const bytes = new Uint8Array(bytesOf(job))
    const { sheets } = await readTable(bytes, `x.${format}`)
    expect(sheets[0]?.rows[0]?.slice(-5)).toEqual(['自pay', '自memo', '自since', '自audited', '自amount'])
    const table = await open(new File([bytes], `客户.${format}`))
    expect(table.sheets[0]?.mapping.slice(-5)).toEqual([
      'field:pay',
      'field:memo',
      'field:since',
      'field:audited',
      'field:amount',
    ])
    const count = (await owner.customers.summary({ filters: {} })).count
    expect((await check(table)).result).toMatchObject({ rows: count, skipped: count, failed: 0 })
  })

  it('brings values in, names the cell that is wrong, and can be taken back', async () => {
    const head = ['客户名称', '来源', 'Own pay', '自amount', 'AUDITED', 'Own since', '自memo']
    const table = await open(
      csv([
        head,
        ['新一公司', '网络', 'Monthly', '1,234.50万元', '√', '2026年1月5日', '=x'],
        ['新二公司', '网络', '赊账', '1.234', '也许', '昨天', '好'],
      ]),
    )
    expect(table.sheets[0]?.mapping).not.toContain(null)
    const checked = await check(table)
    expect(checked.result).toMatchObject({ rows: 2, created: 1, failed: 1 })
    const { checkId } = checked.result as { checkId: string }
    const judged = await owner.imports.rows({ limit: 10, sort: { key: 'row', dir: 'asc' }, filters: { checkId } })
    expect(judged.rows[1]?.problems.map((one) => [one.field, one.key])).toEqual([
      ['field:pay', 'validation:notAChoice'],
      ['field:since', 'validation:noSuchDay'],
      ['field:audited', 'validation:notAChoice'],
      ['field:amount', 'fields:errors.decimals'],
    ])
    const failed = await readTable(new Uint8Array(bytesOf(checked)), 'x.xlsx')
    expect(failed.sheets[0]?.rows[1]?.at(-1)).toContain('自amount')
    const ran = (await ended(owner.imports.run({ checkId }))).result as { importId: string }
    const [made] = (await listed(owner)).filter((row) => row.name === '新一公司')
    const { fields } = await owner.customers.get({ id: made?.id ?? '' })
    expect(fields).toEqual({ memo: '=x', amount: 1234.5, since: '2026-01-05', pay: 'month', audited: true })

    const over = await open(
      csv([
        ['编号', '自amount'],
        [made?.code ?? '', '9'],
      ]),
    )
    const second = (await check(over)).result as { checkId: string }
    const changed = (await ended(owner.imports.run({ checkId: second.checkId }))).result as { importId: string }
    expect((await owner.customers.get({ id: made?.id ?? '' })).fields).toEqual({ ...fields, amount: 9 })
    for (const id of [changed.importId, ran.importId]) {
      const { version } = await owner.imports.get({ id })
      // What was changed back is changed since: the first import's record stays unless asked to go.
      await ended(owner.imports.revert({ id, version, keepChanged: true }))
    }
    expect((await owner.customers.get({ id: made?.id ?? '' })).fields).toEqual(fields)
  })
})

describe('a span of numbers or days', () => {
  it('finds exactly the files whose value lies in it, whatever the span, within the scope', async () => {
    const made = new Map<string, { amount: number; since: string }>()
    for (let n = 0; n < 24; n += 1) {
      const value = { amount: (n * 37) % 100, since: `2021-${String((n % 12) + 1).padStart(2, '0')}-15` }
      const name = `跨度${n}公司`
      made.set(name, value)
      await sales.customers.create({ name, source: 'web', fields: value })
    }
    await other.customers.create({ name: '他人跨度公司', source: 'web', fields: { amount: 50, since: '2021-06-15' } })
    const found = async (fields: object) => {
      const rows = await listed(sales, { fields })
      expect((await sales.customers.summary({ filters: { fields } as never })).count).toBe(rows.length)
      expect(rows.some((row) => row.name === '他人跨度公司')).toBe(false)
      return rows
        .map((row) => row.name)
        .filter((name) => made.has(name))
        .toSorted()
    }
    const wanted = (fits: (value: { amount: number; since: string }) => boolean) =>
      [...made]
        .filter(([, value]) => fits(value))
        .map(([name]) => name)
        .toSorted()
    const bound = fc.option(fc.integer({ min: -10, max: 110 }), { nil: undefined })
    const month = fc.integer({ min: 1, max: 12 }).map((m) => `2021-${String(m).padStart(2, '0')}-15`)
    const day = fc.option(month, { nil: undefined })
    await fc.assert(
      fc.asyncProperty(bound, bound, day, day, async (from, to, first, last) => {
        const fields = { amount: { from, to }, since: { from: first, to: last } }
        expect(await found(fields)).toEqual(
          wanted(
            ({ amount, since }) =>
              amount >= (from ?? -Infinity) &&
              amount <= (to ?? Infinity) &&
              since >= (first ?? '') &&
              since <= (last ?? '9999'),
          ),
        )
      }),
      { numRuns: 40 },
    )
    expect(
      (await refusalOf(sales.customers.list({ ...PAGE, filters: { fields: { amount: { from: 'x' } } } } as never)))
        .code,
    ).toBe('VALIDATION')
  })
})
