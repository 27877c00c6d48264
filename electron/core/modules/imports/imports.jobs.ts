import type { Translate } from '#shared/i18n/translate.ts'
import { refuse } from '#shared/kernel/app-error.ts'
import { countStates } from '#shared/modules/imports/imports.rules.ts'
import type { CheckInput, ImportRecord, PlannedRow, RowChoices } from '#shared/modules/imports/imports.schema.ts'
import { withoutReplay, type CallContext, type CoreDeps } from '#core/kernel/deps.ts'
import { newId } from '#core/kernel/ids.ts'
import type { RunningJob } from '#core/kernel/jobs/jobs.ts'
import type { Scope } from '#core/kernel/scope.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import type { ImportAdapter, ImportField } from './imports.api.ts'
import { BACKUP_STEP, backUpFirst, type BackupFirst } from './imports.backup.ts'
import { planRows } from './imports.plan.ts'
import { keepMapping, keepWrittenRow, wasRun, writtenRows } from './imports.repo.ts'
import { writeErrorSheet } from './imports.sheets.ts'
import { headingKey, mappedRows, type createImportMemory, type OpenTable } from './imports.tables.ts'

/** One caller's work with one adapter. */
export interface ImportWork {
  readonly deps: CoreDeps
  readonly ctx: CallContext
  readonly adapter: ImportAdapter
  readonly scope: Scope
  readonly memory: ReturnType<typeof createImportMemory>
  readonly userId: string
  readonly backupFirst: BackupFirst
  readonly t: Translate
  /** Every field that a column may be, titled in the caller's language. */
  readonly fields: readonly ImportField[]
}

const READ = 'imports:steps.check'
const WRITE = 'imports:steps.write'
const BACK = 'imports:steps.back'
const BREATHE_EVERY = 50

/** Lets a cancel, a question of another window, and the job's own news through between rows. */
const breathe = () => new Promise<void>((resolve) => setImmediate(resolve))

/** Judges every row and writes no record; only the choice of columns is remembered. */
export function startCheck(work: ImportWork, table: OpenTable, input: CheckInput): { jobId: string } {
  const { deps, ctx, adapter, userId } = work
  return deps.jobs.start(ctx, {
    kind: 'imports.check',
    steps: [
      { key: READ, weight: 9 },
      { key: 'jobs:steps.file', weight: 1 },
    ],
    async run(job) {
      const rows = mappedRows(table, input)
      if (rows.length === 0) throw refuse('IMPORT_EMPTY')
      const headings = table.sheets[input.sheet]?.rows[input.headRow] ?? []
      const session = await adapter.session(deps.store.read, ctx, work.scope)
      const plans: PlannedRow[] = []
      for await (const batch of planRows(session, rows, input, {})) {
        for (const { fields: _fields, ...plan } of batch) plans.push(plan)
        job.step(READ, plans.length, rows.length)
        await breathe()
      }
      await deps.store.write(withoutReplay(ctx.actor), async (uow) => {
        await keepMapping(uow, { userId, entity: adapter.entity, headings: headingKey(headings) }, input.mapping)
        await uow.audit({ action: 'imports.mapping', entity: 'import', entityId: input.tableId, after: input.mapping })
      })
      const counts = countStates(plans.map((plan) => plan.state))
      job.step('jobs:steps.file', 0, 1)
      if (counts.failed > 0) await errorSheet(work, job, table, input, plans)
      return { checkId: work.memory.keepCheck(userId, { input, rows: plans }), ...counts, ...kinds(plans) }
    },
  })
}

/** How many rows are or are like a record, for the choices of the check. */
function kinds(plans: readonly PlannedRow[]) {
  return {
    same: plans.filter((plan) => plan.state === 'same').length,
    sure: plans.filter((plan) => plan.match?.sure === true).length,
    similar: plans.filter((plan) => plan.match?.sure === false).length,
  }
}

function errorSheet(
  work: ImportWork,
  job: RunningJob,
  table: OpenTable,
  input: CheckInput,
  plans: readonly PlannedRow[],
) {
  const sheet = table.sheets[input.sheet]
  const titles = new Map(work.fields.map((field) => [field.key, field.title]))
  const failed = {
    fileName: table.fileName,
    headings: sheet?.rows[input.headRow] ?? [],
    mapping: input.mapping,
    rows: plans
      .filter((plan) => plan.state === 'failed' || (plan.state === 'joined' && plan.problems.length > 0))
      .map((plan) => ({ plan, cells: sheet?.rows[plan.row - 1] ?? [] })),
    titleOf: (field: string) => titles.get(field) ?? field,
  }
  return writeErrorSheet(work.deps, job, failed, work.t)
}

/**
 * Judges every row on what is true now and writes the good ones: one unit of work, so that a cancel leaves nothing.
 * Begins with a verified backup, and does not begin without one.
 */
