import type { AuditEntry } from '#core/store/store.ts'
import { withoutReplay, type CallContext, type CoreDeps } from './deps.ts'
import { exportTable, type TableExport } from './table-export.ts'

/** What a list is asked for its file: as it is filtered and sorted on the page. */
export interface ListAsked<Sort extends string, Filters> {
  readonly text?: string | undefined
  readonly filters: Filters
  readonly sort: { readonly key: Sort; readonly dir: 'asc' | 'desc' }
  readonly format: 'xlsx' | 'csv'
}

/** Where a page of a list begins, and how many rows it has. */
interface PageAt {
  readonly cursor: string | null
  readonly limit: number
}

/** A list as its file reads it. */
interface OpenList<Row> {
  readonly count: number
  readonly page: ReadPage<Row>
}

type ReadPage<Row> = (at: PageAt) => Promise<{ readonly rows: readonly Row[]; readonly nextCursor: string | null }>

/** The file of a list: named and headed by the list's title. */
interface ListExport<Row> extends Omit<TableExport<Row>, 'nameParts' | 'sheet'> {
  /** The kind of the job. */
  readonly kind: string
  /** The row of the log that says what leaves the program. */
  readonly audit: AuditEntry
  readonly title: string
  /** Called once, when the job runs. */
  readonly open: () => Promise<OpenList<Row>>
}

/** What the log says of a list that leaves the program: how it was filtered, and how many rows it had. */
export const listAudit = (
  action: AuditEntry['action'],
  { text, filters }: { readonly text?: string | undefined; readonly filters: unknown },
  rows: number,
): AuditEntry => ({ action, entity: 'export', entityId: 'list', after: { rows, filters, text: text ?? '' } })

const ROWS = 'jobs:steps.rows'
const FILE = 'jobs:steps.file'
const PAGE = 200

/** Writes down that a list leaves the program, and starts the job that reads it to its end and makes its file. */
export async function exportList<Row>(
  deps: CoreDeps,
  ctx: CallContext,
  { kind, audit, title, open, ...table }: ListExport<Row>,
): Promise<{ jobId: string }> {
  await deps.store.write(withoutReplay(ctx.actor), (uow) => uow.audit(audit))
  return deps.jobs.start(ctx, {
    kind,
    steps: [
      { key: ROWS, weight: 3 },
      { key: FILE, weight: 1 },
    ],
    run: async (job) => {
      const { count, page } = await open()
      const rows = await readAll(page, (done) => job.step(ROWS, Math.min(done, count), count))
      job.step(FILE, 0, 1)
      return exportTable(deps, job, { ...table, nameParts: [title], sheet: title }, rows)
    },
  })
}

/** Reads a paged list to its end; `tell` is told before each page how many rows there are. */
export async function readAll<Row>(
  page: ReadPage<Row>,
  tell: (done: number) => void,
  limit: number = PAGE,
): Promise<Row[]> {
  const rows: Row[] = []
  let cursor: string | null = null
  do {
    tell(rows.length)
    const next: Awaited<ReturnType<ReadPage<Row>>> = await page({ cursor, limit })
    rows.push(...next.rows)
    cursor = next.nextCursor
  } while (cursor !== null)
  return rows
}
