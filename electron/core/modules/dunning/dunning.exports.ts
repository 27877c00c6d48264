import { makeTranslator, type Translate } from '#shared/i18n/translate.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import type {
  ContactFilters,
  ContactRow,
  ContactSort,
  PromiseFilters,
  PromiseRow,
  PromiseSort,
} from '#shared/modules/dunning/dunning.contacts.schema.ts'
import type {
  EscalationFilters,
  EscalationRow,
  EscalationSort,
} from '#shared/modules/dunning/dunning.escalations.schema.ts'
import type { WorkFilters, WorkListRow, WorkSort } from '#shared/modules/dunning/dunning.worklist.schema.ts'
import { withoutReplay, type CallContext, type CoreDeps } from '#core/kernel/deps.ts'
import { exportTable, type ExportColumn } from '#core/kernel/table-export.ts'
import { listContacts } from './dunning.contacts.repo.ts'
import { listEscalations } from './dunning.escalations.repo.ts'
import type { Policies } from './dunning.policies.ts'
import { listPromises } from './dunning.promises.repo.ts'
import { listCases } from './dunning.worklist.repo.ts'

const PAGE = 200
/** Where the name of a list stands among the words. */
const TITLES = { work: 'work', contacts: 'contacts', promises: 'promiseList', escalations: 'escalations' } as const

type Asked<Sort extends string, Filters> = Omit<PageInput<Sort, Filters>, 'cursor' | 'limit'> & {
  readonly format: 'xlsx' | 'csv'
}
type Page<Row> = (cursor: string | null) => Promise<{ rows: Row[]; nextCursor: string | null }>

/** The work list, the log of contacts and the promises as files, as they are filtered and sorted on the page. */
export function createDunningExports(deps: CoreDeps, policies: Policies) {
  async function start<Row>(
    ctx: CallContext,
    asked: { readonly format: 'xlsx' | 'csv'; readonly filters: unknown },
    list: {
      readonly id: keyof typeof TITLES
      readonly columns: (t: Translate) => ExportColumn<Row>[]
      readonly page: Page<Row>
    },
  ) {
    const t = makeTranslator(ctx.locale)
    await deps.store.write(withoutReplay(ctx.actor), async (uow) => {
      await uow.audit({ action: 'dunning.export', entity: 'export', entityId: list.id, after: asked.filters })
    })
    return deps.jobs.start(ctx, {
      kind: 'dunning.export',
      steps: [{ key: 'jobs:steps.rows', weight: 1 }],
      run: async (job) => {
        const rows: Row[] = []
        let cursor: string | null = null
        do {
          const page: Awaited<ReturnType<Page<Row>>> = await list.page(cursor)
          rows.push(...page.rows)
          cursor = page.nextCursor
          job.step('jobs:steps.rows', rows.length, cursor === null ? rows.length : rows.length + PAGE)
        } while (cursor !== null)
        const title = t(`dunning:${TITLES[list.id]}.title`)
        const table = { nameParts: [title], sheet: title, format: asked.format, columns: list.columns(t) }
        return exportTable(deps, job, table, rows)
      },
    })
  }

  return {
    work: (ctx: CallContext, input: Asked<WorkSort, WorkFilters>) => {
      const db = deps.store.read
      const today = deps.clock.today()
      const asked = { scope: ctx.scope, text: input.text, filters: input.filters, today }
      const page: Page<WorkListRow> = async (cursor) => {
        const { policy } = await policies.inForce(db, today)
        return listCases(db, asked, { ...input, cursor, limit: PAGE }, policy)
      }
      return start(ctx, input, { id: 'work', columns: workColumns, page })
    },
    contacts: (ctx: CallContext, input: Asked<ContactSort, ContactFilters>) =>
      start(ctx, input, {
        id: 'contacts',
        columns: contactColumns,
        page: (cursor) => listContacts(deps.store.read, ctx.scope, { ...input, cursor, limit: PAGE }),
      }),
    promises: (ctx: CallContext, input: Asked<PromiseSort, PromiseFilters>) =>
      start(ctx, input, {
        id: 'promises',
        columns: promiseColumns,
        page: (cursor) => listPromises(deps.store.read, ctx.scope, { ...input, cursor, limit: PAGE }),
      }),
    escalations: (ctx: CallContext, input: Asked<EscalationSort, EscalationFilters>) => {
      const asked = { scope: ctx.scope, text: input.text, filters: input.filters }
      const page: Page<EscalationRow> = (cursor) =>
        listEscalations(deps.store.read, asked, { ...input, cursor, limit: PAGE })
      return start(ctx, input, { id: 'escalations', columns: escalationColumns, page })
    },
  }
}

