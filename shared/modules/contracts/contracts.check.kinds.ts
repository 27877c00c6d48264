import { diffDays } from '#shared/kernel/dates.ts'
import { at, blank, onlyFor, type CheckRule } from './contracts.check.types.ts'
import { isPriceList } from './contracts.rules.ts'

const RUNNING = ['services', 'frame'] as const

/** What services and frame agreements say beside what every contract says (民法典 470, 510, 511, 563). */
export const KIND_RULES: readonly CheckRule[] = [
  onlyFor(RUNNING, {
    code: 'run_days',
    severity: 'error',
    article: 'civil470',
    find: ({ fields: { terms } }) =>
      (['startDay', 'endDay'] as const).flatMap((field) => at(terms[field] === null, ['terms', field])),
  }),
  {
    code: 'run_order',
    severity: 'error',
    article: 'civil470',
    find: ({ fields: { terms } }) =>
      at(terms.startDay !== null && terms.endDay !== null && terms.endDay < terms.startDay, ['terms', 'endDay']),
  },
  {
    code: 'run_over',
    severity: 'error',
    article: 'civil470',
    find: ({ fields: { terms }, day }) => at(terms.endDay !== null && terms.endDay < day, ['terms', 'endDay']),
  },
  onlyFor(RUNNING, {
    code: 'renewal',
    severity: 'warning',
    article: 'civil470',
    find: ({ fields: { terms } }) => at(terms.renewal === 'unsaid', ['terms', 'renewal']),
  }),
  onlyFor(RUNNING, {
    code: 'notice_days',
    severity: 'warning',
    article: 'civil563',
    find: ({ fields: { terms } }) =>
      at(terms.renewal === 'automatic' && terms.noticeDays === null, ['terms', 'noticeDays']),
  }),
  onlyFor(RUNNING, {
    code: 'notice_long',
    severity: 'error',
    article: 'civil563',
    find: ({ fields: { terms } }) => {
      const { startDay, endDay, noticeDays } = terms
      if (startDay === null || endDay === null || noticeDays === null) return []
      return at(startDay <= endDay && noticeDays >= diffDays(startDay, endDay), ['terms', 'noticeDays'])
    },
  }),
  onlyFor(['services'], {
    code: 'service_level',
    severity: 'warning',
    article: 'civil510',
    wording: 'terms.serviceLevel',
    find: ({ fields: { terms } }) => at(blank(terms.serviceLevel), ['terms', 'serviceLevel']),
  }),
  onlyFor(['frame'], {
    code: 'call_off',
    severity: 'error',
    article: 'civil470',
    wording: 'terms.callOff',
    find: ({ fields: { terms } }) => at(blank(terms.callOff), ['terms', 'callOff']),
  }),
  onlyFor(['frame'], {
    code: 'price_adjust',
    severity: 'warning',
    article: 'civil511',
    wording: 'terms.priceAdjust',
    find: ({ fields: { terms } }) => at(blank(terms.priceAdjust), ['terms', 'priceAdjust']),
  }),
  onlyFor(['frame'], {
    code: 'price_day',
    severity: 'warning',
    article: 'civil511',
    find: ({ fields }) => at(isPriceList(fields) && fields.terms.priceDay === null, ['terms', 'priceDay']),
  }),
  onlyFor(['frame'], {
    code: 'price_over',
    severity: 'error',
    article: 'civil511',
    find: ({ fields: { terms }, day }) =>
      at(terms.priceDay !== null && terms.priceDay < (terms.startDay ?? day), ['terms', 'priceDay']),
  }),
]
