import type { Translate } from '#shared/i18n/translate.ts'
import { diffDays, type PlainDay } from '#shared/kernel/dates.ts'
import type { CellModel, RowModel, SheetModel, WorkbookModel } from '#shared/kernel/workbook-model.ts'
import { bucketFor, bucketsOf, type Bucket } from './receivables.ageing.rules.ts'
import type { Provision } from './receivables.figures.rules.ts'
import { daysOverdue } from './receivables.rules.ts'
import { bucketWord } from './receivables.words.ts'

/** One open instalment as it stood on the report's day. Fen. */
export interface ReportRow {
  readonly customerId: string
  readonly customerName: string
  readonly ownerId: string
  readonly ownerName: string
  readonly contractNumber: string
  readonly label: string
  readonly dueDay: string | null
  readonly outstanding: number
  readonly limitationDay: string | null
}

export interface ReportInput {
  readonly asOf: PlainDay
  readonly firmName: string
  readonly createdAt: number
  readonly bounds: readonly number[]
  readonly rows: readonly ReportRow[]
  readonly reps: readonly {
    readonly ownerId: string
    readonly name: string
    readonly due: number
    readonly collected: number
  }[]
  readonly plan: { readonly from: PlainDay; readonly to: PlainDay }
  readonly provision: Pick<Provision, 'rows' | 'total' | 'from'>
  readonly sales: number
  readonly salesDays: number
  /** Tenths of a day. */
  readonly dso: number | null
  readonly advance: number
  readonly credits: number
  /** Limitations that end up to this day are listed. */
  readonly limitationTo: PlainDay
}

const text = (value: string): CellModel => ({ value, style: 'text' })
const head = (value: string): CellModel => ({ value, style: 'head' })
const yuan = (value: number, formula?: string, style: CellModel['style'] = 'number'): CellModel => ({
  value,
  format: 'yuan',
  style,
  ...(formula === undefined ? {} : { formula }),
})
const quoted = (sheet: string) => `'${sheet.replaceAll("'", "''")}'`
const FIRST = 5

/**
 * The receivables report as a workbook. The open instalments are values; their ages, the sums by customer, sales person
 * and bucket, the provision, the collection rate and the days of sales are live formulas, whose stored values are the
 * program's own figures.
 */
export function receivablesWorkbook(input: ReportInput, t: Translate): WorkbookModel {
  const word = (key: string, params?: Record<string, string | number>) => t(`receivables:report.${key}`, params)
  const buckets = bucketsOf(input.bounds)
  const names = {
    summary: word('sheets.summary'),
    customers: word('sheets.customers'),
    owners: word('sheets.owners'),
    provision: word('sheets.provision'),
    plan: word('sheets.plan'),
    limitation: word('sheets.limitation'),
    rows: word('sheets.rows'),
  }
  const context: Context = { input, t, word, buckets, names, last: FIRST + input.rows.length - 1 }
  return {
    creator: input.firmName,
    createdAt: input.createdAt,
    sheets: [
      summarySheet(context),
      groupSheet(context, names.customers, 'customer'),
      groupSheet(context, names.owners, 'owner'),
      planSheet(context),
      provisionSheet(context),
      limitationSheet(context),
      rowsSheet(context),
    ],
  }
}

interface Context {
  readonly input: ReportInput
  readonly t: Translate
  readonly word: (key: string, params?: Record<string, string | number>) => string
  readonly buckets: readonly Bucket[]
  readonly names: Readonly<
    Record<'summary' | 'customers' | 'owners' | 'provision' | 'plan' | 'limitation' | 'rows', string>
  >
  /** The last row of the instalments. */
  readonly last: number
}

