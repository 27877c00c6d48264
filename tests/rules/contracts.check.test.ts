import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { asDay } from '#shared/kernel/dates.ts'
import { canBeSigned, checkContract, ratesOn, type CheckInput } from '#shared/modules/contracts/contracts.check.ts'
import { contractSums } from '#shared/modules/contracts/contracts.rules.ts'
import type { ContractFields, Party } from '#shared/modules/contracts/contracts.schema.ts'
import { sampleFields, sampleSeller } from '#tests/helpers/sample-contract.ts'

const check = (over: (fields: ContractFields) => void = () => {}, seller: Partial<Party> = {}) => {
  const fields = sampleFields()
  over(fields)
  const input: CheckInput = {
    fields,
    seller: { ...sampleSeller, ...seller },
    sums: contractSums(fields.lines),
    rates: [1300, 900, 600],
  }
  return checkContract(input)
}
const codes = (...args: Parameters<typeof check>) => check(...args).map((f) => `${f.severity}:${f.code}`)

describe('check of a draft', () => {
  it('finds nothing in a complete one', () => {
    expect(check()).toEqual([])
  })

  // The eight usual items of 民法典 470, the further ones of 596, and what must add up.
  it.each<[string, (f: ContractFields) => void, string]>([
    ['no buyer', (f) => (f.buyer.name = ' '), 'error:buyer_name'],
    ['no address of the buyer', (f) => (f.buyer.address = ''), 'error:buyer_address'],
    ['no code of the buyer', (f) => (f.buyer.uscc = ''), 'warning:buyer_uscc'],
    ['selling to oneself', (f) => (f.buyer.name = sampleSeller.name), 'error:same_party'],
    ['no goods', (f) => (f.lines = []), 'error:no_lines'],
    ['goods without a name', (f) => (f.lines[0]!.name = ''), 'error:line_name'],
    ['goods without quantity', (f) => (f.lines[0]!.quantity = 0), 'error:line_quantity'],
    ['goods without unit', (f) => (f.lines[0]!.unit = ''), 'error:line_unit'],
    ['goods without price', (f) => (f.lines[0]!.price = 0), 'error:line_price'],
    ['goods without specification', (f) => (f.lines[0]!.spec = ''), 'warning:line_spec'],
    ['a rate that is not in force', (f) => (f.lines[0]!.rate = 1700), 'error:line_rate'],
    ['no quality', (f) => (f.terms.quality = ''), 'error:quality'],
    ['no place of delivery', (f) => (f.terms.deliveryPlace = ''), 'error:delivery_place'],
    ['no delivery terms', (f) => (f.terms.deliveryTerms = ''), 'error:delivery_terms'],
    ['no delivery day', (f) => (f.terms.deliveryDay = null), 'error:delivery_day'],
    ['no inspection', (f) => (f.terms.inspection = ''), 'error:inspection'],
    ['no inspection period', (f) => (f.terms.inspectionDays = null), 'warning:inspection_days'],
    ['no packing', (f) => (f.terms.packaging = ''), 'warning:packaging'],
    ['no court', (f) => (f.terms.disputePlace = ''), 'error:dispute_place'],
    ['no penalty', (f) => (f.terms.penaltyPerDay = null), 'warning:penalty'],
    ['no schedule', (f) => (f.plan = []), 'error:no_plan'],
    ['a schedule that does not add up', (f) => (f.plan[0]!.share = { kind: 'percent', rate: 9000 }), 'error:plan_sum'],
    ['an instalment without a name', (f) => (f.plan[0]!.label = ''), 'error:plan_label'],
    ['a fixed day that is missing', (f) => (f.plan[0]!.trigger = 'fixed'), 'error:plan_fixed_day'],
    ['a remainder in the middle', (f) => (f.plan[0]!.share = { kind: 'rest' }), 'error:plan_rest'],
    ['earnest money above a fifth (民法典 586)', (f) => (f.plan[0]!.isDeposit = true), 'warning:deposit_limit'],
    ['payment after a warranty that is not agreed', (f) => (f.terms.warrantyMonths = null), 'error:plan_warranty'],
  ])('%s', (_name, over, want) => {
    expect(codes(over)).toContain(want)
  })

  it('needs neither rate nor text of breach together, but one of them', () => {
    const both = (f: ContractFields) => {
      f.terms.penaltyPerDay = null
      f.terms.breach = ''
    }
    expect(codes(both)).toEqual(expect.arrayContaining(['error:breach', 'warning:penalty']))
  })

  it('looks at our own side too', () => {
    expect(codes(undefined, { name: '' })).toContain('error:seller_name')
    expect(codes(undefined, { address: '' })).toContain('error:seller_address')
    expect(codes(undefined, { bankAccount: '' })).toContain('error:seller_bank')
  })

  it('names the field, so that the editor can go there', () => {
    const [found] = check((f) => (f.lines[1]!.unit = ''))
    expect(found).toEqual({ severity: 'error', code: 'line_unit', path: ['lines', 1, 'unit'], article: 'civil470' })
  })

  it('warns about earnest money only beyond 20 %: ¥300,000 allows 60,000', () => {
    const deposit = (rate: number) =>
      codes((f) => {
        f.plan[0]!.isDeposit = true
        f.plan[0]!.share = { kind: 'percent', rate }
        f.plan[2]!.share = { kind: 'rest' }
      })
    expect(deposit(2000)).not.toContain('warning:deposit_limit')
    expect(deposit(2001)).toContain('warning:deposit_limit')
  })

  it('lets warnings pass and errors not', () => {
    expect(canBeSigned(check((f) => (f.terms.packaging = '')))).toBe(true)
    expect(canBeSigned(check((f) => (f.terms.quality = '')))).toBe(false)
  })
})

describe('words of the check', () => {
  it.each(['zh-CN', 'zh-TW', 'en'])('exist for every finding and article in %s', (locale) => {
    const words = JSON.parse(readFileSync(`shared/i18n/locales/${locale}/contracts.json`, 'utf8')) as {
      findings: Record<string, string>
      articles: Record<string, string>
    }
    const source = readFileSync('shared/modules/contracts/contracts.check.ts', 'utf8')
    const codesUsed = [...source.matchAll(/report\('(?:error|warning)', '([a-z_]+)'/g)].map((m) => m[1]!)
    expect(codesUsed.length).toBeGreaterThan(20)
    for (const code of codesUsed) expect(words.findings[code], code).toBeTruthy()
    for (const [, article] of source.matchAll(/'((?:civil|vat)\d+)'/g))
      expect(words.articles[article!], article).toBeTruthy()
  })
})

describe('rates in force', () => {
  it('knows a rate from its first to its last day', () => {
    const table = [
      { rate: 1300, from: '2019-04-01', to: null },
      { rate: 1600, from: '2018-05-01', to: '2019-03-31' },
    ]
    expect(ratesOn(table, asDay('2019-03-31'))).toEqual([1600])
    expect(ratesOn(table, asDay('2019-04-01'))).toEqual([1300])
  })
})
