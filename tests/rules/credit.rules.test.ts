import { describe, expect, it } from 'vitest'
import type { Reason } from '#shared/kernel/reason.ts'
import { asDay, type PlainDay } from '#shared/kernel/dates.ts'
import {
  blocksDelivery,
  creditCheck,
  creditState,
  draftFindings,
  wholeYears,
  type CardFacts,
  type Exposure,
} from '#shared/modules/credit/credit.rules.ts'

const TODAY = asDay('2026-05-20')
const card = (over: Partial<CardFacts> = {}): CardFacts => ({
  limit: 1000,
  validTo: null,
  hold: false,
  holdReason: '',
  ...over,
})
const at = (over: Partial<Exposure> = {}): Exposure => ({
  outstanding: 600,
  overdue: 0,
  undelivered: 300,
  advances: 0,
  maxDaysOverdue: 0,
  ...over,
})
const NEVER = { holdFromDays: null }
const check = (facts: CardFacts | null, exposure = at(), amount = 0, where: 'draft' | 'delivery' = 'delivery') => {
  const found = creditCheck(where, facts, exposure, NEVER, TODAY, amount)
  return [found.verdict, found.exposure, found.reasons.map((one) => one.key.split(/[.:]/).at(-1)).join(' ')]
}

describe('the check', () => {
  it.each([
    ['nobody set anything', check(null), ['warn', 900, 'noLimit']],
    ['within the limit', check(card()), ['ok', 900, '']],
    ['to the fen', check(card(), at({ undelivered: 400 })), ['ok', 1000, '']],
    ['a fen beyond', check(card(), at({ undelivered: 401 })), ['block', 1001, 'overLimit']],
    ['paid ahead', check(card(), at({ undelivered: 401, advances: 1 })), ['ok', 1000, '']],
    ['a draft is only warned', check(card(), at(), 101, 'draft'), ['warn', 1001, 'overLimit']],
    ['on hold', check(card({ hold: true, holdReason: 'x' })), ['block', 900, 'hold']],
    ['valid until today', check(card({ validTo: TODAY })), ['ok', 900, '']],
    ['over since yesterday', check(card({ validTo: asDay('2026-05-19') })), ['block', 900, 'expired overLimit']],
  ])('%s', (_name, found, expected) => {
    expect(found).toEqual(expected)
  })

  it('of a draft says what its delivery would be stopped for', () => {
    expect(blocksDelivery(card(), at(), NEVER, TODAY, 100)).toBe(false)
    expect(blocksDelivery(card(), at(), NEVER, TODAY, 101)).toBe(true)
  })
})

describe('a card', () => {
  it.each([
    [card({ hold: true, limit: null }), 0, 'held'],
    [card({ limit: null }), 0, 'noLimit'],
    [card({ validTo: asDay('2026-05-19') }), 5000, 'expired'],
    [card(), 1001, 'exceeded'],
    [card(), 1000, 'ok'],
  ] as const)('%o with %i at stake is %s', (facts, exposure, state) => {
    expect(creditState(facts, exposure, TODAY)).toBe(state)
  })

  it.each([
    [null, 0],
    ['2025-05-21', 0],
    ['2025-05-20', 1],
    ['2020-02-29', 6],
    ['2027-01-01', 0],
  ])('since %s is %i years', (since, years) => {
    expect(wholeYears(since as PlainDay | null, TODAY)).toBe(years)
  })
})

describe('a draft', () => {
  const reasons: readonly Reason[] = [
    { key: 'receivables:credit.overLimit', params: { over: 12 } },
    { key: 'receivables:credit.overdue', params: {} },
    { key: 'receivables:credit.noLimit' },
  ]
  it.each([
    ['off', true, []],
    ['warn', true, ['warning credit_over', 'warning credit_overdue']],
    ['block', true, ['error credit_over', 'warning credit_overdue']],
    ['block', false, ['warning credit_over', 'warning credit_overdue']],
  ] as const)('where the firm says %s', (mode, blocked, expected) => {
    const found = draftFindings({ mode, blocked, reasons })
    expect(found.map((one) => `${one.severity} ${one.code}`)).toEqual(expected)
    expect(found[0]?.params).toEqual(expected.length === 0 ? undefined : { over: '12' })
  })
})
