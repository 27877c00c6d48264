import { refuse } from '#shared/kernel/app-error.ts'
import type { PlainMonth } from '#shared/kernel/dates.ts'
import { documentName } from '#shared/kernel/filenames.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import { normaliseQuery } from '#shared/kernel/search-text.ts'
import { makeTranslator } from '#shared/i18n/translate.ts'
import { TRANSLATORS } from '#shared/i18n/translators.ts'
import { judgeFigures, ratingKey, type JudgedFigure } from '#shared/modules/performance/performance.figures.rules.ts'
import type { FigureLine, FiguresCheck } from '#shared/modules/performance/performance.figures.schema.ts'
import {
  figuresWorkbook,
  type FigurePerson,
  type KnownEntries,
} from '#shared/modules/performance/performance.figures.sheet.ts'
import { withoutReplay, type CallContext, type CoreDeps } from '#core/kernel/deps.ts'
import { keptJson } from '#core/kernel/kept-json.ts'
import { applyScope, type Scope } from '#core/kernel/scope.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { XLSX } from '#core/kernel/table-export.ts'
import { cleanSheet, sheetPage } from '#core/modules/imports/imports.api.ts'
import { teamNames } from '#core/modules/people/people.api.ts'
import { sessionOf } from '#core/rpc/context.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import { putEntry } from './performance.entries.ts'
import { assertOpen } from './performance.months.ts'
import { appraisedPeople, planBook } from './performance.plans.ts'
import { customerRatings } from './performance.reviews.repo.ts'
import { putCustomerReview } from './performance.reviews.ts'
import { putTargets } from './performance.targets.ts'

/** A checked file between its check and its run. */
interface CheckedFile {
  readonly month: PlainMonth
  readonly fileName: string
  readonly sheets: readonly { readonly rows: readonly (readonly string[])[] }[]
  readonly lines: readonly FigureLine[]
}

interface RowsAsked {
  readonly checkId: string
  readonly state?: FigureLine['state'] | undefined
}

