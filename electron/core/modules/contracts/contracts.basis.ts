import { addDays, addMonths, type PlainDay } from '#shared/kernel/dates.ts'
import { addWorkdays, makeCalendar } from '#shared/kernel/workdays.ts'
import { checkContract, ratesOn } from '#shared/modules/contracts/contracts.check.ts'
import type { CreditFound } from '#shared/modules/contracts/contracts.check.types.ts'
import { lawOn } from '#shared/modules/contracts/contracts.law.ts'
import { contractSums, type DayCounter } from '#shared/modules/contracts/contracts.rules.ts'
import type { ContractDraft, Finding } from '#shared/modules/contracts/contracts.schema.ts'
import { draftFindings } from '#shared/modules/credit/credit.rules.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { checkDraft } from '#core/modules/credit/credit.api.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import { sellerOf } from './contracts.records.ts'

/** Day arithmetic with the firm's working days. */
export async function dayCounter(db: Reader | Writer): Promise<DayCounter> {
  const calendar = makeCalendar((await readSetting(db, 'workCalendar')).value)
  return { addDays, addMonths, addWorkingDays: (day, days) => addWorkdays(calendar, day, days).day }
}

/** What the check of the buyer's credit says of a form; nothing where no buyer is chosen yet. */
export async function creditOf(db: Reader | Writer, fields: ContractDraft, today: string): Promise<CreditFound[]> {
  if (fields.customerId === '') return []
  const { amount } = contractSums(fields.lines)
  return draftFindings(await checkDraft(db, fields.customerId, amount, today as PlainDay))
}

/** What the check says of a form, with the firm's profile and the rates of that day. */
export async function findingsOf(
  db: Reader | Writer,
  fields: ContractDraft,
  today: string,
  credit: readonly CreditFound[] = [],
): Promise<Finding[]> {
  const seller = sellerOf((await readSetting(db, 'firm')).value)
  const rates = ratesOn((await readSetting(db, 'taxRates')).value, today)
  const law = lawOn((await readSetting(db, 'contractLaw')).value, today)
  return checkContract({ fields, seller, sums: contractSums(fields.lines), rates, day: today, law, credit })
}
