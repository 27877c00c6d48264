import { sql } from 'kysely'
import type { PlainMonth } from '#shared/kernel/dates.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import { normaliseQuery } from '#shared/kernel/search-text.ts'
import { formState, rateOfReturn } from '#shared/modules/performance/performance.forms.rules.ts'
import type { FormFilters, FormRow, FormSort, FormState } from '#shared/modules/performance/performance.forms.schema.ts'
import { keyset, pageOf } from '#core/kernel/keyset.ts'
import { applyScope, type Scope } from '#core/kernel/scope.ts'
import type { Reader, Writer } from '#core/store/store.ts'

export interface FormQuery {
  readonly scope: Scope
  /** Who reads: which of his own customers answered is not for him to know. */
  readonly reader: string
  readonly text?: string | undefined
  readonly filters: FormFilters
}

const SORTED_BY = { madeAt: 'made_at' } as const satisfies Record<FormSort, string>

const forms = (db: Reader | Writer, scope: Scope) =>
  applyScope(
    (db as Reader)
      .selectFrom('performance_forms as f')
      .innerJoin('users', 'users.id', 'f.user_id')
      .innerJoin('users as maker', 'maker.id', 'f.made_by')
      .leftJoin('performance_months as kept', 'kept.month', 'f.month')
      .selectAll('f')
      .select(['users.name as user_name', 'maker.name as maker_name', 'kept.month as locked_month']),
    scope,
    'f.user_id',
  )
type Found = Awaited<ReturnType<ReturnType<typeof forms>['executeTakeFirstOrThrow']>>

/** A state as the columns tell it; the same as `formState`. */
const IN_STATE = {
  open: sql<boolean>`f.review_id IS NULL AND f.withdrawn_at IS NULL`,
  answered: sql<boolean>`f.review_id IS NOT NULL`,
  withdrawn: sql<boolean>`f.withdrawn_at IS NOT NULL`,
} as const satisfies Record<FormState, unknown>

function filtered(db: Reader, { scope, reader, text, filters }: FormQuery) {
  let query = forms(db, scope).where('f.user_id', '<>', reader)
  const needle = normaliseQuery(text ?? '')
  if (needle !== '') query = query.where(sql<boolean>`instr(f.search_text, ${needle}) > 0`)
  if (filters.month !== undefined) query = query.where('f.month', '=', filters.month)
  if (filters.userId !== undefined) query = query.where('f.user_id', '=', filters.userId)
  if (filters.state !== undefined) query = query.where(IN_STATE[filters.state])
  return query
}

const shown = (row: Found): FormRow => ({
  id: row.id,
  number: row.number,
  month: row.month,
  userId: row.user_id,
  userName: row.user_name,
  customerId: row.customer_id,
  customerName: row.customer_name,
  contactName: row.contact_name,
  email: row.email,
  language: row.language,
  dueDay: row.due_day,
  state: formState({ reviewId: row.review_id, withdrawnAt: row.withdrawn_at }),
  madeAt: row.made_at,
  madeByName: row.maker_name,
  answeredDay: row.answered_day,
  withdrawnReason: row.withdrawn_reason,
  locked: row.locked_month !== null,
})

/** A page of the forms about people of the scope. */
export async function listForms(
  db: Reader,
  asked: FormQuery,
  page: Pick<PageInput<FormSort>, 'sort' | 'cursor' | 'limit'>,
): Promise<{ rows: FormRow[]; nextCursor: string | null }> {
  const column = SORTED_BY[page.sort.key]
  const rows = await keyset(filtered(db, asked), {
    sortColumn: `f.${column}`,
    idColumn: 'f.id',
    dir: page.sort.dir,
    cursor: page.cursor,
    limit: page.limit,
  }).execute()
  const cut = pageOf(
    rows,
    page.limit,
    (row) => row[column],
    (row) => row.id,
  )
  return { rows: cut.rows.map(shown), nextCursor: cut.nextCursor }
}

/** How many there are, and what share of those that were not withdrawn came back, in basis points. */
export async function sumForms(db: Reader, asked: FormQuery) {
  const row = await filtered(db, asked)
    .clearSelect()
    .select([
      sql<number>`count(*)`.as('count'),
      sql<number>`coalesce(sum(${IN_STATE.open}), 0)`.as('open'),
      sql<number>`coalesce(sum(${IN_STATE.answered}), 0)`.as('answered'),
    ])
    .executeTakeFirstOrThrow()
  const counts = { count: Number(row.count), open: Number(row.open), answered: Number(row.answered) }
  return { ...counts, returned: rateOfReturn(counts) }
}

export async function findForms(db: Reader | Writer, scope: Scope, ids: readonly string[]): Promise<FormRow[]> {
  const rows = await forms(db, scope).where('f.id', 'in', ids).orderBy('f.number').execute()
  return rows.map(shown)
}

/** The latest form that each customer was asked by about a person's month and that was not withdrawn, by customer. */
export async function formNumbers(db: Reader, month: PlainMonth, userId: string): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .selectFrom('performance_forms')
    .select(['customer_id', 'number'])
    .where('month', '=', month)
    .where('user_id', '=', userId)
    .where('withdrawn_at', 'is', null)
    .orderBy('number')
    .execute()
  return new Map(rows.map((row) => [row.customer_id, row.number]))
}