/** A month's targets, figures entered by hand and ratings of customers from one sheet: all of it or nothing. */
export function createFiguresImport(deps: CoreDeps) {
  const { store, files } = deps
  const checks = keptJson<CheckedFile>(files, 'performance-figures.json')

  async function judged(db: Reader | Writer, ctx: CallContext, month: PlainMonth, sheets: CheckedFile['sheets']) {
    await assertOpen(db, month)
    const people = await peopleWithItems(db, ctx.scope, month)
    const found = judgeFigures(sheets, {
      month,
      me: sessionOf(ctx).userId,
      people,
      entries: await entriesOf(db, ctx.scope, month),
      ratings: Map.groupBy(await customerRatings(db, ctx.scope, month), (one) =>
        ratingKey(one.userId, one.customerName),
      ),
      translators: TRANSLATORS,
    })
    if (!found) throw refuse('PERFORMANCE_SHEET_COLUMNS')
    return { people, found }
  }

  function asked(ctx: CallContext, { text, filters }: { text?: string | undefined; filters: RowsAsked }): FigureLine[] {
    const needle = normaliseQuery(text ?? '')
    return checks
      .read(sessionOf(ctx).userId, filters.checkId)
      .lines.filter((line) => filters.state === undefined || line.state === filters.state)
      .filter((line) => needle === '' || normaliseQuery(`${line.userName} ${line.customerName}`).includes(needle))
  }

  return {
    template(ctx: CallContext, month: PlainMonth) {
      const t = makeTranslator(ctx.locale)
      return deps.jobs.start(ctx, {
        kind: 'performance.figures',
        steps: [{ key: 'jobs:steps.file', weight: 1 }],
        run: async (job) => {
          const db = store.read
          job.step('jobs:steps.file', 0, 1)
          const people = await peopleWithItems(db, ctx.scope, month)
          const entries = await entriesOf(db, ctx.scope, month)
          const firmName = (await readSetting(db, 'firm')).value.name
          const model = figuresWorkbook({ month, people, entries, firmName, createdAt: deps.clock.now() }, t)
          const bytes = await deps.workers.run('xlsx', model, { signal: job.signal })
          await store.write(withoutReplay(ctx.actor), (uow) =>
            uow.audit({
              action: 'performance.export',
              entity: 'export',
              entityId: month,
              after: { people: people.length },
            }),
          )
          await job.addFile({ name: documentName([t('performance:figures.title'), month], 'xlsx'), mime: XLSX, bytes })
          job.step('jobs:steps.file', 1, 1)
          return { people: people.length }
        },
      })
    },

    async check(ctx: CallContext, input: { month: PlainMonth; fileId: string }): Promise<FiguresCheck> {
      const { userId } = sessionOf(ctx)
      const file = files.readTemporary(userId, input.fileId)
      const task = { bytes: file.bytes, name: file.name }
      const read = await deps.workers.run('read-table', task, ctx.signal ? { signal: ctx.signal } : {})
      const sheets = read.sheets.map(({ rows }) => ({ rows: cleanSheet(rows, read.encoding !== null) }))
      const lines = (await judged(store.read, ctx, input.month, sheets)).found.map((one) => one.line)
      const count = (state: FigureLine['state']) => lines.filter((line) => line.state === state).length
      return {
        checkId: checks.keep(userId, { month: input.month, fileName: file.name, sheets, lines }),
        fileName: file.name,
        change: count('change'),
        failed: count('failed'),
        same: count('same'),
      }
    },

    rows: (ctx: CallContext, page: PageInput<'row', RowsAsked>) => sheetPage(asked(ctx, page), page),

    rowsSummary: (ctx: CallContext, input: { text?: string | undefined; filters: RowsAsked }) => ({
      count: asked(ctx, input).length,
    }),

    /** Judges the file again on what is true now, and writes every change or none. */
    run(ctx: CallContext, checkId: string) {
      const { month, sheets, fileName } = checks.read(sessionOf(ctx).userId, checkId)
      return store.write(ctx.actor, async (uow) => {
        const { people, found } = await judged(uow.db, ctx, month, sheets)
        if (found.some(({ line }) => line.state === 'failed')) throw refuse('PERFORMANCE_SHEET_FAULTS')
        await writeTargets(uow, month, people, found)
        for (const { entry, rating } of found) {
          if (entry) await putEntry(uow, entry)
          if (rating) await putCustomerReview(uow, rating)
        }
        const written = found.filter(({ line }) => line.state === 'change').length
        await uow.audit({
          action: 'performance.figures',
          entity: 'performance-month',
          entityId: month,
          after: { fileName, written },
        })
        return { written }
      })
    },
  }
}

/** Everybody of the scope with what he is measured by in the month. */
async function peopleWithItems(db: Reader | Writer, scope: Scope, month: PlainMonth): Promise<FigurePerson[]> {
  const planOf = await planBook(db, [month])
  const teams = await teamNames(db)
  return (await appraisedPeople(db, scope)).map((person) => ({
    id: person.id,
    name: person.name,
    teamName: person.teamId === null ? '' : (teams.get(person.teamId) ?? ''),
    items: planOf(person, month).items,
  }))
}

async function entriesOf(db: Reader | Writer, scope: Scope, month: PlainMonth): Promise<KnownEntries> {
  const rows = await applyScope(db.selectFrom('performance_entries'), scope, 'performance_entries.user_id')
    .where('month', '=', month)
    .where('removed_at', 'is', null)
    .select(['user_id', 'indicator', 'value', 'note', 'evidence'])
    .execute()
  return new Map(rows.map((row) => [`${row.user_id} ${row.indicator}`, row]))
}

/** The targets of each person together: his other targets and his weights stay as they are. */
async function writeTargets(
  uow: UnitOfWork,
  month: PlainMonth,
  people: readonly FigurePerson[],
  found: readonly JudgedFigure[],
): Promise<void> {
  const byPerson = Map.groupBy(
    found.filter(({ line }) => line.target !== null),
    (one) => one.userId,
  )
  for (const person of people) {
    const own = byPerson.get(person.id)
    if (!own) continue
    const items = person.items.map(({ indicator, weight, target }) => {
      const line = own.find((one) => one.line.indicator === indicator)?.line
      return { indicator, weight, target: line?.target?.after ?? target }
    })
    await putTargets(uow, month, { userId: person.id as never, items })
  }
}
