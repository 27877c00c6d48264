import { describe, expect, it } from 'vitest'
import { LOCALES } from '#shared/i18n/locale.ts'
import { makeTranslator } from '#shared/i18n/translate.ts'
import { asDay } from '#shared/kernel/dates.ts'
import { asFen } from '#shared/kernel/money.ts'
import {
  canBeSigned,
  CHECK_RULES,
  checkContract,
  ratesOn,
  type CheckInput,
} from '#shared/modules/contracts/contracts.check.ts'
import type { CreditFound } from '#shared/modules/contracts/contracts.check.types.ts'
import { emptyPlanLine } from '#shared/modules/contracts/contracts.draft.rules.ts'
import { lawOn, SHIPPED_LAW } from '#shared/modules/contracts/contracts.law.ts'
import { contractSums } from '#shared/modules/contracts/contracts.rules.ts'
import type { ContractFields, Finding, Party } from '#shared/modules/contracts/contracts.schema.ts'
import { creditCheck, draftFindings } from '#shared/modules/credit/credit.rules.ts'
import { asBilingual, asPriceList, asServices, KIND_CASES } from '#tests/helpers/contract-kinds.ts'
import { sampleFields, sampleSeller } from '#tests/helpers/sample-contract.ts'

type Over = (fields: ContractFields, seller: Record<keyof Party, string>, credit: CreditFound[]) => void
const DAY = asDay('2026-01-05')

function check(over: Over = () => {}): Finding[] {
  const fields = sampleFields()
  const seller = { ...sampleSeller }
  const credit: CreditFound[] = []
  over(fields, seller, credit)
  const input: CheckInput = {
    fields,
    seller,
    sums: contractSums(fields.lines),
    rates: [1300, 900, 600],
    day: DAY,
    law: lawOn(SHIPPED_LAW, DAY),
    credit,
  }
  return checkContract(input)
}
/** What the check of the buyer's credit finds of a card on hold, late, exceeded and out of date. */
const CREDIT = draftFindings({
  mode: 'warn',
  blocked: true,
  reasons: creditCheck(
    'draft',
    { limit: asFen(100), validTo: asDay('2026-01-04'), hold: true, holdReason: '两次失约' },
    { outstanding: 200, overdue: 200, undelivered: 0, advances: 0, maxDaysOverdue: 95 },
    { holdFromDays: 90 },
    DAY,
  ).reasons,
})
const OVERDUE = { code: 'credit_overdue', severity: 'warning', params: { amount: '2.00', days: '95' } } as const
const found =
  (code: string, severity: CreditFound['severity']): Over =>
  (_fields, _seller, credit) =>
    credit.push({ ...[...CREDIT, OVERDUE].find((one) => one.code === code)!, severity })
const codes = (over?: Over) => check(over).map((f) => `${f.severity}:${f.code}`)

/** Towards a large buyer or a public body, as a small firm. */
const towards = (f: ContractFields, size: 'large' | 'publicBody', days: number) => {
  f.terms.ourSize = 'small'
  f.terms.buyerSize = size
  f.terms.smeNotice = true
  f.plan[1] = { ...f.plan[1]!, trigger: 'delivery', dueRule: 'days', dayKind: 'natural', days }
}
const proxy = (letter: string, validTo: string | null) => ({
  kind: 'proxy' as const,
  letter,
  validTo: validTo === null ? null : asDay(validTo),
})
const deposit = (f: ContractFields, rate: number, label = '定金') => {
  f.plan[0] = { ...f.plan[0]!, label, isDeposit: true, share: { kind: 'percent', rate } }
  f.plan[1] = { ...f.plan[1]!, share: { kind: 'percent', rate: 5000 } }
}
const arbitrate = (f: ContractFields, place: string) => {
  f.terms.disputeWay = 'arbitration'
  f.terms.disputePlace = place
}
const say = (text: string) => (f: ContractFields) => (f.terms.other = text)
const TOTAL = contractSums(sampleFields().lines).amount

