import { diffDays } from '#shared/kernel/dates.ts'
import { mulRate } from '#shared/kernel/money.ts'
import { at, blank, type CheckInput, type CheckRule, type Place } from './contracts.check.types.ts'
import { isPriceList, sizeToBeTold, splitPlan } from './contracts.rules.ts'
import type { PlanLine } from './contracts.schema.ts'

const SMALL: readonly string[] = ['medium', 'small', 'micro']
/** Whether our side is protected as small or medium (保障中小企业款项支付条例 3). */
export const weAreSmall = ({ fields }: CheckInput): boolean => SMALL.includes(fields.terms.ourSize)
const buyerIs = (input: CheckInput, size: string) => input.fields.terms.buyerSize === size

const amountsOf = ({ fields, sums }: CheckInput) => splitPlan(sums.amount, fields.plan).amounts
const depositOf = (input: CheckInput) => {
  const amounts = amountsOf(input)
  return input.fields.plan.reduce((sum, line, i) => sum + (line.isDeposit ? (amounts[i] ?? 0) : 0), 0)
}

/** A rule that looks at each instalment by itself. */
function perInstalment(
  code: string,
  severity: CheckRule['severity'],
  article: CheckRule['article'],
  field: keyof PlanLine,
  holds: (line: PlanLine, index: number, input: CheckInput) => boolean,
  params?: (line: PlanLine, input: CheckInput) => NonNullable<Place['params']>,
): CheckRule {
  return {
    code,
    severity,
    article,
    find: (input) =>
      input.fields.plan.flatMap((line, index) =>
        at(holds(line, index, input), ['plan', index, field], params?.(line, input)),
      ),
  }
}

/**
 * Natural days from the delivery or acceptance of goods until the instalment is due at the latest; null for one that
 * hangs on something else. Five working days count as seven; a month's end is at most 30 days away.
 */
export function termAfterGoods(line: PlanLine, deliveryDay: string | null): number | null {
  if (line.trigger === 'fixed') {
    return line.fixedDay === null || deliveryDay === null ? null : diffDays(deliveryDay as never, line.fixedDay)
  }
  if (line.trigger !== 'delivery' && line.trigger !== 'acceptance') return null
  if (line.dueRule === 'monthDay') return 30 + (line.monthDay ?? 31)
  const days = line.dayKind === 'working' ? Math.ceil((line.days * 7) / 5) : line.days
  return line.dueRule === 'monthEnd' ? days + 30 : days
}

const tooLong = (line: PlanLine, input: CheckInput, limit: number) =>
  (termAfterGoods(line, input.fields.terms.deliveryDay) ?? 0) > limit
const termOf = (line: PlanLine, input: CheckInput) => ({
  days: String(termAfterGoods(line, input.fields.terms.deliveryDay) ?? ''),
})
const percent = (basisPoints: number) => `${basisPoints / 100}%`

