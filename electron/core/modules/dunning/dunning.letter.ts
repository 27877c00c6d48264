import { makeTranslator } from '#shared/i18n/translate.ts'
import type { Locale } from '#shared/i18n/locale.ts'
import { refuse } from '#shared/kernel/app-error.ts'
import { addDays, type PlainDay } from '#shared/kernel/dates.ts'
import { nextWorkday, type WorkCalendar } from '#shared/kernel/workdays.ts'
import { letterDocument } from '#shared/modules/dunning/dunning.documents.ts'
import { wordingOf } from '#shared/modules/dunning/dunning.policy.rules.ts'
import { readSetting } from '#core/kernel/settings.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import { isGoing, type Claim } from './dunning.claims.ts'

export interface LetterOptions {
  readonly number: string
  readonly language: Locale
  readonly day: PlainDay
  readonly preview: boolean
  readonly calendar: WorkCalendar
}

/** The model of one claim's letter; `number` is empty for one that is only looked at. Throws DUNNING_NOTHING. */
export async function letterModel(db: Reader | Writer, claim: Claim, { calendar, ...options }: LetterOptions) {
  if (!isGoing(claim)) throw refuse('DUNNING_NOTHING')
  const { level, lines } = claim
  const firm = (await readSetting(db, 'firm')).value
  const t = makeTranslator(options.language)
  const wording = wordingOf(level, options.language, claim.next.wording, t)
  // What is only about to fall due is to be paid when it does.
  const lastDue = lines
    .map(({ dueDay }) => dueDay)
    .toSorted()
    .at(-1)
  const deadlineDay =
    level.kind === 'reminder' && lastDue !== undefined && lastDue >= options.day
      ? (lastDue as PlainDay)
      : nextWorkday(calendar, addDays(options.day, level.deadlineDays)).day
  const model = letterDocument(
    {
      ...options,
      kind: level.kind,
      deadlineDay,
      firm,
      customer: claim.customer,
      handler: claim.ownerName,
      wording,
      lines,
      withInterest: level.interest,
      fee: claim.fee,
      reservation: level.reservation,
    },
    t,
  )
  return { model, deadlineDay, title: wording.title }
}
