import type { Locale } from '#shared/i18n/locale.ts'
import type { Translate } from '#shared/i18n/translate.ts'
import type { QuotationFields, QuotationLine } from '#shared/modules/quotations/quotations.schema.ts'
import type { FormValues } from '#renderer/ui/form-state.ts'

/** A further line of goods. */
export function emptyOfferLine(rate: number, unit: string): QuotationLine {
  return {
    name: '',
    spec: '',
    unit,
    quantity: 0,
    listPrice: 0,
    price: 0,
    rate,
    deliveryDays: 0,
    floorPrice: 0,
    cost: 0,
  }
}

/** What a new quotation starts with: what most offers of this firm say, in the language of the document. */
export function newQuotation(
  deal: { readonly dealName: string; readonly contactName: string },
  language: Locale,
  t: Translate,
  rate: number,
): QuotationFields {
  return {
    title: deal.dealName,
    language,
    attention: deal.contactName,
    validDays: 30,
    validUntil: null,
    prepay: 3000,
    paymentDays: 30,
    payment: '',
    deliveryPlace: '',
    delivery: t('quotations:defaults.delivery'),
    warrantyMonths: 12,
    warranty: t('quotations:defaults.warranty'),
    notes: '',
    lines: [emptyOfferLine(rate, t('quotations:lines.unit'))],
  }
}

/** The lines as far as they can be counted: a number that cannot be read yet counts as nothing. */
export function countableLines(values: FormValues): QuotationLine[] {
  const whole = (value: unknown) => (Number.isSafeInteger(value) ? (value as number) : 0)
  return (values['lines'] as QuotationLine[]).map((line) => ({
    ...line,
    quantity: whole(line.quantity),
    listPrice: whole(line.listPrice),
    price: whole(line.price),
    rate: whole(line.rate),
    deliveryDays: whole(line.deliveryDays),
    floorPrice: whole(line.floorPrice),
    cost: whole(line.cost),
  }))
}
