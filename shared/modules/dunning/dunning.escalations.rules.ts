import type { PlainDay } from '#shared/kernel/dates.ts'

/** What is proposed to the superior: put off, pay in parts, deliver nothing more, go to court, go on as before. */
export const PROPOSALS = ['extension', 'plan', 'hold', 'court', 'goOn'] as const
export type Proposal = (typeof PROPOSALS)[number]

export const REPORT_STATES = ['asked', 'returned', 'done', 'refused', 'withdrawn'] as const
export type ReportState = (typeof REPORT_STATES)[number]

/** What an approved report has led to, as a record of its own; `none` where there was nothing left to do. */
export const REPORT_RESULTS = ['none', 'claimRequest', 'repaymentPlan', 'credit', 'task'] as const
export type ReportResult = (typeof REPORT_RESULTS)[number]

/**
 * How a customer's difficulty stands: nobody reported it, the superior has to decide, the report came back, it goes to
 * court and the file is to be made, the file is made.
 */
export const COURSES = ['none', 'awaited', 'returned', 'court', 'filed'] as const
export type Course = (typeof COURSES)[number]

/** A report of a difficulty, as far as the ladder asks. */
export interface ReportFact {
  readonly state: ReportState
  readonly proposal: Proposal
  readonly instalmentIds: readonly string[]
  /** The day on which its way to court was ended. */
  readonly endedDay: PlainDay | null
}

/** A file that was made for the court, and not given up since. */
export interface FileFact {
  readonly day: PlainDay
  readonly instalmentIds: readonly string[]
}

export interface CourseFacts {
  readonly course: Course
  /** The superior was asked, and has said something or will. */
  readonly escalated: boolean
  /** The day of the latest file for the court. */
  readonly fileDay: PlainDay | null
}

/**
 * How the difficulty of a customer stands by what was reported, the latest last. Only what is about a debt that is still
 * open counts: what is paid takes its history along.
 */
export function courseOf(
  reports: readonly ReportFact[],
  files: readonly FileFact[],
  open: ReadonlySet<string>,
): CourseFacts {
  const about = ({ instalmentIds }: { readonly instalmentIds: readonly string[] }) =>
    instalmentIds.some((id) => open.has(id))
  const counting = reports.filter((report) => report.state !== 'withdrawn' && about(report))
  const fileDay = files
    .filter(about)
    .reduce<PlainDay | null>((last, { day }) => (last === null || day > last ? day : last), null)
  const escalated = counting.length > 0
  const course = ((): Course => {
    if (counting.some(({ state }) => state === 'asked')) return 'awaited'
    if (counting.at(-1)?.state === 'returned') return 'returned'
    if (fileDay !== null) return 'filed'
    const toCourt = counting.some(
      ({ state, proposal, endedDay }) => state === 'done' && proposal === 'court' && endedDay === null,
    )
    return toCourt ? 'court' : 'none'
  })()
  return { course, escalated, fileDay }
}
