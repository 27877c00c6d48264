import { addMonths, type PlainDay } from '#shared/kernel/dates.ts'
import { mulRate } from '#shared/kernel/money.ts'
import { weAreSmall } from './contracts.check.payment.ts'
import { at, blank, onlyFor, type CheckRule } from './contracts.check.types.ts'
import { says } from './contracts.check.words.ts'

const required = (
  code: string,
  field: 'quality' | 'deliveryPlace' | 'deliveryTerms' | 'inspection' | 'disputePlace',
  article: string,
): CheckRule => ({
  code,
  severity: 'error',
  article,
  wording: `terms.${field}`,
  find: ({ fields }) => at(blank(fields.terms[field]), ['terms', field]),
})

const DAYS_A_YEAR = 365

/** Quality, delivery, inspection, breach and disputes (民法典 470, 510, 511, 585, 596, 621, 622; 仲裁法 16). */
export const TERMS_RULES: readonly CheckRule[] = [
  required('quality', 'quality', 'civil510'),
  onlyFor(['goods_sale', 'services'], required('delivery_place', 'deliveryPlace', 'civil510')),
  onlyFor(['goods_sale', 'services'], required('delivery_terms', 'deliveryTerms', 'civil470')),
  required('inspection', 'inspection', 'civil596'),
  required('dispute_place', 'disputePlace', 'civil470'),
  onlyFor(['goods_sale'], {
    code: 'delivery_day',
    severity: 'error',
    article: 'civil510',
    find: ({ fields }) => at(fields.terms.deliveryDay === null, ['terms', 'deliveryDay']),
  }),
  {
    code: 'delivery_past',
    severity: 'warning',
    article: 'civil470',
    find: ({ fields, day }) =>
      at(fields.terms.deliveryDay !== null && fields.terms.deliveryDay < day, ['terms', 'deliveryDay']),
  },
  {
    code: 'breach',
    severity: 'error',
    article: 'civil470',
    wording: 'terms.breach',
    find: ({ fields: { terms } }) => at(terms.penaltyPerDay === null && blank(terms.breach), ['terms', 'breach']),
  },
  {
    code: 'penalty',
    severity: 'warning',
    article: 'civil585',
    find: ({ fields }) => at(fields.terms.penaltyPerDay === null, ['terms', 'penaltyPerDay']),
  },
  {
    code: 'penalty_below_lpr',
    severity: 'error',
    article: 'sme17',
    find: (input) => {
      const rate = input.fields.terms.penaltyPerDay
      const low = rate !== null && rate * DAYS_A_YEAR < input.law.lpr1y
      return at(low && weAreSmall(input), ['terms', 'penaltyPerDay'], { lpr: `${input.law.lpr1y / 100}%` })
    },
  },
  {
    code: 'penalty_high',
    severity: 'warning',
    article: 'civil585',
    find: ({ fields, law }) => {
      const year = (fields.terms.penaltyPerDay ?? 0) * DAYS_A_YEAR
      return at(year > law.penaltyHighPerYear, ['terms', 'penaltyPerDay'], { year: `${year / 100}%` })
    },
  },
  {
    code: 'penalty_excess',
    severity: 'warning',
    article: 'general65',
    find: ({ fields: { terms }, sums, law }) => {
      if (terms.estimatedLoss === null || terms.penaltyPerDay === null) return []
      const share = terms.penaltyCap ?? Math.min(10_000, terms.penaltyPerDay * DAYS_A_YEAR)
      const allowed = mulRate(terms.estimatedLoss, 10_000 + law.penaltyExcess)
      return at(mulRate(sums.amount, share) > allowed, ['terms', 'penaltyCap'], { yuan: (allowed / 100).toFixed(2) })
    },
  },
  onlyFor(['goods_sale', 'frame'], {
    code: 'packaging',
    severity: 'warning',
    article: 'civil596',
    wording: 'terms.packaging',
    find: ({ fields }) => at(blank(fields.terms.packaging), ['terms', 'packaging']),
  }),
  {
    code: 'inspection_days',
    severity: 'warning',
    article: 'civil621',
    find: ({ fields }) => at(fields.terms.inspectionDays === null, ['terms', 'inspectionDays']),
  },
  {
    code: 'inspection_short',
    severity: 'warning',
    article: 'civil622',
    find: ({ fields, law }) => {
      const days = fields.terms.inspectionDays
      return at(days !== null && days < law.inspectionShortDays, ['terms', 'inspectionDays'])
    },
  },
  onlyFor(['goods_sale', 'frame'], {
    code: 'warranty',
    severity: 'warning',
    article: 'civil470',
    wording: 'terms.warranty',
    find: ({ fields: { terms } }) =>
      at(terms.warrantyMonths === null && blank(terms.warranty), ['terms', 'warrantyMonths']),
  }),
  {
    code: 'inspection_beyond_warranty',
    severity: 'warning',
    article: 'civil621',
    find: ({ fields: { terms }, day }) => {
      if (terms.inspectionDays === null || !terms.warrantyMonths) return []
      const start = day as PlainDay
      const warranty = (Date.parse(addMonths(start, terms.warrantyMonths)) - Date.parse(start)) / 86_400_000
      return at(terms.inspectionDays > warranty, ['terms', 'inspectionDays'])
    },
  },
  {
    code: 'dispute_mismatch',
    severity: 'error',
    article: 'arbitration16',
    find: ({ fields: { terms } }) => {
      const { disputeWay, disputePlace } = terms
      if (blank(disputePlace)) return []
      const wrong =
        disputeWay === 'court'
          ? says('arbitration', disputePlace) && !says('court', disputePlace)
          : !says('arbitration', disputePlace)
      return at(wrong, ['terms', 'disputePlace'])
    },
  },
  {
    code: 'dispute_both',
    severity: 'error',
    article: 'arbitration7',
    find: ({ fields: { terms } }) =>
      at(says('arbitration', terms.disputePlace) && says('court', terms.disputePlace), ['terms', 'disputePlace']),
  },
  {
    code: 'dispute_commission',
    severity: 'warning',
    article: 'arbitration16',
    find: ({ fields: { terms } }) =>
      at(
        terms.disputeWay === 'arbitration' &&
          says('arbitration', terms.disputePlace) &&
          !says('commission', terms.disputePlace),
        ['terms', 'disputePlace'],
      ),
  },
  {
    code: 'copies',
    severity: 'warning',
    article: 'civil596',
    find: ({ fields }) => at(fields.terms.copies < 2, ['terms', 'copies']),
  },
]