/** Title, the day, an empty row, then the heads. */
function framed(
  { input, word }: Context,
  name: string,
  widths: readonly number[],
  heads: readonly string[],
  body: readonly RowModel[],
): SheetModel {
  return {
    name,
    columns: widths.map((width) => ({ width })),
    frozenRows: FIRST - 1,
    landscape: true,
    header: `&L${input.firmName.replaceAll('&', '&&')}&R${input.asOf}`,
    rows: [
      { height: 26, cells: [{ value: `${input.firmName} ${name}`, style: 'title', span: Math.max(2, heads.length) }] },
      { cells: [{ value: word('asOf', { day: input.asOf }), style: 'note', span: Math.max(2, heads.length) }] },
      { cells: [] },
      { cells: heads.map(head) },
      ...body,
    ],
  }
}

/** Numbers that stand for customers and sales persons in the formulas: two may be called alike. */
function numbered(rows: readonly ReportRow[], by: 'customer' | 'owner') {
  const groups = new Map<string, { name: string; rows: ReportRow[] }>()
  for (const row of rows) {
    const id = by === 'customer' ? row.customerId : row.ownerId
    const group = groups.get(id) ?? { name: by === 'customer' ? row.customerName : row.ownerName, rows: [] }
    group.rows.push(row)
    groups.set(id, group)
  }
  return groups
}

const total = (rows: readonly ReportRow[]) => rows.reduce((sum, row) => sum + row.outstanding, 0)

function bucketSum({ buckets, input }: Context, rows: readonly ReportRow[], bucket: Bucket): number {
  return total(rows.filter((row) => bucketFor(buckets, row.dueDay as PlainDay | null, input.asOf).key === bucket.key))
}

/** 1 → A, 27 → AA. */
function column(index: number): string {
  const front = Math.floor((index - 1) / 26)
  return `${front > 0 ? column(front) : ''}${String.fromCharCode(65 + ((index - 1) % 26))}`
}

/** Where the columns of the instalments are. */
const AT = { customer: 'A', owner: 'C', due: 'G', days: 'H', bucket: 'I', outstanding: 'J' } as const

function groupSheet(context: Context, name: string, by: 'customer' | 'owner'): SheetModel {
  const { input, word, buckets, names, t, last } = context
  const groups = [...numbered(input.rows, by).values()]
  const source = (at: string) => `${quoted(names.rows)}!$${at}$${FIRST}:$${at}$${Math.max(FIRST, last)}`
  const bottom = FIRST + groups.length - 1
  const lastColumn = column(3 + buckets.length)
  const rows = groups.map((group, i): RowModel => {
    const at = FIRST + i
    return {
      cells: [
        { value: i + 1, format: 'count', style: 'number' },
        text(group.name),
        yuan(total(group.rows), `SUM(D${at}:${lastColumn}${at})`),
        ...buckets.map((bucket, b) =>
          yuan(
            bucketSum(context, group.rows, bucket),
            `SUMIFS(${source(AT.outstanding)},${source(AT[by])},$A${at},${source(AT.bucket)},${b + 1})`,
          ),
        ),
      ],
    }
  })
  const sum = (index: number, value: number): CellModel => {
    const at = column(index)
    return yuan(value, groups.length === 0 ? undefined : `SUM(${at}${FIRST}:${at}${bottom})`, 'total')
  }
  const totals: RowModel = {
    cells: [
      { value: null, style: 'total' },
      { value: word('total'), style: 'total' },
      sum(3, total(input.rows)),
      ...buckets.map((bucket, b) => sum(4 + b, bucketSum(context, input.rows, bucket))),
    ],
  }
  return framed(
    context,
    name,
    [6, 30, 16, ...buckets.map(() => 15)],
    [
      word('number'),
      t(`receivables:ageing.heads.${by}`),
      t('receivables:columns.outstanding'),
      ...buckets.map(({ key }) => bucketWord(t, 'due', key)),
    ],
    [...rows, totals],
  )
}

