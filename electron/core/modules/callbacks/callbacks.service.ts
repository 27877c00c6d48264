import { makeTranslator } from '#shared/i18n/translate.ts'
import { diffDays, type PlainDay } from '#shared/kernel/dates.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import { makeCalendar, nextWorkday, type WorkCalendar } from '#shared/kernel/workdays.ts'
import type { CallBackFilters, CallBackRow } from '#shared/modules/callbacks/callbacks.contract.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { exportList, listAudit, type ListAsked } from '#core/kernel/list-export.ts'
import { readSetting } from '#core/kernel/settings.ts'
import type { ExportColumn } from '#core/kernel/table-export.ts'
import { countCallBacks, listCallBacks, type CallBackQuery, type FoundCallBack } from './callbacks.repo.ts'

interface Asked {
  readonly text?: string | undefined
  readonly filters: CallBackFilters
}

/** Whom to call back, and by when. */
export function createCallBacksService(deps: CoreDeps) {
  const { store } = deps

  async function queryOf(ctx: CallContext, { text, filters }: Asked): Promise<CallBackQuery> {
    const cycles = (await readSetting(store.read, 'callBacks')).value
    return { scope: ctx.scope, text, filters, cycles, today: deps.clock.today() }
  }
  const calendar = async () => makeCalendar((await readSetting(store.read, 'workCalendar')).value)

  return {
    async list(ctx: CallContext, input: PageInput<'due', CallBackFilters>) {
      const known = await calendar()
      const { rows, nextCursor } = await listCallBacks(store.read, await queryOf(ctx, input), input)
      return { rows: rows.map((row) => toRow(row, known, deps.clock.today())), nextCursor }
    },

    summary: async (ctx: CallContext, input: Asked) => countCallBacks(store.read, await queryOf(ctx, input)),

    async exportRows(ctx: CallContext, input: ListAsked<'due', CallBackFilters>) {
      const t = makeTranslator(ctx.locale)
      const query = await queryOf(ctx, input)
      const known = await calendar()
      const { count } = await countCallBacks(store.read, query)
      return exportList<CallBackRow>(deps, ctx, {
        kind: 'callbacks.export',
        audit: { ...listAudit('customers.export', input, count), entityId: 'callBacks' },
        title: t('callbacks:title'),
        format: input.format,
        columns: columns(t),
        open: async () => ({
          count,
          page: async (at) => {
            const { rows, nextCursor } = await listCallBacks(store.read, query, { sort: input.sort, ...at })
            return { rows: rows.map((row) => toRow(row, known, query.today)), nextCursor }
          },
        }),
      })
    },
  }
}

/** The due day is moved to a working day here: the order by the days before stays the order by those after. */
function toRow(row: FoundCallBack, calendar: WorkCalendar, today: PlainDay): CallBackRow {
  const dueDay = nextWorkday(calendar, row.due as PlainDay).day
  return {
    id: row.id,
    code: row.code,
    name: row.name,
    grade: row.grade as CallBackRow['grade'],
    ownerName: row.owner_name ?? '',
    lastDay: row.last_day,
    dueDay,
    daysLate: Math.max(0, diffDays(dueDay, today)),
  }
}

function columns(t: ReturnType<typeof makeTranslator>): ExportColumn<CallBackRow>[] {
  const head = (key: string) => t(`callbacks:fields.${key}`)
  return [
    { head: head('dueDay'), width: 12, format: 'day', value: (row) => row.dueDay },
    { head: head('daysLate'), width: 10, format: 'count', value: (row) => row.daysLate },
    { head: head('code'), width: 12, format: 'text', value: (row) => row.code },
    { head: head('name'), width: 32, format: 'text', value: (row) => row.name },
    { head: head('grade'), width: 8, format: 'text', value: (row) => row.grade },
    { head: head('lastDay'), width: 12, format: 'day', value: (row) => row.lastDay },
    { head: head('ownerName'), width: 12, format: 'text', value: (row) => row.ownerName },
  ]
}
