import type { Locale } from '#shared/i18n/locale.ts'
import { diffDays, type PlainDay } from '#shared/kernel/dates.ts'
import { plainReason } from '#shared/kernel/reason.ts'
import { caseStep, claimable, type CaseFacts } from '#shared/modules/dunning/dunning.cases.rules.ts'
import type { LetterLine } from '#shared/modules/dunning/dunning.documents.ts'
import type { NextStep } from '#shared/modules/dunning/dunning.ladder.rules.ts'
import { letterChannel } from '#shared/modules/dunning/dunning.policy.rules.ts'
import type { DunningLevel, DunningPolicy } from '#shared/modules/dunning/dunning.policy.schema.ts'
import type { PreviewRow, Skip } from '#shared/modules/dunning/dunning.schema.ts'
import { inScope, type Scope } from '#core/kernel/scope.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { customerParties, type CustomerParty } from '#core/modules/customers/customers.api.ts'
import { userBriefs } from '#core/modules/people/people.api.ts'
import type { Owed } from '#core/modules/receivables/receivables.api.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import { factsOf, trustOf, type CaseSources, type KnownCase } from './dunning.facts.ts'
import { claimedInterest } from './dunning.interest.ts'
import type { PolicyBook } from './dunning.policies.ts'
import type { DemandListener } from './dunning.sendings.told.ts'
import { lastLetters, type LastLetter } from './dunning.repo.ts'

/** What other modules tell dunning. */
export interface DunningSources extends CaseSources {
  /** Told of demands that arrived: they interrupt the limitation period. */
  readonly demands?: DemandListener
}

export type ClaimLine = LetterLine & { readonly instalmentId: string; readonly step: string | null }

/** Everything one customer is asked for on a day, and whether a letter goes out. Fen. */
export interface Claim {
  readonly customer: CustomerParty
  readonly ownerId: string
  readonly ownerName: string
  readonly next: NextStep
  /** Of the step that is due; null where none is. */
  readonly level: DunningLevel | null
  readonly skip: Skip | null
  readonly lines: readonly ClaimLine[]
  readonly principal: number
  /** Of all lines; 0 where the level claims none. */
  readonly interest: number
  readonly costs: number
  readonly fee: number
  readonly maxDays: number
  readonly language: Locale
  readonly last: LastLetter | null
}

/** Whether a claim becomes a letter. */
export const isGoing = (claim: Claim): claim is Claim & { readonly level: DunningLevel } => claim.skip === null

/**
 * The claims of these customers as of a day, as far as the scope's people answer for their debts, in the order in which
 * they were asked for; a fixed number of queries however many there are.
 */
export async function claimsOf(
  db: Reader | Writer,
  scope: Scope,
  book: PolicyBook,
  today: PlainDay,
  customerIds: readonly string[],
  sources: DunningSources,
): Promise<Claim[]> {
  const known = await factsOf(db, customerIds, book.policy, book.setting.calendar, today, sources)
  const parties = await customerParties(db, customerIds)
  const last = await lastLetters(db, customerIds)
  const settings = await trustOf(db, customerIds)
  const { documentLocale } = (await readSetting(db, 'preferences')).value
  const steps = [...known.values()].flatMap((one) => stepOf(one, scope, book, today) ?? [])
  const owners = await userBriefs(
    db,
    steps.map(({ ownerId }) => ownerId),
  )
  const named = steps.flatMap(({ named }) => named.map(({ row }) => row))
  const interest = await claimedInterest(db, named, today)
  return steps.flatMap(({ facts, next, ownerId, named: rows }) => {
    const customer = parties.get(facts.customerId)
    if (!customer) return []
    const level = next.step === null ? null : (book.policy.levels[next.step] ?? null)
    const lines = rows.map(({ row, amount, step }): ClaimLine => {
      const beside = level?.interest === true ? interest.get(row.id) : undefined
      const dueDay = row.dueDay ?? ''
      return {
        instalmentId: row.id,
        step: step === null ? null : (book.policy.levels[step]?.key ?? null),
        contractNumber: row.contractNumber,
        label: row.label,
        dueDay,
        daysOverdue: Math.max(0, diffDays(dueDay as PlainDay, today)),
        outstanding: amount,
        interest: beside?.interest ?? 0,
        costs: beside?.costs ?? 0,
        basis: beside?.basis ?? null,
      }
    })
    return {
      customer,
      ownerId,
      ownerName: owners.get(ownerId)?.name ?? '',
      next,
      level,
      skip: skipOf(next, level),
      lines,
      principal: sum(lines, (line) => line.outstanding),
      interest: sum(lines, (line) => line.interest),
      costs: sum(lines, (line) => line.costs),
      fee: level?.fee ?? 0,
      maxDays: Math.max(0, ...lines.map((line) => line.daysOverdue)),
      language: (settings.get(facts.customerId)?.language as Locale | null | undefined) ?? documentLocale,
      last: last.get(facts.customerId) ?? null,
    }
  })
}

