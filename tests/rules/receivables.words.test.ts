import { describe, expect, it } from 'vitest'
import { LOCALES } from '#shared/i18n/locale.ts'
import { makeTranslator } from '#shared/i18n/translate.ts'
import { DELAY_REASONS, STEP_KINDS, TRUST } from '#shared/modules/dunning/dunning.ladder.rules.ts'
import { PROMISE_STATES } from '#shared/modules/dunning/dunning.promises.rules.ts'
import { OUTCOMES, SIGNERS } from '#shared/modules/dunning/dunning.proof.rules.ts'
import { ALLOCATION_REASONS, ALLOCATION_RULES } from '#shared/modules/receivables/receivables.allocation.rules.ts'
import { EVIDENCE_KINDS, evidenceRule, PROOFS } from '#shared/modules/receivables/receivables.evidence.rules.ts'
import { RATE_UNITS } from '#shared/modules/receivables/receivables.rates.rules.ts'

/** Groups of keys that rules put together, so that nobody else finds the ones that are missing. */
const GROUPS: Record<string, readonly string[]> = {
  'contracts:articles': [
    ...EVIDENCE_KINDS.map((kind) => evidenceRule(kind).article),
    'civil560',
    'civil585',
    'civil621',
    'invoice19',
    'invoice21',
    'reply11',
    'sales18',
    'sales26',
    'sme10',
    'sme17',
    'tax23',
    'tax24',
    'vat10',
  ],
  'dunning:actions': [
    'none',
    'wait',
    'send',
    'recordReason',
    'settleDispute',
    'sendStatement',
    'escalate',
    'confirmDebt',
  ],
  'dunning:delayReasons': DELAY_REASONS,
  'dunning:next': [
    'excluded',
    'allDisputed',
    'smallAmount',
    'promised',
    'ladderDone',
    'notYet',
    'tooSoon',
    'disputedApart',
  ],
  'dunning:next.before': ['recordReason', 'settleDispute', 'sendStatement', 'escalate', 'confirmDebt'],
  'dunning:next.due': ['before', ...STEP_KINDS],
  'dunning:promises': PROMISE_STATES,
  'dunning:proof.faults': [
    'emsNumber',
    'emsCheckDigit',
    'contents',
    'postedEarly',
    'outcomeEarly',
    'address',
    'signer',
  ],
  'dunning:proof.outcomes': OUTCOMES,
  'dunning:proof.signers': SIGNERS,
  'dunning:rank': ['broken', 'expired', 'limitation', 'overdue'],
  'dunning:steps': STEP_KINDS,
  'dunning:trust': TRUST,
  'receivables:allocation.reasons': ALLOCATION_REASONS,
  'receivables:allocation.rules': ALLOCATION_RULES,
  'receivables:basis.kinds': ['agreed', 'statutoryDaily', 'lpr', 'benchmark'],
  'receivables:basis.reasons': [
    'agreed',
    'beforeLpr',
    'belowLpr',
    'courtsDiffer',
    'replyLpr',
    'sinceLpr',
    'sizeUnknown',
    'smallFirm',
    'surchargeRange',
  ],
  'receivables:complaint': ['notSmall', 'notCovered', 'noContract', 'nothingOverdue'],
  'receivables:credit': ['hold', 'overdueHold', 'overdue', 'noLimit', 'overLimit'],
  'receivables:credit.criteria': ['delay', 'promises', 'disputes', 'overdue', 'years'],
  'receivables:credit.criteria.registration': ['active', 'abnormal', 'revoked', 'unknown'],
  'receivables:credit.criteria.size': ['large', 'medium', 'small', 'micro', 'publicBody', 'unknown'],
  'receivables:due.inspection': ['agreed', 'warranty', 'twoYears'],
  'receivables:evidence.groups': ['demand', 'consent', 'proceeding'],
  'receivables:evidence.kinds': EVIDENCE_KINDS,
  'receivables:evidence.proofs': PROOFS,
  'receivables:evidence.strength': ['strong', 'weak', 'none'],
  'invoices:findings': ['lineTax', 'buyer', 'taxId', 'goods', 'goodsAmount', 'rate', 'total', 'instalment'],
  'receivables:limitation.effects': ['interrupts', 'restarts', 'beforeStart', 'tooLate', 'weak', 'notProven'],
  'receivables:limitation.notes': [
    'noDueDay',
    'shifted',
    'weak',
    'longStop',
    'proceedings',
    'suspended',
    'tooLate',
    'restarted',
  ],
  'receivables:limitation.start': ['due', 'lastInstalment', 'grace', 'refused'],
  'receivables:limitation.states': ['noDueDay', 'notDue', 'running', 'suspended', 'proceedings', 'expired'],
  'receivables:matching': [
    'account',
    'number',
    'name',
    'nameBegins',
    'amountOnly',
    'one',
    'all',
    'earliest',
    'some',
    'part',
    'named',
    'ambiguous',
  ],
  'receivables:matching.states': ['sure', 'likely', 'ambiguous', 'unknown', 'outgoing'],
  'receivables:rate': ['surcharge', ...RATE_UNITS],
  'receivables:sale': ['notInstalments', 'belowShare', 'noDemand', 'timeRuns'],
}

describe('every reason that a rule gives has words', () => {
  it.each(LOCALES)('in %s', (locale) => {
    const t = makeTranslator(locale)
    const keys = Object.entries(GROUPS).flatMap(([group, names]) => names.map((name) => `${group}.${name}`))
    // A missing key comes back as itself, without its namespace.
    expect(keys.filter((key) => t(key) === key.split(':')[1])).toEqual([])
  })
  it('and shows what it is about', () => {
    const t = makeTranslator('zh-CN')
    expect(t('receivables:limitation.notes.shifted', { day: '2026-10-03', shifted: '2026-10-08' })).toBe(
      '末日 2026-10-03 为法定休假日，顺延至 2026-10-08；请在 2026-10-03 之前办理',
    )
    expect(t('receivables:rate.surcharge', { rate: '3.35%', surcharge: '40%' })).toBe('年利率 3.35% 加计 40%')
  })
})
