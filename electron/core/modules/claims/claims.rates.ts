import type { PlainDay } from '#shared/kernel/dates.ts'
import { lawOn, SHIPPED_LAW, type Law } from '#shared/modules/contracts/contracts.law.ts'
import type { LawRow } from '#shared/modules/contracts/contracts.law.schema.ts'
import type { ClaimsPolicy } from '#shared/modules/claims/claims.schema.ts'
import { rateTable, type RateTables } from '#shared/modules/receivables/receivables.rates.rules.ts'
import { readSetting } from '#core/kernel/settings.ts'
import type { Reader, Writer } from '#core/store/store.ts'

/** The central bank's benchmark was given up for the reference rate; nothing of it changes any more. */
const FOR_EVER = '9999-12-31' as PlainDay

/** What the firm and the law say of interest and limitation. */
export interface ClaimsBook {
  readonly policy: ClaimsPolicy
  readonly tables: RateTables
  lawOn(day: string): Law
}

/** Published rates: those of the firm count before the shipped ones of the same day. */
export function publishedRates(own: readonly LawRow[]): LawRow[] {
  return [...SHIPPED_LAW, ...own]
}

/** Reads the firm's rules for claims and the table of legal numbers once, for whatever is counted then. */
export async function claimsBook(db: Reader | Writer): Promise<ClaimsBook> {
  const policy = (await readSetting(db, 'claims')).value
  const own = (await readSetting(db, 'contractLaw')).value
  const rows = publishedRates(own)
  return {
    policy,
    tables: {
      lpr: rateTable(rows, 'lpr1y', policy.ratesThrough),
      benchmark: rateTable(rows, 'benchmark1y', FOR_EVER),
    },
    lawOn: (day) => lawOn(own, day),
  }
}
