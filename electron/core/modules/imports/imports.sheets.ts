import type { Translate } from '#shared/i18n/translate.ts'
import { documentName } from '#shared/kernel/filenames.ts'
import type { RowModel, WorkbookModel } from '#shared/kernel/workbook-model.ts'
import type { PlannedRow, RowProblem } from '#shared/modules/imports/imports.schema.ts'
import type { CoreDeps } from '#core/kernel/deps.ts'
import type { RunningJob } from '#core/kernel/jobs/jobs.ts'
import { XLSX } from '#core/kernel/table-export.ts'

const WIDTH = 18
const REASON_WIDTH = 48

/** What is wrong with a row in words, each with the title of its column. */
export function problemText(problems: readonly RowProblem[], titleOf: (field: string) => string, t: Translate): string {
  return problems
    .map(({ field, key, params }) => {
      const text = t(key, params)
      return field === null ? text : t('imports:problems.inField', { field: titleOf(field), text })
    })
    .join(t('imports:problems.and'))
}

/**
 * The rows that failed, as they were in the sheet, each with the reason in a cell behind it; the cells to blame are
 * marked. Put right, it can be imported as it is: the column of reasons is not taken for a field.
 */
export async function writeErrorSheet(
  deps: CoreDeps,
  job: RunningJob,
  failed: {
    readonly fileName: string
    readonly headings: readonly string[]
    readonly mapping: readonly (string | null)[]
    readonly rows: readonly { readonly plan: PlannedRow; readonly cells: readonly string[] }[]
    readonly titleOf: (field: string) => string
  },
  t: Translate,
): Promise<void> {
  const columns = Math.max(failed.headings.length, failed.mapping.length)
  const at = Array.from({ length: columns }, (_, i) => i)
  const head: RowModel = {
    cells: [
      ...at.map((i) => ({ value: failed.headings[i] ?? '', style: 'head' as const })),
      { value: t('imports:reason'), style: 'head' },
    ],
  }
  const body = failed.rows.map(({ plan, cells }): RowModel => {
    const blamed = new Set(plan.problems.map((problem) => problem.field))
    const cell = (i: number) => {
      const field = failed.mapping[i] ?? null
      const style = field !== null && blamed.has(field) ? ('input' as const) : ('text' as const)
      return { value: cells[i] ?? '', format: 'text' as const, style }
    }
    return { cells: [...at.map(cell), { value: problemText(plan.problems, failed.titleOf, t), style: 'wrap' }] }
  })
  const model: WorkbookModel = {
    creator: 'Yewutai',
    createdAt: deps.clock.now(),
    sheets: [
      {
        name: t('imports:failedSheet'),
        columns: [...at.map(() => ({ width: WIDTH })), { width: REASON_WIDTH }],
        rows: [head, ...body],
        frozenRows: 1,
        landscape: true,
      },
    ],
  }
  const bytes = await deps.workers.run('xlsx', model, { signal: job.signal })
  const stem = failed.fileName.replace(/\.[^.]*$/, '')
  await job.addFile({ name: documentName([stem, t('imports:failedSheet')], 'xlsx'), mime: XLSX, bytes })
}

/** The headings alone, for somebody who starts from an empty sheet. */
export async function writeTemplate(
  deps: CoreDeps,
  job: RunningJob,
  title: string,
  fields: readonly { readonly title: string }[],
): Promise<void> {
  const model: WorkbookModel = {
    creator: 'Yewutai',
    createdAt: deps.clock.now(),
    sheets: [
      {
        name: title,
        columns: fields.map(() => ({ width: WIDTH })),
        rows: [{ cells: fields.map((field) => ({ value: field.title, style: 'head' })) }],
        frozenRows: 1,
      },
    ],
  }
  const bytes = await deps.workers.run('xlsx', model, { signal: job.signal })
  await job.addFile({ name: documentName([title], 'xlsx'), mime: XLSX, bytes })
}