/** For each rule a draft that breaks it and one close to it that does not; the second is the complete one otherwise. */
const CASES: [string, Over, Over?][] = [
  ['error:buyer_name', (f) => (f.buyer.name = ' ')],
  ['error:buyer_address', (f) => (f.buyer.address = '')],
  ['warning:buyer_uscc', (f) => (f.buyer.uscc = '')],
  ['error:buyer_uscc_wrong', (f) => (f.buyer.uscc = '91510100MA61T0TT28'), (f) => (f.buyer.uscc = '')],
  ['warning:buyer_legal', (f) => (f.buyer.legalRepresentative = '')],
  ['warning:buyer_bank', (f) => (f.buyer.bankName = ''), (f) => (f.buyer.bankName = f.buyer.bankAccount = '')],
  [
    'warning:buyer_account_wrong',
    (f) => (f.buyer.bankAccount = '账号待定'),
    (f) => (f.buyer.bankAccount = '5100-1234 5678'),
  ],
  ['error:seller_name', (_f, s) => (s.name = '')],
  ['error:seller_address', (_f, s) => (s.address = '')],
  ['error:seller_uscc_wrong', (_f, s) => (s.uscc = '91350100M000100Y44'), (_f, s) => (s.uscc = '')],
  ['error:seller_bank', (_f, s) => (s.bankAccount = '')],
  ['error:seller_account_wrong', (_f, s) => (s.bankAccount = '12'), (_f, s) => (s.bankAccount = '123456')],
  ['error:same_party', (f) => (f.buyer.name = sampleSeller.name)],
  ['warning:our_signer', (f) => (f.ourSigner = '')],
  ['warning:their_signer', (f) => (f.theirSigner = '')],
  ['warning:sign_place', (f) => (f.signPlace = '')],
  ['warning:authority', (f) => (f.terms.ourAuthority.kind = 'unknown')],
  [
    'error:authority_letter',
    (f) => (f.terms.theirAuthority = proxy('', '2026-12-31')),
    (f) => (f.terms.theirAuthority = proxy('SQ-1', '2026-12-31')),
  ],
  ['warning:credit_hold', found('credit_hold', 'warning')],
  ['error:credit_late', found('credit_late', 'error')],
  ['error:credit_over', found('credit_over', 'error'), found('credit_overdue', 'warning')],
  ['warning:credit_expired', found('credit_expired', 'warning')],
  ['warning:credit_overdue', found('credit_overdue', 'warning')],
  [
    'warning:authority_term',
    (f) => (f.terms.theirAuthority = proxy('SQ-1', null)),
    (f) => (f.terms.theirAuthority = proxy('SQ-1', DAY)),
  ],
  [
    'error:authority_expired',
    (f) => (f.terms.ourAuthority = proxy('SQ-1', '2026-01-04')),
    (f) => (f.terms.ourAuthority = proxy('SQ-1', '2026-01-05')),
  ],
  [
    'error:authority_name',
    (f) => {
      f.theirSigner = '李四'
      f.terms.theirAuthority = { kind: 'legalRepresentative', letter: '', validTo: null }
    },
    (f) => (f.theirSigner = '李四'),
  ],
  ['warning:service_address', (f) => (f.terms.serviceAddress = '')],
  [
    'error:service_email_wrong',
    (f) => (f.terms.serviceEmail = 'buyer.example.com'),
    (f) => (f.terms.serviceEmail = 'law@example.com'),
  ],
  ['error:no_lines', (f) => (f.lines = [])],
  ['error:line_name', (f) => (f.lines[0]!.name = '')],
  ['error:line_quantity', (f) => (f.lines[0]!.quantity = 0)],
  ['error:line_unit', (f) => (f.lines[0]!.unit = '')],
  ['error:line_price', (f) => (f.lines[0]!.price = 0)],
  ['warning:line_spec', (f) => (f.lines[0]!.spec = '')],
  ['error:line_rate', (f) => (f.lines[0]!.rate = 1700), (f) => (f.lines[0]!.rate = 600)],
  [
    'error:line_amount',
    (f) => Object.assign(f.lines[0]!, { price: 1, quantity: 1 }),
    (f) => Object.assign(f.lines[0]!, { price: 100, quantity: 1000 }),
  ],
  [
    'warning:line_late',
    (f) => (f.lines[0]!.deliveryDay = asDay('2026-07-01')),
    (f) => (f.lines[0]!.deliveryDay = asDay('2026-06-30')),
  ],
  [
    'warning:line_past',
    (f) => (f.lines[0]!.deliveryDay = asDay('2026-01-04')),
    (f) => (f.lines[0]!.deliveryDay = asDay('2026-01-05')),
  ],
  [
    'warning:line_twice',
    (f) => f.lines.push({ ...f.lines[0]!, price: 1 }),
    (f) => f.lines.push({ ...f.lines[0]!, spec: '6206' }, { ...f.lines[0]! }),
  ],
  ['error:no_amount', (f) => f.lines.forEach((line) => (line.price = 0))],
  ['error:no_plan', (f) => (f.plan = [])],
  ['error:plan_sum', (f) => (f.plan[0]!.share = { kind: 'percent', rate: 9000 })],
  ['error:plan_label', (f) => (f.plan[0]!.label = '')],
  ['error:plan_amount', (f) => (f.plan[0]!.share = { kind: 'percent', rate: 0 })],
  [
    'error:plan_fixed_day',
    (f) => (f.plan[0]!.trigger = 'fixed'),
    (f) => Object.assign(f.plan[0]!, { trigger: 'fixed', fixedDay: '2026-02-01' }),
  ],
  [
    'error:plan_month_day',
    (f) => (f.plan[0]!.dueRule = 'monthDay'),
    (f) => Object.assign(f.plan[0]!, { dueRule: 'monthDay', monthDay: 15 }),
  ],
  [
    'warning:plan_fixed_past',
    (f) => Object.assign(f.plan[0]!, { trigger: 'fixed', fixedDay: '2026-01-04' }),
    (f) => Object.assign(f.plan[0]!, { trigger: 'fixed', fixedDay: '2026-01-05' }),
  ],
  ['error:plan_rest', (f) => (f.plan[0]!.share = { kind: 'rest' })],
  ['error:plan_warranty', (f) => (f.terms.warrantyMonths = null)],
  // 民法典 586: exactly a fifth is earnest money, a hundredth of a percent more is not.
  ['warning:deposit_limit', (f) => deposit(f, 2001), (f) => deposit(f, 2000)],
  [
    'warning:deposit_late',
    (f) => {
      deposit(f, 2000)
      f.plan[0]!.trigger = 'delivery'
    },
    (f) => deposit(f, 2000),
  ],
  [
    'note:deposit_or_penalty',
    (f) => deposit(f, 1000),
    (f) => {
      deposit(f, 1000)
      f.terms.penaltyPerDay = null
    },
  ],
  ['note:deposit_double', (f) => deposit(f, 1000)],
  ['error:term_public_max', (f) => towards(f, 'publicBody', 61), (f) => towards(f, 'publicBody', 60)],
  ['warning:term_public', (f) => towards(f, 'publicBody', 31), (f) => towards(f, 'publicBody', 30)],
  ['warning:term_large', (f) => towards(f, 'large', 61), (f) => towards(f, 'large', 60)],
  ['warning:acceptance_term', (f) => (f.terms.inspectionDays = null)],
  ['warning:size_unknown', (f) => (f.terms.buyerSize = 'unknown')],
  [
    'warning:sme_notice',
    (f) => {
      towards(f, 'large', 30)
      f.terms.smeNotice = false
    },
    (f) => towards(f, 'large', 30),
  ],
  ['warning:settlement', (f) => (f.terms.settlement = '')],
  ['note:instalment_sale', () => {}, (f) => (f.plan = [{ ...emptyPlanLine(), label: '全款' }])],
  ['note:retain_title', (f) => (f.terms.retainTitle = true)],
  ['error:quality', (f) => (f.terms.quality = '')],
  ['error:delivery_place', (f) => (f.terms.deliveryPlace = '')],
  ['error:delivery_terms', (f) => (f.terms.deliveryTerms = '')],
  ['error:inspection', (f) => (f.terms.inspection = '')],
  ['error:dispute_place', (f) => (f.terms.disputePlace = '')],
  ['error:delivery_day', (f) => (f.terms.deliveryDay = null)],
  [
    'warning:delivery_past',
    (f) => (f.terms.deliveryDay = asDay('2026-01-04')),
    (f) => (f.terms.deliveryDay = asDay('2026-01-05')),
  ],
  [
    'error:breach',
    (f) => (f.terms.penaltyPerDay = null),
    (f) => Object.assign(f.terms, { penaltyPerDay: null, breach: '赔偿损失' }),
  ],
  ['warning:penalty', (f) => (f.terms.penaltyPerDay = null)],
  // 1-year LPR 3.00 %: 0 a day is below, 0.01 % a day (3.65 % a year) is not.
  ['error:penalty_below_lpr', (f) => (f.terms.penaltyPerDay = 0), (f) => (f.terms.penaltyPerDay = 1)],
  ['warning:penalty_high', (f) => (f.terms.penaltyPerDay = 11), (f) => (f.terms.penaltyPerDay = 10)],
  // Loss ¥20,000: a penalty of 26,000 may stand, more is generally excessive (合同编通则解释 65).
  ['warning:penalty_excess', (f) => penaltyOf(f, 26_001), (f) => penaltyOf(f, 26_000)],
  ['warning:packaging', (f) => (f.terms.packaging = '')],
  ['warning:inspection_days', (f) => (f.terms.inspectionDays = null)],
  ['warning:inspection_short', (f) => (f.terms.inspectionDays = 2), (f) => (f.terms.inspectionDays = 3)],
  [
    'warning:warranty',
    (f) => (f.terms.warrantyMonths = null),
    (f) => Object.assign(f.terms, { warrantyMonths: null, warranty: '质量保证期一年' }),
  ],
  [
    'warning:inspection_beyond_warranty',
    (f) => Object.assign(f.terms, { inspectionDays: 32, warrantyMonths: 1 }),
    (f) => Object.assign(f.terms, { inspectionDays: 31, warrantyMonths: 1 }),
  ],
  ['error:dispute_mismatch', (f) => (f.terms.disputePlace = '重庆仲裁委员会'), (f) => arbitrate(f, '重庆仲裁委员会')],
  ['error:dispute_both', (f) => (f.terms.disputePlace = '重庆仲裁委员会或者出卖人住所地人民法院')],
  ['warning:dispute_commission', (f) => arbitrate(f, '当地仲裁机构'), (f) => arbitrate(f, '重庆仲裁委员会')],
  ['warning:copies', (f) => (f.terms.copies = 1), (f) => (f.terms.copies = 2)],
  [
    'warning:text_effect',
    (f) => (f.language = 'en'),
    (f) => {
      f.language = 'en'
      f.terms.other = 'The Chinese version shall prevail.'
    },
  ],
  [
    'error:run_order',
    (f) => Object.assign(f.terms, { startDay: '2026-02-02', endDay: '2026-02-01' }),
    (f) => Object.assign(f.terms, { startDay: '2026-02-01', endDay: '2026-02-01' }),
  ],
  ['error:run_over', (f) => (f.terms.endDay = asDay('2026-01-04')), (f) => (f.terms.endDay = asDay('2026-01-05'))],
  [
    'error:third_party_pays',
    (f) => {
      towards(f, 'large', 30)
      f.terms.other = '买受人在收到业主付款后十日内支付'
    },
    say('买受人收到发票后十日内支付'),
  ],
  ['warning:third_party_pays', say('付款方式为背靠背'), say('买受人收到货物后付款')],
  ['warning:exclusion', say('出卖人对此概不负责'), say('出卖人按约定承担责任')],
  ['warning:disputed_stops', say('发生争议时买受人有权暂停付款'), say('发生争议时有争议的部分另行协商')],
  ['warning:waiver', say('签署对账单即视为放弃违约金'), say('未主张的，不视为弃权')],
  ['warning:principal_first', say('所付款项先冲抵本金'), say('依次抵充费用、利息、本金')],
  ['error:invoice_words', say('出卖人按买受人指定的品名开票'), say('出卖人按实际品名开具发票')],
  ['warning:oral_change', say('口头约定有效'), say('变更须采用书面形式')],
  ['error:kickback', say('另付介绍费百分之三'), say('双方均不得给予账外利益')],
  ['warning:open_price', say('后续批次价格另行商定'), say('后续批次价格按本合同单价')],
  ['note:electronic_seal', say('可以采用电子签章'), say('采用纸质盖章')],
  ['warning:deposit_word', say('买受人支付订金一万元'), say('质量保证金为合同总价的百分之五')],
  ['error:deposit_name', (f) => deposit(f, 1000, '订金'), (f) => deposit(f, 1000)],
  ['error:total_in_text', say('合同总价为人民币 60,000.00 元'), say('合同总价为人民币 64,550.08 元')],
  ['error:capitals_in_text', say('人民币陆万肆仟伍佰元整'), say('总计人民币陆万肆仟伍佰伍拾元零捌分')],
  ...KIND_CASES,
]

