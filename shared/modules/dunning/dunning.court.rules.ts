import { diffDays, type PlainDay } from '#shared/kernel/dates.ts'
import { formatYuan } from '#shared/kernel/money.ts'
import type { Reason } from '#shared/kernel/reason.ts'
import type { Strength } from '#shared/modules/receivables/receivables.evidence.rules.ts'
import type { StepKind } from './dunning.ladder.rules.ts'

/** The parts of a file for court, in the order in which they stand. */
export const SECTIONS = [
  'contract',
  'performance',
  'invoices',
  'statements',
  'demands',
  'contacts',
  'interest',
  'limitation',
] as const
export type Section = (typeof SECTIONS)[number]

/** A stored file that is a piece of evidence. */
export interface Paper {
  readonly fileId: string
  readonly name: string
  readonly sha256: string
}

export interface CourtContract {
  readonly number: string
  readonly title: string
  readonly signDay: string
  /** As it was signed in the program; null where it was not. */
  readonly signed: Paper | null
  readonly scans: readonly Paper[]
  readonly disputeWay: 'court' | 'arbitration'
  readonly disputePlace: string
  /** Deliveries that stand, and the files that are kept with what had to be done under it: receipts, protocols. */
  readonly deliveries: number
  readonly receipts: readonly Paper[]
}

/** Everything a file for court is gathered from. Fen. */
export interface CourtFacts {
  readonly debts: readonly {
    readonly contractNumber: string
    readonly label: string
    readonly outstanding: number
    readonly disputed: number
    readonly limitationDay: string | null
    /** Of a contract that is in the program. */
    readonly hasContract: boolean
  }[]
  readonly contracts: readonly CourtContract[]
  readonly invoices: readonly { readonly number: string; readonly day: string; readonly files: readonly Paper[] }[]
  readonly statements: readonly {
    readonly number: string
    readonly asOf: string
    readonly paper: Paper
    readonly confirmed: boolean
    readonly scans: readonly Paper[]
  }[]
  readonly plans: readonly {
    readonly number: string
    readonly signDay: string
    readonly paper: Paper | null
    readonly scans: readonly Paper[]
  }[]
  readonly letters: readonly {
    readonly number: string
    readonly kind: StepKind
    readonly day: string
    readonly paper: Paper
    readonly sent: boolean
    readonly proof: Strength
    readonly scans: readonly Paper[]
  }[]
  readonly contacts: number
  readonly defendant: { readonly uscc: string; readonly address: string; readonly legalRepresentative: string }
  readonly plaintiff: { readonly uscc: string; readonly address: string; readonly legalRepresentative: string }
}

/** Sheets that the program writes itself out of its records. */
export const SHEETS = ['performance', 'contacts', 'interest', 'limitation'] as const
export type Sheet = (typeof SHEETS)[number]

/** One piece of evidence: what it is, what it proves, and where it comes from. */
export interface Piece {
  readonly section: Section
  readonly name: Reason
  readonly proves: Reason
  /** The record that it belongs to: a number of a contract, a letter, an invoice. */
  readonly source: string
  readonly paper: Paper | null
  /** The program writes it now. */
  readonly sheet: Sheet | null
}

const stem = (name: string) => name.replace(/\.[^.]{1,8}$/, '')
const word = (path: string, params?: Reason['params']): Reason => ({
  key: `dunning:court.${path}`,
  ...(params ? { params } : {}),
})

/** The evidence in its order; its place in the list is its number. */
export function piecesOf(facts: CourtFacts): Piece[] {
  const pieces: Piece[] = []
  const stored = (section: Section, what: string, proves: string, source: string, paper: Paper, day = '') =>
    pieces.push({
      section,
      name: word(`pieces.${what}`, { number: source, day, file: stem(paper.name) }),
      proves: word(`proves.${proves}`),
      source,
      paper,
      sheet: null,
    })
  const made = (sheet: Sheet) =>
    pieces.push({
      section: sheet,
      name: word(`sheets.${sheet}`),
      proves: word(`proves.${sheet}`),
      source: '',
      paper: null,
      sheet,
    })
  for (const contract of facts.contracts) {
    const { number, signed, scans, signDay } = contract
    if (signed) stored('contract', 'contract', 'contract', number, signed, signDay)
    for (const scan of scans) stored('contract', 'scan', 'scan', number, scan, signDay)
  }
  if (facts.contracts.length > 0 || facts.invoices.length > 0) made('performance')
  for (const { number, receipts } of facts.contracts) {
    for (const paper of receipts) stored('performance', 'receipt', 'receipt', number, paper)
  }
  for (const { number, day, files } of facts.invoices) {
    for (const paper of files) stored('invoices', 'invoice', 'invoice', number, paper, day)
  }
  for (const { number, asOf, paper, confirmed, scans } of facts.statements) {
    stored('statements', 'statement', confirmed ? 'confirmed' : 'statement', number, paper, asOf)
    for (const scan of scans) stored('statements', 'countersigned', 'confirmed', number, scan, asOf)
  }
  for (const { number, signDay, paper, scans } of facts.plans) {
    if (paper) stored('statements', 'plan', 'plan', number, paper, signDay)
    for (const scan of scans) stored('statements', 'planScan', 'plan', number, scan, signDay)
  }
  for (const { number, kind, day, paper, scans } of facts.letters) {
    stored('demands', `letters.${kind}`, 'demand', number, paper, day)
    for (const scan of scans) stored('demands', 'sending', 'sending', number, scan, day)
  }
  if (facts.contacts > 0) made('contacts')
  made('interest')
  made('limitation')
  return pieces
}