/** When and how is paid: sums, earnest money, terms towards small firms (民法典 586–588, 634, 641; 支付条例 3, 9). */
export const PAYMENT_RULES: readonly CheckRule[] = [
  {
    code: 'no_plan',
    severity: 'error',
    article: 'civil470',
    find: ({ fields }) => at(fields.plan.length === 0 && !isPriceList(fields), ['plan']),
  },
  {
    code: 'plan_sum',
    severity: 'error',
    article: 'civil470',
    find: ({ fields, sums }) =>
      at(fields.plan.length > 0 && splitPlan(sums.amount, fields.plan).difference !== 0, ['plan']),
  },
  perInstalment('plan_label', 'error', null, 'label', (line) => blank(line.label)),
  perInstalment(
    'plan_amount',
    'error',
    'civil470',
    'share',
    (_line, i, input) => (amountsOf(input)[i] ?? 0) <= 0 && !isPriceList(input.fields),
  ),
  perInstalment(
    'plan_fixed_day',
    'error',
    'civil470',
    'fixedDay',
    (line) => line.trigger === 'fixed' && line.fixedDay === null,
  ),
  perInstalment(
    'plan_month_day',
    'error',
    'civil470',
    'monthDay',
    (line) => line.trigger !== 'fixed' && line.dueRule === 'monthDay' && line.monthDay === null,
  ),
  perInstalment(
    'plan_fixed_past',
    'warning',
    'civil470',
    'fixedDay',
    (line, _i, { day }) => line.trigger === 'fixed' && line.fixedDay !== null && line.fixedDay < day,
  ),
  perInstalment(
    'plan_rest',
    'error',
    null,
    'share',
    (line, i, { fields }) => line.share.kind === 'rest' && i < fields.plan.length - 1,
  ),
  {
    code: 'plan_warranty',
    severity: 'error',
    article: 'civil510',
    find: ({ fields }) =>
      at(fields.terms.warrantyMonths === null && fields.plan.some((line) => line.trigger === 'warranty_end'), [
        'terms',
        'warrantyMonths',
      ]),
  },
  {
    code: 'deposit_limit',
    severity: 'warning',
    article: 'civil586',
    find: (input) => {
      // The limit itself is rounded to the fen: an odd total must not make exactly 20 % look like more.
      const over = depositOf(input) > mulRate(input.sums.amount, input.law.depositLimit)
      const index = input.fields.plan.findIndex((line) => line.isDeposit)
      return at(over, ['plan', index, 'share'], { limit: percent(input.law.depositLimit) })
    },
  },
  perInstalment(
    'deposit_late',
    'warning',
    'civil586',
    'trigger',
    (line) => line.isDeposit && line.trigger !== 'signing' && line.trigger !== 'fixed',
  ),
  {
    code: 'deposit_or_penalty',
    severity: 'note',
    article: 'civil588',
    find: ({ fields }) =>
      at(fields.plan.some((line) => line.isDeposit) && (fields.terms.penaltyPerDay ?? 0) > 0, [
        'terms',
        'penaltyPerDay',
      ]),
  },
  {
    code: 'deposit_double',
    severity: 'note',
    article: 'civil587',
    find: ({ fields }) =>
      at(
        fields.plan.some((line) => line.isDeposit),
        ['plan', fields.plan.findIndex((line) => line.isDeposit), 'isDeposit'],
      ),
  },
  perInstalment(
    'term_public_max',
    'error',
    'sme9a',
    'days',
    (line, _i, input) =>
      weAreSmall(input) && buyerIs(input, 'publicBody') && tooLong(line, input, input.law.publicBodyMaxDays),
    (line, input) => ({ ...termOf(line, input), limit: String(input.law.publicBodyMaxDays) }),
  ),
  perInstalment(
    'term_public',
    'warning',
    'sme9a',
    'days',
    (line, _i, input) =>
      weAreSmall(input) &&
      buyerIs(input, 'publicBody') &&
      tooLong(line, input, input.law.publicBodyDays) &&
      !tooLong(line, input, input.law.publicBodyMaxDays),
    (line, input) => ({ ...termOf(line, input), limit: String(input.law.publicBodyDays) }),
  ),
  perInstalment(
    'term_large',
    'warning',
    'sme9b',
    'days',
    (line, _i, input) => weAreSmall(input) && buyerIs(input, 'large') && tooLong(line, input, input.law.largeBuyerDays),
    (line, input) => ({ ...termOf(line, input), limit: String(input.law.largeBuyerDays) }),
  ),
  {
    code: 'acceptance_term',
    severity: 'warning',
    article: 'sme9d',
    find: ({ fields }) =>
      at(fields.terms.inspectionDays === null && fields.plan.some((line) => line.trigger === 'acceptance'), [
        'terms',
        'inspectionDays',
      ]),
  },
  {
    code: 'size_unknown',
    severity: 'warning',
    article: 'sme3',
    find: ({ fields: { terms } }) =>
      (['ourSize', 'buyerSize'] as const).flatMap((side) => at(terms[side] === 'unknown', ['terms', side])),
  },
  {
    code: 'sme_notice',
    severity: 'warning',
    article: 'sme3',
    wording: 'terms.other',
    find: ({ fields }) => at(sizeToBeTold(fields.terms), ['terms', 'smeNotice']),
  },
  {
    code: 'settlement',
    severity: 'warning',
    article: 'civil596',
    wording: 'terms.settlement',
    find: ({ fields }) => at(blank(fields.terms.settlement), ['terms', 'settlement']),
  },
  {
    code: 'instalment_sale',
    severity: 'note',
    article: 'civil634',
    find: ({ fields, sums, law }) =>
      at(fields.plan.length >= 3 && sums.amount > 0, ['plan'], {
        share: percent(law.instalmentSaleShare),
        amount: String(Math.ceil(mulRate(sums.amount, law.instalmentSaleShare) / 100)),
      }),
  },
  {
    code: 'retain_title',
    severity: 'note',
    article: 'civil641',
    find: ({ fields, law }) =>
      at(fields.terms.retainTitle, ['terms', 'retainTitle'], { share: percent(law.titlePaidShare) }),
  },
]