/** Loss ¥20,000, a total of ¥1,000,000 and a cap that comes to so many yuan (whole hundreds). */
function penaltyOf(f: ContractFields, yuan: number): void {
  f.lines = [{ ...f.lines[0]!, quantity: 1000, price: 10_000_000_000 }]
  f.terms.estimatedLoss = asFen(yuan === 26_001 ? 1_999_900 : 2_000_000)
  f.terms.penaltyCap = 260
}

describe('check of a draft', () => {
  it('finds nothing to put right in a complete one', () => {
    expect(check().filter((finding) => finding.severity !== 'note')).toEqual([])
  })

  it.each([
    ['services', asServices],
    ['a price list', asPriceList],
    ['two languages', asBilingual],
  ])('finds nothing to put right in one of %s', (_name, change) => {
    expect(check(change).filter((finding) => finding.severity !== 'note')).toEqual([])
  })

  it('knows at least forty rules, each with a draft that breaks it and one that does not', () => {
    const tested = new Set(CASES.map(([name]) => name.split(':')[1]))
    expect(CHECK_RULES.filter((rule) => !tested.has(rule.code)).map((rule) => rule.code)).toEqual([])
    expect(new Set(CHECK_RULES.map((rule) => rule.code)).size).toBe(CHECK_RULES.length)
    expect(CHECK_RULES.length).toBeGreaterThanOrEqual(40)
  })

  it.each(CASES)('%s', (name, wrong, right) => {
    expect(codes(wrong)).toContain(name)
    expect(codes(right).map((found) => found.split(':')[1])).not.toContain(right ? name.split(':')[1] : undefined)
    if (!right) expect(codes()).not.toContain(name)
  })

  it('names the place, the article and the words that were found', () => {
    expect(check((f) => (f.lines[1]!.unit = ''))[0]).toEqual({
      severity: 'error',
      code: 'line_unit',
      path: ['lines', 1, 'unit'],
      article: 'civil470',
    })
    const [found] = check(say('买受人在收到业主付款后十日内支付')).filter((f) => f.code === 'third_party_pays')
    expect(found).toMatchObject({ path: ['terms', 'other'], article: 'sme9c', params: { words: '收到业主付款' } })
  })

  it('counts a month’s end and working days as the longest they can be', () => {
    const term = (over: object) =>
      codes((f) => {
        towards(f, 'publicBody', 0)
        Object.assign(f.plan[1]!, over)
      })
    expect(term({ dueRule: 'monthEnd', days: 30 })).toContain('warning:term_public')
    expect(term({ dueRule: 'monthEnd', days: 31 })).toContain('error:term_public_max')
    expect(term({ dayKind: 'working', days: 43 })).toContain('error:term_public_max')
    expect(term({ dayKind: 'working', days: 42 })).toContain('warning:term_public')
    expect(term({ trigger: 'fixed', fixedDay: '2026-08-30' })).toContain('error:term_public_max')
    expect(term({ trigger: 'warranty_end', days: 90 })).not.toContain('error:term_public_max')
  })

  it('reads capitals and totals in the characters of both scripts', () => {
    expect(codes(say('總價款人民幣陸萬肆仟伍佰伍拾元零捌分')).join()).not.toContain('capitals_in_text')
    expect(codes(say('合同总价 6.4550 万元'))).toContain('error:total_in_text')
    expect(codes(say('total contract price: CNY 64,550.08'))).not.toContain('error:total_in_text')
    expect(TOTAL).toBe(6_455_008)
  })

  it('lets warnings and notes pass and errors not', () => {
    expect(canBeSigned(check((f) => (f.terms.packaging = '')))).toBe(true)
    expect(canBeSigned(check((f) => (f.terms.retainTitle = true)))).toBe(true)
    expect(canBeSigned(check((f) => (f.terms.quality = '')))).toBe(false)
  })
})