function rowsSheet(context: Context): SheetModel {
  const { input, word, buckets, names, t } = context
  const places = (by: 'customer' | 'owner') =>
    new Map([...numbered(input.rows, by).keys()].map((id, i) => [id, i + 1] as const))
  const customers = places('customer')
  const owners = places('owner')
  const inDays = input.bounds.map((bound, i) => `IF($H@<=${bound},${i + 2},`).join('')
  const ages = `IF($G@="",${buckets.length},IF($H@<=0,1,${inDays}${input.bounds.length + 2}${')'.repeat(input.bounds.length)}))`
  const rows = input.rows.map((row, i): RowModel => {
    const at = String(FIRST + i)
    const bucket = bucketFor(buckets, row.dueDay as PlainDay | null, input.asOf)
    const place = buckets.findIndex(({ key }) => key === bucket.key) + 1
    return {
      cells: [
        { value: customers.get(row.customerId) ?? 0, format: 'count', style: 'number' },
        text(row.customerName),
        { value: owners.get(row.ownerId) ?? 0, format: 'count', style: 'number' },
        text(row.ownerName),
        text(row.contractNumber),
        text(row.label),
        row.dueDay === null ? text('') : { value: row.dueDay, format: 'day', style: 'text' },
        {
          value: daysOverdue(row.dueDay as PlainDay | null, input.asOf),
          formula: `IF(G${at}="",0,MAX(0,${quoted(names.summary)}!$B$${FIRST}-G${at}))`,
          format: 'count',
          style: 'number',
        },
        { value: place, formula: ages.replaceAll('@', at), format: 'count', style: 'number' },
        yuan(row.outstanding),
      ],
    }
  })
  const heads = [
    word('customerNumber'),
    t('receivables:columns.customerName'),
    word('ownerNumber'),
    t('receivables:columns.ownerName'),
    t('receivables:columns.contractNumber'),
    t('receivables:columns.label'),
    t('receivables:columns.dueDay'),
    t('receivables:columns.daysOverdue'),
    word('bucketNumber'),
    t('receivables:columns.outstanding'),
  ]
  return {
    ...framed(context, names.rows, [8, 28, 8, 12, 16, 16, 12, 10, 10, 16], heads, rows),
    autoFilter: `A${FIRST - 1}:J${Math.max(FIRST, context.last)}`,
  }
}

function provisionSheet(context: Context): SheetModel {
  const { input, word, buckets, names, t } = context
  const groups = numbered(input.rows, 'customer').size
  const totals = FIRST + groups
  const bottom = FIRST + buckets.length - 1
  const rows = buckets.map((bucket, b): RowModel => {
    const at = FIRST + b
    const known = input.provision.rows.find((row) => row.bucket === bucket.key)
    return {
      cells: [
        text(bucketWord(t, 'due', bucket.key)),
        yuan(known?.amount ?? 0, `${quoted(names.customers)}!${column(4 + b)}${totals}`),
        { value: known?.rate ?? 0, format: 'percent', style: 'input', unlocked: true },
        yuan(known?.provision ?? 0, `ROUND(B${at}*C${at},2)`),
      ],
    }
  })
  const sum: RowModel = {
    cells: [
      { value: word('total'), style: 'total' },
      yuan(total(input.rows), `SUM(B${FIRST}:B${bottom})`, 'total'),
      { value: null, style: 'total' },
      yuan(input.provision.total, `SUM(D${FIRST}:D${bottom})`, 'total'),
    ],
  }
  const heads = [word('bucket'), t('receivables:columns.outstanding'), word('rate'), word('provision')]
  return framed(context, names.provision, [22, 18, 12, 18], heads, [...rows, sum])
}