/** Something that a court will ask for and that is not there; what is `grave` endangers the claim itself. */
export interface Gap {
  readonly section: Section | 'parties'
  readonly reason: Reason
  readonly grave: boolean
}

/** What is missing, said before the file is made and in its index. Days left count to the limitation of each debt. */
export function gapsOf(facts: CourtFacts, today: PlainDay): Gap[] {
  const gaps: Gap[] = []
  const gap = (section: Gap['section'], name: string, params: Reason['params'] = {}, grave = false) =>
    gaps.push({ section, reason: word(`gaps.${name}`, params), grave })
  const { debts, contracts, defendant, plaintiff } = facts
  for (const debt of debts) {
    const params = { number: debt.contractNumber, label: debt.label }
    if (!debt.hasContract) gap('contract', 'noContract', params, true)
    if (debt.disputed > 0) gap('performance', 'disputed', { ...params, amount: formatYuan(debt.disputed) })
    if (debt.limitationDay === null) continue
    const left = diffDays(today, debt.limitationDay as PlainDay)
    if (left < 0) gap('limitation', 'expired', { ...params, day: debt.limitationDay }, true)
    else if (left <= SOON) gap('limitation', 'expiring', { ...params, day: debt.limitationDay, days: left }, true)
  }
  for (const { number, signed, scans, deliveries, receipts } of contracts) {
    if (scans.length === 0) gap('contract', signed ? 'noScan' : 'noPaper', { number }, !signed)
    if (deliveries === 0 && receipts.length === 0) gap('performance', 'noDelivery', { number }, true)
    else if (receipts.length === 0) gap('performance', 'noReceipt', { number })
  }
  if (facts.invoices.length === 0) gap('invoices', 'noInvoice')
  for (const { number, files } of facts.invoices) if (files.length === 0) gap('invoices', 'noInvoiceFile', { number })
  const confirmed = facts.statements.filter((one) => one.confirmed)
  if (confirmed.length === 0) gap('statements', 'noStatement')
  for (const { number, scans } of confirmed) if (scans.length === 0) gap('statements', 'noCountersign', { number })
  if (!facts.letters.some(({ proof }) => proof === 'strong')) gap('demands', 'noDemand')
  for (const { number, sent, proof, scans } of facts.letters) {
    if (!sent) gap('demands', 'notSent', { number })
    else if (proof !== 'strong') gap('demands', 'unproven', { number })
    else if (scans.length === 0) gap('demands', 'noSendingScan', { number })
  }
  if (defendant.uscc === '') gap('parties', 'noUscc')
  if (defendant.address === '') gap('parties', 'noAddress')
  if (defendant.legalRepresentative === '') gap('parties', 'noRepresentative')
  if (plaintiff.uscc === '' || plaintiff.address === '' || plaintiff.legalRepresentative === '')
    gap('parties', 'ourFacts')
  return gaps
}
/** From so many days before its end on, the limitation period is said to be running out. */
const SOON = 90

/** Where to sue, and why (民事诉讼法 22, 24, 35). */
export type Forum =
  | { readonly kind: 'agreed'; readonly place: string }
  | { readonly kind: 'arbitration'; readonly place: string }
  | { readonly kind: 'domicile'; readonly place: string }
  /** The contracts agree on different ones: a suit for each. */
  | { readonly kind: 'several'; readonly place: '' }

/**
 * The court that the contracts agree on, else that of the defendant's domicile. An agreement to arbitrate shuts the
 * courts out (仲裁法 5).
 */
export function forumOf(
  contracts: readonly Pick<CourtContract, 'disputeWay' | 'disputePlace'>[],
  domicile: string,
): Forum {
  const agreed = new Set(
    contracts
      .filter(({ disputeWay, disputePlace }) => disputeWay === 'arbitration' || disputePlace !== '')
      .map(({ disputeWay, disputePlace }) => `${disputeWay}\n${disputePlace}`),
  )
  const silent = contracts.some(({ disputeWay, disputePlace }) => disputeWay === 'court' && disputePlace === '')
  const [only] = agreed
  if (only === undefined) return { kind: 'domicile', place: domicile }
  if (agreed.size > 1 || silent) return { kind: 'several', place: '' }
  const [way, place = ''] = only.split('\n')
  return { kind: way === 'arbitration' ? 'arbitration' : 'agreed', place }
}
