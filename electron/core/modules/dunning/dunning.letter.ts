import { makeTranslator } from '#shared/i18n/translate.ts'
import type { Locale } from '#shared/i18n/locale.ts'
import { refuse } from '#shared/kernel/app-error.ts'
import { addDays, type PlainDay } from '#shared/kernel/dates.ts'
import { letterDocument } from '#shared/modules/dunning/dunning.documents.ts'
import type { DunningPolicy } from '#shared/modules/dunning/dunning.schema.ts'
import { readSetting } from '#core/kernel/settings.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import type { Claim } from './dunning.claims.ts'

/** The model of one claim's letter; `number` is empty for one that is only looked at. */
export async function letterModel(
  db: Reader | Writer,
  policy: DunningPolicy,
  claim: Claim,
  options: { number: string; language: Locale; day: PlainDay; preview: boolean },
) {
  const level = policy.levels[claim.level - 1]
  if (!level) throw refuse('DUNNING_NOTHING')
  const firm = (await readSetting(db, 'firm')).value
  const deadlineDay = addDays(options.day, level.deadlineDays)
  const model = letterDocument(
    {
      ...options,
      deadlineDay,
      firm,
      customer: claim.customer,
      wording: level.wording[options.language],
      lines: claim.lines,
      interest: level.interest === 'statutoryDaily' ? { dailyRate: policy.dailyRate, source: policy.rateSource } : null,
    },
    makeTranslator(options.language),
  )
  return { model, deadlineDay, title: level.wording[options.language].title }
}