function planSheet(context: Context): SheetModel {
  const { input, word, names, t } = context
  const bottom = FIRST + input.reps.length - 1
  const rate = (due: number, collected: number) => (due === 0 ? 0 : Math.round((collected * 10_000) / due))
  const line = (at: number) => `IF(B${at}=0,0,ROUND(C${at}/B${at},4))`
  const rows = input.reps.map((rep, i): RowModel => {
    const at = FIRST + i
    return {
      cells: [
        text(rep.name),
        yuan(rep.due),
        yuan(rep.collected),
        yuan(rep.due - rep.collected, `B${at}-C${at}`),
        { value: rate(rep.due, rep.collected), formula: line(at), format: 'percent', style: 'number' },
      ],
    }
  })
  const due = input.reps.reduce((sum, rep) => sum + rep.due, 0)
  const collected = input.reps.reduce((sum, rep) => sum + rep.collected, 0)
  const sums = (at: string, value: number) =>
    yuan(value, input.reps.length === 0 ? undefined : `SUM(${at}${FIRST}:${at}${bottom})`, 'total')
  const end: RowModel = {
    cells: [
      { value: word('total'), style: 'total' },
      sums('B', due),
      sums('C', collected),
      sums('D', due - collected),
      { value: rate(due, collected), formula: line(bottom + 1), format: 'percent', style: 'total' },
    ],
  }
  const heads = [
    t('receivables:columns.ownerName'),
    word('planDue', { from: input.plan.from, to: input.plan.to }),
    word('planCollected'),
    word('planOpen'),
    word('planRate'),
  ]
  return framed(context, names.plan, [16, 30, 18, 18, 12], heads, [...rows, end])
}

function limitationSheet(context: Context): SheetModel {
  const { input, word, names, t } = context
  const rows = input.rows
    .filter((row) => row.limitationDay !== null && row.limitationDay <= input.limitationTo)
    .toSorted((a, b) => ((a.limitationDay ?? '') < (b.limitationDay ?? '') ? -1 : 1))
    .map((row, i): RowModel => ({
      cells: [
        text(row.customerName),
        text(row.ownerName),
        text(row.contractNumber),
        text(row.label),
        row.dueDay === null ? text('') : { value: row.dueDay, format: 'day', style: 'text' },
        yuan(row.outstanding),
        { value: row.limitationDay, format: 'day', style: 'text' },
        {
          value: diffDays(input.asOf, row.limitationDay as PlainDay),
          formula: `G${FIRST + i}-${quoted(names.summary)}!$B$${FIRST}`,
          format: 'count',
          style: 'number',
        },
      ],
    }))
  const heads = [
    t('receivables:columns.customerName'),
    t('receivables:columns.ownerName'),
    t('receivables:columns.contractNumber'),
    t('receivables:columns.label'),
    t('receivables:columns.dueDay'),
    t('receivables:columns.outstanding'),
    word('limitationDay'),
    word('daysLeft'),
  ]
  return framed(context, names.limitation, [28, 12, 16, 16, 12, 16, 14, 10], heads, rows)
}

function summarySheet(context: Context): SheetModel {
  const { input, word, names } = context
  const owed = FIRST + numbered(input.rows, 'customer').size
  const planned = FIRST + input.reps.length
  const provided = FIRST + context.buckets.length
  const line = (label: string, value: CellModel): RowModel => ({ cells: [{ value: label, style: 'label' }, value] })
  const due = input.reps.reduce((sum, rep) => sum + rep.due, 0)
  const collected = input.reps.reduce((sum, rep) => sum + rep.collected, 0)
  const body: RowModel[] = [
    line(word('day'), { value: input.asOf, format: 'day', style: 'text' }),
    line(word('outstanding'), yuan(total(input.rows), `${quoted(names.customers)}!C${owed}`)),
    line(word('advance'), yuan(input.advance)),
    line(word('credits'), yuan(input.credits)),
    line(word('provision'), yuan(input.provision.total, `${quoted(names.provision)}!D${provided}`)),
    line(word('planRate'), {
      value: due === 0 ? 0 : Math.round((collected * 10_000) / due),
      formula: `${quoted(names.plan)}!E${planned}`,
      format: 'percent',
      style: 'number',
    }),
    line(word('sales', { days: input.salesDays }), yuan(input.sales)),
    line(word('dso'), {
      // Tenths of a day, as hundredths for the cell.
      value: (input.dso ?? 0) * 10,
      formula: `IF(B${FIRST + 6}=0,0,ROUND(B${FIRST + 1}/B${FIRST + 6}*${input.salesDays},1))`,
      format: 'score',
      style: 'number',
    }),
  ]
  const note: RowModel = { cells: [{ value: word('note'), style: 'note', span: 2 }] }
  return framed(context, names.summary, [34, 22], [word('item'), word('value')], [...body, { cells: [] }, note])
}