interface Step {
  readonly facts: CaseFacts
  readonly next: NextStep
  readonly ownerId: string
  readonly named: readonly { readonly row: Owed; readonly amount: number; readonly step: number | null }[]
}

/** What is to be done about what the scope's people answer for of a customer's debts; null where that is nothing. */
function stepOf({ facts, owed }: KnownCase, scope: Scope, book: PolicyBook, today: PlainDay): Step | null {
  const own = new Map(owed.filter((row) => inScope(scope, row.ownerId)).map((row) => [row.id, row]))
  if (own.size === 0) return null
  const narrowed = { ...facts, instalments: facts.instalments.filter(({ id }) => own.has(id)) }
  const next = caseStep(narrowed, book.setting, today)
  const steps = new Map(next.lines.map((line) => [line.instalmentId, line.step]))
  // Where no letter is due, the row of the preview still says what is overdue.
  const shown = (row: Owed) => (steps.size > 0 ? steps.has(row.id) : row.dueDay !== null && row.dueDay < today)
  const named = [...own.values()]
    .filter((row) => shown(row))
    .toSorted((a, b) => ((a.dueDay ?? '') < (b.dueDay ?? '') ? -1 : a.dueDay === b.dueDay && a.id < b.id ? -1 : 1))
    .map((row) => ({ row, amount: claimable(row) || row.outstanding, step: steps.get(row.id) ?? null }))
  const most = [...own.values()].toSorted((a, b) => b.outstanding - a.outstanding || (a.id < b.id ? -1 : 1))[0]
  return { facts: narrowed, next, ownerId: named[0]?.row.ownerId ?? most?.ownerId ?? '', named }
}

function skipOf({ action }: NextStep, level: DunningLevel | null): Skip | null {
  if (action !== 'send' && action !== 'confirmDebt') return action
  if (level === null) return 'none'
  if (letterChannel(level) !== null) return null
  return level.kind === 'court' ? 'courtFile' : 'call'
}

const sum = <Row>(rows: readonly Row[], of: (row: Row) => number): number =>
  rows.reduce((total, row) => total + of(row), 0)

/** A claim as the row of a preview. */
export function toPreviewRow(claim: Claim, { levels }: Pick<DunningPolicy, 'levels'>): PreviewRow {
  const { next, last } = claim
  const lastAt = last === null ? -1 : levels.findIndex(({ key }) => key === last.step)
  return {
    customerId: claim.customer.id,
    customerName: claim.customer.name,
    ownerId: claim.ownerId,
    ownerName: claim.ownerName,
    level: next.step === null ? null : next.step + 1,
    kind: next.kind,
    language: claim.language,
    maxDays: claim.maxDays,
    instalments: claim.lines.length,
    principal: claim.principal,
    interest: claim.interest + claim.costs + claim.fee,
    lastLevel: last === null ? null : lastAt < 0 ? last.level : lastAt + 1,
    lastDay: last?.day ?? null,
    skip: claim.skip,
    reasons: next.reasons.map(plainReason),
  }
}
