import { refuse } from '#shared/kernel/app-error.ts'
import { makeTranslator } from '#shared/i18n/translate.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import { normaliseQuery } from '#shared/kernel/search-text.ts'
import type {
  CheckInput,
  ImportEntity,
  ImportTable,
  PlannedRow,
  RowChoices,
} from '#shared/modules/imports/imports.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import type { Scope } from '#core/kernel/scope.ts'
import { sessionOf } from '#core/rpc/context.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import type { ImportAdapter } from './imports.api.ts'
import { BULK_REMOVAL, type BackupFirst } from './imports.backup.ts'
import { startCheck, startRevert, startRun, type ImportWork } from './imports.jobs.ts'
import { countImports, findImport, listImports, rememberedMapping, wasRun, writtenRows } from './imports.repo.ts'
import { writeTemplate } from './imports.sheets.ts'
import { cleanSheet, createImportMemory, mappedRows, sheetPage, sheetView, type OpenTable } from './imports.tables.ts'

/** The scope of another module's action for this caller; null where they may not do it. */
export type ScopeOf = (ctx: CallContext, permit: ImportAdapter['permit']) => Promise<Scope | null>

interface RowsAsked {
  readonly checkId: string
  readonly state?: PlannedRow['state'] | undefined
  readonly matched?: boolean | undefined
}

