import { makeTranslator } from '#shared/i18n/translate.ts'
import { addDays, addMonths, diffDays, type PlainDay } from '#shared/kernel/dates.ts'
import type { ContractFields } from './contracts.schema.ts'

/** A new draft as an earlier contract was: what was agreed then for certain days, or in a certain deal, is left out. */
export function copyOf(fields: ContractFields): ContractFields {
  return {
    ...fields,
    dealId: null,
    renewsId: null,
    lines: fields.lines.map((line) => ({ ...line, deliveryDay: null })),
    plan: fields.plan.map((line) => ({ ...line, fixedDay: null })),
    terms: { ...fields.terms, deliveryDay: null, startDay: null, endDay: null, priceDay: null },
  }
}

/**
 * The draft of an order under a frame agreement: a sale of its goods at its prices, which names the agreement. Quantities
 * and payment are for the order to say.
 */
export function callOffOf(number: string, fields: ContractFields): ContractFields {
  const copy = copyOf(fields)
  const under = makeTranslator(fields.language)('contracts:wordings.underFrame', { number })
  const { other } = copy.terms
  return {
    ...copy,
    kind: 'goods_sale',
    lines: copy.lines.map((line) => ({ ...line, quantity: 0 })),
    terms: {
      ...copy.terms,
      renewal: 'unsaid',
      noticeDays: null,
      callOff: '',
      priceDay: null,
      priceAdjust: '',
      other: other === '' ? under : `${under}\n${other}`,
    },
  }
}

/** A new draft that goes on where a contract ends: for as long again, from the day after its last. */
export function renewalOf(id: string, fields: ContractFields): ContractFields {
  const copy = copyOf(fields)
  return {
    ...copy,
    renewsId: id as ContractFields['renewsId'],
    terms: { ...copy.terms, ...nextTerm(fields.terms.startDay, fields.terms.endDay) },
  }
}

/** The term that follows: whole months where the first one was, otherwise as many days. */
export function nextTerm(
  from: PlainDay | null,
  to: PlainDay | null,
): { startDay: PlainDay | null; endDay: PlainDay | null } {
  if (to === null) return { startDay: null, endDay: null }
  const startDay = addDays(to, 1)
  if (from === null || from > to) return { startDay, endDay: null }
  const after = addDays(to, 1)
  for (let months = 1; months <= 240; months += 1) {
    const end = addMonths(from, months)
    if (end === after) return { startDay, endDay: addDays(addMonths(startDay, months), -1) }
    if (end > after) break
  }
  return { startDay, endDay: addDays(startDay, diffDays(from, to)) }
}
