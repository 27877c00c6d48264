import type { Locale } from '#shared/i18n/locale.ts'
import type { Translate } from '#shared/i18n/translate.ts'
import { formatYuan } from '#shared/kernel/money.ts'
import { secondLanguageOf } from './contracts.languages.ts'
import { contractSums, isPriceList } from './contracts.rules.ts'
import type { ContractDraft, Party } from './contracts.schema.ts'
import type { Placeholder } from './contracts.template.schema.ts'

/** Values of the template's placeholders; a name without a value is not in the map. */
export function contractPlaceholders(
  { fields, seller }: { readonly fields: ContractDraft; readonly seller: Party },
  t: Translate,
): ReadonlyMap<string, string> {
  const { terms } = fields
  const sums = contractSums(fields.lines)
  const yuan = (fen: number) => (isPriceList(fields) ? '' : t('contracts:document.yuan', { figures: formatYuan(fen) }))
  const percent = (basisPoints: number) => t('contracts:document.perDay', { percent: basisPoints / 100 })
  const count = (value: number | null) => (value ? String(value) : '')
  const yes = (holds: boolean) => (holds ? 'yes' : '')
  const values: [Placeholder, string][] = [
    ['netFigures', yuan(sums.net)],
    ['taxFigures', yuan(sums.tax)],
    ['quality', terms.quality],
    ['packaging', terms.packaging],
    ['deliveryPlace', terms.deliveryPlace],
    ['deliveryTerms', terms.deliveryTerms],
    ['deliveryDay', terms.deliveryDay ?? ''],
    ['inspection', terms.inspection],
    ['inspectionDays', count(terms.inspectionDays)],
    ['sellerBank', seller.bankName],
    ['sellerAccount', seller.bankAccount],
    ['deposit', yes(fields.plan.some((line) => line.isDeposit))],
    ['warrantyMonths', count(terms.warrantyMonths)],
    ['warranty', terms.warranty],
    ['penaltyRate', terms.penaltyPerDay === null ? '' : percent(terms.penaltyPerDay)],
    ['breach', terms.breach],
    ['disputeCourt', terms.disputeWay === 'court' ? terms.disputePlace : ''],
    ['disputeArbitration', terms.disputeWay === 'arbitration' ? terms.disputePlace : ''],
    ['other', terms.other],
    ['copies', String(terms.copies)],
    ['settlement', terms.settlement],
    ['retainTitle', yes(terms.retainTitle)],
    ['smeNotice', yes(terms.smeNotice)],
    ['serviceAddress', terms.serviceAddress],
    ['serviceEmail', terms.serviceEmail],
    ['startDay', terms.startDay ?? ''],
    ['endDay', terms.endDay ?? ''],
    ['endsItself', yes(terms.renewal === 'ends')],
    ['renewsItself', yes(terms.renewal === 'automatic')],
    ['noticeDays', count(terms.noticeDays)],
    ['serviceLevel', terms.serviceLevel],
    ['callOff', terms.callOff],
    ['priceDay', terms.priceDay ?? ''],
    ['priceAdjust', terms.priceAdjust],
    ['quantities', yes(!isPriceList(fields))],
    ['languages', languagesOf(fields, t)],
  ]
  const filled = new Map<string, string>(values.filter(([, value]) => value.trim() !== ''))
  // Empty on purpose where there is no limit: the sentence around it stays whole.
  const cap = terms.penaltyCap
  filled.set('penaltyCapClause', cap === null ? '' : t('contracts:document.penaltyCap', { percent: cap / 100 }))
  return filled
}

/** The languages that a contract is made in, in words. */
function languagesOf(fields: ContractDraft, t: Translate): string {
  const names = [fields.language, secondLanguageOf(fields)].flatMap((language) => language ?? [])
  return names.map((language) => languageName(language, names, t)).join(t('contracts:document.and'))
}

/** Chinese is told apart by its script only beside the other one. */
export function languageName(language: Locale, all: readonly Locale[], t: Translate): string {
  const scripts = new Set(all.filter((one) => one !== 'en'))
  return t(`contracts:${scripts.size > 1 ? 'languages' : 'document.textIn'}.${language}`)
}