/** Rows of a file become records of a module, by that module's adapter. */
export function createImportsService(
  deps: CoreDeps,
  adapters: readonly ImportAdapter[],
  scopeOf: ScopeOf,
  backupFirst: BackupFirst,
) {
  const memory = createImportMemory(deps.files)
  const { store } = deps

  /** The adapter with the caller's scope in its module. Throws FORBIDDEN where the module is closed to them. */
  async function workOf(ctx: CallContext, entity: ImportEntity): Promise<ImportWork> {
    const adapter = adapters.find((one) => one.entity === entity)
    const scope = adapter ? await scopeOf(ctx, adapter.permit) : null
    if (!adapter || !scope) throw refuse('FORBIDDEN', adapter ? { action: adapter.permit } : {})
    const { userId } = sessionOf(ctx)
    const t = makeTranslator(ctx.locale)
    const own = (await adapter.ownFields?.(store.read, ctx.locale)) ?? []
    const fields = [...adapter.fields.map((field) => ({ ...field, title: t(field.title) })), ...own]
    return { deps, ctx, adapter, scope, memory, userId, backupFirst, t, fields }
  }

  /** The judged rows of a check with their cells, narrowed to what was asked. */
  function checkedRows(ctx: CallContext, asked: { text?: string | undefined; filters: RowsAsked }) {
    const { userId } = sessionOf(ctx)
    const { checkId, state, matched } = asked.filters
    const check = memory.check(userId, checkId)
    const table = memory.table(userId, check.input.tableId)
    const needle = normaliseQuery(asked.text ?? '')
    const cells = new Map(mappedRows(table, check.input).map((row) => [row.row, row.cells]))
    return check.rows
      .filter((row) => state === undefined || row.state === state)
      .filter((row) => matched === undefined || (row.match !== null) === matched)
      .map((row) => ({ ...row, cells: { ...cells.get(row.row) } }))
      .filter((row) => needle === '' || Object.values(row.cells).some((cell) => normaliseQuery(cell).includes(needle)))
  }

  async function assertReverting(db: Reader | Writer, work: ImportWork, id: string, version: number) {
    const found = await findImport(db, work.ctx.scope, id)
    if (!found) throw refuse('NOT_FOUND', { entity: 'import' })
    if (found.version !== version) throw refuse('STALE', { current: found })
    if (found.revertedAt !== null) throw refuse('IMPORT_REVERTED')
    return found
  }

  async function revertView(work: ImportWork, id: string) {
    const standing = await work.adapter.standing(store.read, await writtenRows(store.read, id))
    const count = (wanted: string) => standing.filter((one) => one === wanted).length
    return { same: count('same'), changed: count('changed'), inUse: count('inUse') }
  }

  return {
    async template(ctx: CallContext, entity: ImportEntity): Promise<{ jobId: string }> {
      const { adapter, fields, t } = await workOf(ctx, entity)
      const step = 'jobs:steps.file'
      return deps.jobs.start(ctx, {
        kind: 'imports.template',
        steps: [{ key: step, weight: 1 }],
        run: (job) => writeTemplate(deps, job, t(adapter.title), fields),
      })
    },

    async open(ctx: CallContext, input: { entity: ImportEntity; fileId: string }): Promise<ImportTable> {
      const work = await workOf(ctx, input.entity)
      const file = deps.files.readTemporary(work.userId, input.fileId)
      const task = { bytes: file.bytes, name: file.name }
      const { sheets, encoding } = await deps.workers.run('read-table', task, ctx.signal ? { signal: ctx.signal } : {})
      const filled = sheets.filter((sheet) => sheet.rows.length > 0)
      const table: OpenTable = {
        entity: input.entity,
        fileName: file.name,
        sheets: filled.map(({ name, rows }) => ({ name, rows: cleanSheet(rows, encoding !== null) })),
      }
      const views = await Promise.all(
        table.sheets.map((sheet) =>
          sheetView(sheet, work.fields, (keys) =>
            rememberedMapping(store.read, work.userId, work.adapter.entity, keys),
          ),
        ),
      )
      const fields = work.fields.map((field) => ({ ...field, names: [...field.names] }))
      const tableId = memory.keepTable(work.userId, table)
      return { tableId, fileName: file.name, encoding, fields, sheets: views }
    },

    async check(ctx: CallContext, input: CheckInput): Promise<{ jobId: string }> {
      const table = memory.table(sessionOf(ctx).userId, input.tableId)
      return startCheck(await workOf(ctx, table.entity), table, input)
    },

    rows: (ctx: CallContext, page: PageInput<'row', RowsAsked>) => sheetPage(checkedRows(ctx, page), page),

    rowsSummary: (ctx: CallContext, input: { text?: string | undefined; filters: RowsAsked }) => ({
      count: checkedRows(ctx, input).length,
    }),

    async run(ctx: CallContext, input: { checkId: string; choices: RowChoices }): Promise<{ jobId: string }> {
      const { userId } = sessionOf(ctx)
      const check = memory.check(userId, input.checkId)
      const table = memory.table(userId, check.input.tableId)
      if (await wasRun(store.read, input.checkId)) throw refuse('IMPORT_DONE')
      return startRun(await workOf(ctx, table.entity), table, { ...input, rules: check.input })
    },

    list: (ctx: CallContext, page: PageInput<'at'>) => listImports(store.read, ctx.scope, page),

    summary: async (ctx: CallContext) => ({ count: await countImports(store.read, ctx.scope) }),

    async get(ctx: CallContext, id: string) {
      const found = await findImport(store.read, ctx.scope, id)
      if (!found) throw refuse('NOT_FOUND', { entity: 'import' })
      return { ...found, revert: await revertView(await workOf(ctx, found.entity), id) }
    },

    async revert(ctx: CallContext, input: { id: string; version: number; keepChanged: boolean }) {
      const found = await findImport(store.read, ctx.scope, input.id)
      if (!found) throw refuse('NOT_FOUND', { entity: 'import' })
      const work = await workOf(ctx, found.entity)
      await assertReverting(store.read, work, input.id, input.version)
      const { changed, inUse } = await revertView(work, input.id)
      if (changed + inUse > 0 && !input.keepChanged) throw refuse('IMPORT_CHANGED', { changed, inUse })
      const bulk = found.created + found.updated > BULK_REMOVAL
      return startRevert(work, { ...input, bulk }, (db) => assertReverting(db, work, input.id, input.version))
    },
  }
}
