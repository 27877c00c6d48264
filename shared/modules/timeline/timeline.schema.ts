import { z } from 'zod'
import { plainDay } from '#shared/kernel/dates.ts'
import type { Action } from '#shared/policy/actions.ts'

/** What the stream can be narrowed to, in the order of the choices. */
export const TIMELINE_KINDS = [
  'visits',
  'tasks',
  'deals',
  'quotations',
  'minutes',
  'contracts',
  'invoices',
  'receipts',
  'dunning',
  'claims',
  'files',
  'market',
  'owner',
  'file',
] as const
export type TimelineKind = (typeof TIMELINE_KINDS)[number]

/** Who sees a kind at all: whoever may read the module that it comes from. */
export const KIND_PERMITS: Readonly<Record<TimelineKind, Action>> = {
  visits: 'visits.read',
  tasks: 'tasks.use',
  deals: 'deals.read',
  quotations: 'deals.read',
  minutes: 'deals.read',
  contracts: 'contracts.read',
  invoices: 'invoices.read',
  receipts: 'receivables.read',
  dunning: 'dunning.read',
  claims: 'claims.read',
  files: 'customers.read',
  market: 'market.read',
  owner: 'customers.read',
  file: 'customers.read',
}

/** What happened; shown by `timeline:events.<event>`. */
export const TIMELINE_EVENTS = [
  'fileMade',
  'fileChanged',
  'fileRemoved',
  'fileRestored',
  'toldApart',
  'transferred',
  'claimed',
  'assigned',
  'released',
  'poolNotice',
  'teamJoined',
  'teamLeft',
  'merged',
  'unmerged',
  'mergeFinal',
  'visitPlanned',
  'visitDone',
  'visitCancelled',
  'visitIncident',
  'visitMoved',
  'taskMade',
  'taskDone',
  'taskDropped',
  'dealMade',
  'dealMoved',
  'dealChanged',
  'dealWon',
  'dealLost',
  'quotationSent',
  'quotationAccepted',
  'quotationRejected',
  'quotationWithdrawn',
  'minutesDraft',
  'minutesFinal',
  'contractMade',
  'contractSigned',
  'contractEvent',
  'contractVoid',
  'supplementSigned',
  'contractEnded',
  'obligationMade',
  'obligationDone',
  'obligationDropped',
  'invoiceIssued',
  'invoiceRed',
  'invoiceVoid',
  'receiptMade',
  'receiptReversed',
  'letterIssued',
  'letterSent',
  'contactLogged',
  'hardshipReported',
  'hardshipDecided',
  'courtFileMade',
  'dunningExcluded',
  'dunningIncluded',
  'limitationEvent',
  'disputeOpened',
  'disputeResolved',
  'claimDecided',
  'statementMade',
  'statementAnswered',
  'planSigned',
  'creditChanged',
  'fileAdded',
  'fileTaken',
  'noteMade',
  'noteAnswered',
] as const
export type TimelineEvent = (typeof TIMELINE_EVENTS)[number]

/** Records that an item leads to. */
export const TIMELINE_RECORDS = [
  'visit',
  'deal',
  'quotation',
  'minutes',
  'contract',
  'invoice',
  'receipt',
  'letter',
  'market',
  'obligation',
  'dispute',
  'claimRequest',
  'statement',
  'repaymentPlan',
  'credit',
  'escalation',
] as const

/** A word in the reader's language: its key, and what stands in it. */
export const timelineWord = z.object({
  key: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
})

export const timelineItem = z.object({
  /** The same at every reading: the source and the id of its row. */
  key: z.string(),
  kind: z.enum(TIMELINE_KINDS),
  event: z.enum(TIMELINE_EVENTS),
  /** The firm's day. */
  day: plainDay,
  /** `14:03` in the firm's zone, or what was agreed; '' where only the day is known. */
  time: z.string(),
  /** Null for the program itself, or where nobody is written down. */
  who: z.string().nullable(),
  record: z.object({ kind: z.enum(TIMELINE_RECORDS), id: z.string() }).nullable(),
  /** Number or name of the record; the event's own word stands for it where it is empty. */
  title: z.string(),
  words: z.array(timelineWord),
  note: z.string(),
  /** Fen; null where there is no money in it. */
  amount: z.number().int().nullable(),
})
export type TimelineItem = z.infer<typeof timelineItem>