function columnsFor(t: Translate) {
  return <Row>(
    field: string,
    width: number,
    value: (row: Row) => string | number | null,
    format: ExportColumn<Row>['format'] = 'text',
  ): ExportColumn<Row> => ({ head: t(`dunning:columns.${field}`), width, format, value })
}

function workColumns(t: Translate): ExportColumn<WorkListRow>[] {
  const column = columnsFor(t)
  return [
    column('customerName', 28, (row) => row.customerName),
    column('action', 18, (row) => t(`dunning:actions.${row.action}`)),
    column('kind', 14, (row) => (row.kind === null ? '' : t(`dunning:steps.${row.kind}`))),
    column('nextDay', 12, (row) => row.nextDay, 'day'),
    column('atRisk', 16, (row) => row.atRisk, 'yuan'),
    column('overdue', 16, (row) => row.overdue, 'yuan'),
    column('outstanding', 16, (row) => row.outstanding, 'yuan'),
    column('maxDays', 10, (row) => row.maxDays, 'count'),
    column('limitationDay', 12, (row) => row.limitationDay, 'day'),
    column('broken', 10, (row) => row.broken, 'count'),
    column('promisedUntil', 12, (row) => row.promisedUntil, 'day'),
    column('reason', 14, (row) => (row.reason === null ? '' : t(`dunning:delayReasons.${row.reason}`))),
    column('lastContact', 12, (row) => row.lastContact, 'day'),
    column('ownerName', 12, (row) => row.ownerName),
  ]
}

function contactColumns(t: Translate): ExportColumn<ContactRow>[] {
  const column = columnsFor(t)
  return [
    column('contactDay', 12, (row) => row.day, 'day'),
    column('customerName', 28, (row) => row.customerName),
    column('way', 10, (row) => t(`dunning:contacts.ways.${row.way}`)),
    column('result', 14, (row) => t(`dunning:contacts.results.${row.result}`)),
    column('person', 14, (row) => row.person),
    column('reason', 14, (row) => (row.reason === null ? '' : t(`dunning:delayReasons.${row.reason}`))),
    column('note', 40, (row) => row.note),
    column('nextStep', 24, (row) => row.nextStep),
    column('nextDay', 12, (row) => row.nextDay, 'day'),
    column('ownerName', 12, (row) => row.ownerName),
    column('createdByName', 12, (row) => row.createdByName),
    column('voided', 24, (row) => row.void?.reason ?? ''),
  ]
}

function promiseColumns(t: Translate): ExportColumn<PromiseRow>[] {
  const column = columnsFor(t)
  return [
    column('customerName', 28, (row) => row.customerName),
    column('promiseState', 12, (row) => t(`dunning:promises.${row.state}`)),
    column('payBy', 12, (row) => row.payBy, 'day'),
    column('promised', 16, (row) => row.amount, 'yuan'),
    column('paid', 16, (row) => row.paid, 'yuan'),
    column('madeDay', 12, (row) => row.madeDay, 'day'),
    column('promisedBy', 14, (row) => row.promisedBy),
    column('note', 30, (row) => row.note),
    column('ownerName', 12, (row) => row.ownerName),
    column('withdrawn', 24, (row) => row.withdrawn?.reason ?? ''),
  ]
}

function escalationColumns(t: Translate): ExportColumn<EscalationRow>[] {
  const column = columnsFor(t)
  return [
    column('reportDay', 12, (row) => row.day, 'day'),
    column('customerName', 28, (row) => row.customerName),
    column('reportState', 12, (row) => t(`dunning:escalations.states.${row.state}`)),
    column('proposal', 14, (row) => t(`dunning:escalations.proposals.${row.proposal}`)),
    column('reason', 14, (row) => t(`dunning:delayReasons.${row.reason}`)),
    column('reported', 16, (row) => row.amount, 'yuan'),
    column('findings', 40, (row) => row.findings),
    column('doneDay', 12, (row) => row.doneDay, 'day'),
    column('askedByName', 12, (row) => row.askedByName),
    column('ownerName', 12, (row) => row.ownerName),
  ]
}