export function startRun(
  work: ImportWork,
  table: OpenTable,
  input: { checkId: string; choices: RowChoices; rules: CheckInput },
): { jobId: string } {
  const { deps, ctx, adapter } = work
  return deps.jobs.start(ctx, {
    kind: `imports.${adapter.entity}`,
    steps: [
      { key: BACKUP_STEP, weight: 2 },
      { key: WRITE, weight: 9 },
      { key: 'jobs:steps.file', weight: 1 },
    ],
    async run(job) {
      const rows = mappedRows(table, input.rules)
      await backUpFirst(job, deps.log, (signal) => work.backupFirst('import', signal))
      job.step(WRITE, 0, rows.length)
      const { importId, plans } = await deps.store.write(withoutReplay(ctx.actor), async (uow) => {
        if (await wasRun(uow.db, input.checkId)) throw refuse('IMPORT_DONE')
        const id = newId()
        const session = await adapter.session(uow.db, ctx, work.scope)
        const done: PlannedRow[] = []
        const counts = { rows: 0, created: 0, updated: 0, skipped: 0, failed: 0 }
        await uow.db
          .insertInto('imports')
          .values({
            id,
            entity: adapter.entity,
            check_id: input.checkId,
            file_name: table.fileName,
            user_id: work.userId,
            ...counts,
            at: uow.now,
            reverted_at: null,
            version: 0,
          })
          .execute()
        for await (const batch of planRows(session, rows, input.rules, input.choices)) {
          for (const { fields, ...plan } of batch) {
            if (fields !== null && (plan.state === 'create' || plan.state === 'update')) {
              const over = plan.state === 'update' ? (plan.match?.id ?? null) : null
              await keepWrittenRow(uow, id, plan.row, await session.write(uow, fields, over))
            }
            done.push(plan)
            if (done.length % BREATHE_EVERY === 0) {
              job.step(WRITE, done.length, rows.length)
              await breathe()
            }
          }
        }
        job.step(WRITE, rows.length, rows.length)
        const { joined, ...records } = countStates(done.map((plan) => plan.state))
        Object.assign(counts, records)
        await uow.db.updateTable('imports').set(counts).where('id', '=', id).execute()
        const after = { entity: adapter.entity, file: table.fileName, ...counts, joined }
        await uow.audit({ action: 'imports.run', entity: 'import', entityId: id, after })
        uow.changed('imports', id)
        return { importId: id, plans: done }
      })
      const counts = countStates(plans.map((plan) => plan.state))
      // The rows are in: what comes now may fail or be cancelled without taking them back.
      if (counts.failed > 0 && !job.signal.aborted) await errorSheet(work, job, table, input.rules, plans)
      return { importId, ...counts }
    },
  })
}

/**
 * Takes an import back, all of it in one unit of work; records that are no longer as it left them stay. `bulk` is
 * whether it takes so many away that a verified backup comes first.
 */
export function startRevert(
  work: ImportWork,
  input: { id: string; keepChanged: boolean; bulk: boolean },
  assertStill: (db: Reader | Writer) => Promise<ImportRecord>,
): { jobId: string } {
  const { deps, ctx, adapter } = work
  return deps.jobs.start(ctx, {
    kind: 'imports.revert',
    steps: [...(input.bulk ? [{ key: BACKUP_STEP, weight: 1 }] : []), { key: BACK, weight: 4 }],
    async run(job) {
      if (input.bulk) await backUpFirst(job, deps.log, (signal) => work.backupFirst('delete', signal))
      return deps.store.write(withoutReplay(ctx.actor), async (uow: UnitOfWork) => {
        const { version } = await assertStill(uow.db)
        const rows = await writtenRows(uow.db, input.id)
        const standing = await adapter.standing(uow.db, rows)
        const kept = standing.filter((one) => one !== 'same').length
        if (kept > 0 && !input.keepChanged) {
          const count = (wanted: string) => standing.filter((one) => one === wanted).length
          throw refuse('IMPORT_CHANGED', { changed: count('changed'), inUse: count('inUse') })
        }
        for (const [i, row] of rows.entries()) {
          if (standing[i] === 'same') await adapter.takeBack(uow, row)
          if (i % BREATHE_EVERY === 0) {
            job.step(BACK, i, rows.length)
            await breathe()
          }
        }
        await uow.db
          .updateTable('imports')
          .set({ reverted_at: uow.now, version: version + 1 })
          .where('id', '=', input.id)
          .execute()
        const after = { reverted: rows.length - kept, kept }
        await uow.audit({ action: 'imports.revert', entity: 'import', entityId: input.id, after })
        uow.changed('imports', input.id)
        return after
      })
    },
  })
}
