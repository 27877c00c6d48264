import { makeTranslator, type Translate } from '#shared/i18n/translate.ts'
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
import type { LetterFilters, LetterRow } from '#shared/modules/dunning/dunning.schema.ts'
import type { WorkFilters, WorkListRow, WorkSort } from '#shared/modules/dunning/dunning.worklist.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { exportList, type ListAsked } from '#core/kernel/list-export.ts'
import type { ExportColumn } from '#core/kernel/table-export.ts'
import type { AuditEntry } from '#core/store/store.ts'
import { countContacts, listContacts } from './dunning.contacts.repo.ts'
import { listEscalations, sumEscalations } from './dunning.escalations.repo.ts'
import type { Policies } from './dunning.policies.ts'
import { listPromises, sumPromises } from './dunning.promises.repo.ts'
import { listLetters, sumLetters, type LetterSort } from './dunning.repo.ts'
import { listCases, sumCases } from './dunning.worklist.repo.ts'

/** Where the name of a list stands among the words. */
const TITLES = {
  letters: 'register',
  work: 'work',
  contacts: 'contacts',
  promises: 'promiseList',
  escalations: 'escalations',
} as const

/** The lists of dunning as files, as they are filtered and sorted on the page. */
export function createDunningExports(deps: CoreDeps, policies: Policies) {
  const { store, clock } = deps

  /** What the files of all these lists have in common. */
  function fileOf(t: Translate, id: keyof typeof TITLES, { format, filters }: ListAsked<string, unknown>) {
    const audit: AuditEntry = { action: 'dunning.export', entity: 'export', entityId: id, after: filters }
    return { kind: 'dunning.export', audit, title: t(`dunning:${TITLES[id]}.title`), format }
  }

  return {
    letters(ctx: CallContext, input: ListAsked<LetterSort, LetterFilters>) {
      const t = makeTranslator(ctx.locale)
      return exportList<LetterRow>(deps, ctx, {
        ...fileOf(t, 'letters', input),
        columns: letterColumns(t),
        sum: { label: t('dunning:letter.sum'), columns: [5, 6, 7] },
        open: async () => {
          const { count } = await sumLetters(store.read, ctx.scope, input.text, input.filters)
          return { count, page: (at) => listLetters(store.read, ctx.scope, { ...input, ...at }) }
        },
      })
    },

    work(ctx: CallContext, input: ListAsked<WorkSort, WorkFilters>) {
      const t = makeTranslator(ctx.locale)
      const today = clock.today()
      const asked = { scope: ctx.scope, text: input.text, filters: input.filters, today }
      return exportList<WorkListRow>(deps, ctx, {
        ...fileOf(t, 'work', input),
        columns: workColumns(t),
        open: async () => {
          const { policy } = await policies.inForce(store.read, today)
          const { count } = await sumCases(store.read, asked)
          return { count, page: (at) => listCases(store.read, asked, { ...input, ...at }, policy) }
        },
      })
    },

    contacts(ctx: CallContext, input: ListAsked<ContactSort, ContactFilters>) {
      const t = makeTranslator(ctx.locale)
      return exportList<ContactRow>(deps, ctx, {
        ...fileOf(t, 'contacts', input),
        columns: contactColumns(t),
        open: async () => {
          const { count } = await countContacts(store.read, ctx.scope, input.text, input.filters)
          return { count, page: (at) => listContacts(store.read, ctx.scope, { ...input, ...at }) }
        },
      })
    },

    promises(ctx: CallContext, input: ListAsked<PromiseSort, PromiseFilters>) {
      const t = makeTranslator(ctx.locale)
      return exportList<PromiseRow>(deps, ctx, {
        ...fileOf(t, 'promises', input),
        columns: promiseColumns(t),
        open: async () => {
          const { count } = await sumPromises(store.read, ctx.scope, input.text, input.filters)
          return { count, page: (at) => listPromises(store.read, ctx.scope, { ...input, ...at }) }
        },
      })
    },

    escalations(ctx: CallContext, input: ListAsked<EscalationSort, EscalationFilters>) {
      const t = makeTranslator(ctx.locale)
      const asked = { scope: ctx.scope, text: input.text, filters: input.filters }
      return exportList<EscalationRow>(deps, ctx, {
        ...fileOf(t, 'escalations', input),
        columns: escalationColumns(t),
        open: async () => {
          const { count } = await sumEscalations(store.read, asked)
          return { count, page: (at) => listEscalations(store.read, asked, { ...input, ...at }) }
        },
      })
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

function letterColumns(t: Translate): ExportColumn<LetterRow>[] {
  const column = columnsFor(t)
  return [
    column('number', 16, (row) => row.number),
    column('customerName', 28, (row) => row.customerName),
    column('level', 12, (row) => t(`dunning:steps.${row.kind}`)),
    column('day', 12, (row) => row.day, 'day'),
    column('deadlineDay', 12, (row) => row.deadlineDay, 'day'),
    column('principal', 16, (row) => row.principal, 'yuan'),
    column('interest', 14, (row) => row.interest, 'yuan'),
    column('outstanding', 16, (row) => row.outstanding, 'yuan'),
    column('state', 10, (row) => t(`dunning:state.${row.state}`)),
    column('sentDay', 12, (row) => row.sentDay, 'day'),
    column('sentReference', 18, (row) => row.sentReference),
    column('proof', 12, (row) => t(`dunning:proof.strength.${row.proof}`)),
    column('arrivalDay', 12, (row) => row.arrivalDay, 'day'),
  ]
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