describe('words of the check', () => {
  it.each(LOCALES)('say in %s what is wrong, where it stands and what would put it right', (locale) => {
    const t = makeTranslator(locale)
    const asked = CASES.flatMap(([name, wrong]) => check(wrong).filter((f) => `${f.severity}:${f.code}` === name))
    expect(asked.length).toBeGreaterThanOrEqual(CASES.length)
    for (const { code, article, params, wording } of asked) {
      const keys = [`findings.${code}`, `proposals.${code}`]
      if (article) keys.push(`articles.${article}`)
      if (wording) keys.push(`wordings.${code}`)
      for (const key of keys) {
        const words = t(`contracts:${key}`, params)
        expect(words, key).not.toBe(key)
        expect(words, key).not.toMatch(/\{\{|undefined/)
      }
    }
  })
})

describe('legal numbers', () => {
  it('hold from their day on; the firm’s own before the shipped', () => {
    expect(lawOn(SHIPPED_LAW, '2024-10-20').lpr1y).toBe(335)
    expect(lawOn(SHIPPED_LAW, '2024-10-21').lpr1y).toBe(310)
    expect(lawOn(SHIPPED_LAW, '2010-01-01').lpr1y).toBe(425)
    const own = [{ key: 'lpr1y' as const, from: asDay('2026-10-20'), value: 290, source: 'LPR' }]
    expect(lawOn(own, '2026-10-19').lpr1y).toBe(300)
    expect(lawOn(own, '2026-10-20').lpr1y).toBe(290)
    expect(lawOn([], '2026-01-01').depositLimit).toBe(2000)
  })

  it('all have a source', () => {
    for (const row of SHIPPED_LAW) expect(row.source.length, row.key).toBeGreaterThan(5)
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
