import { TRANSLATORS } from '#shared/i18n/translators.ts'
import { normaliseFirmName } from '#shared/kernel/names.ts'
import { normaliseCode } from '#shared/kernel/text.ts'
import { issueFromZod } from '#shared/kernel/zod-issues.ts'
import { isContactRow, joinContacts, withoutContact } from '#shared/modules/customers/customers.contact-rows.ts'
import { judgeValues } from '#shared/modules/customers/customers.fields.rules.ts'
import type { FieldView } from '#shared/modules/customers/customers.fields.schema.ts'
import { fieldColumn, fieldColumns, fromFieldCells } from '#shared/modules/customers/customers.fields.sheet.ts'
import { everyFieldWords } from '#shared/modules/customers/customers.fields.words.ts'
import { phoneKey } from '#shared/modules/customers/customers.rules.ts'
import { birthdayIssues } from '#shared/modules/customers/customers.screening.rules.ts'
import { customerFields, type CustomerFields } from '#shared/modules/customers/customers.schema.ts'
import {
  columnNames,
  columnOfPath,
  fromSheetRow,
  SHEET_COLUMNS,
  type SheetRow,
} from '#shared/modules/customers/customers.sheet.ts'
import type { RowMatch, RowProblem } from '#shared/modules/imports/imports.schema.ts'
import { inScope, type Scope } from '#core/kernel/scope.ts'
import type {
  Cells,
  GivenRow,
  ImportAdapter,
  ImportSession,
  JudgedRow,
  WrittenRow,
} from '#core/modules/imports/imports.api.ts'
import { activePeople } from '#core/modules/people/people.api.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import { campaignNames } from './campaigns.repo.ts'
import { matchCustomers } from './customers.duplicates.ts'
import { binCustomer, changeCustomer, insertCustomer, keepsBirthdays } from './customers.records.ts'
import { listFields } from './customers.fields.repo.ts'
import { findCustomer, findCustomers, toCustomerFields, type CustomerRecord } from './customers.repo.ts'
import type { CustomerUse } from './customers.service.ts'

const WORDS = everyFieldWords()

/** A row that is ready to be written. */
interface ReadyRow {
  readonly fields: CustomerFields
}

/** Customers from a sheet: the one that is exported, or anybody's with its columns named. */
export function createCustomerImport(uses: readonly CustomerUse[]): ImportAdapter<ReadyRow> {
  return {
    entity: 'customers',
    permit: 'customers.import',
    title: 'customers:title',
    fields: SHEET_COLUMNS.map((column) => ({
      key: column,
      required: column === 'name',
      title: `customers:sheet.${column}`,
      names: columnNames(column, TRANSLATORS),
    })),

    ownFields: async (db, locale) => fieldColumns(await listFields(db), locale),

    async session(db, ctx, scope): Promise<ImportSession<ReadyRow>> {
      const own = await listFields(db)
      const owners = await ownersByName(db)
      const birthdays = await keepsBirthdays(db)
      const campaigns = new Map([...(await campaignNames(db))].map(([id, name]) => [name, id]))
      const ownerOf = (cells: Cells): string | null | RowProblem => {
        const name = (cells['owner'] ?? '').trim()
        if (name === '') return null
        const named = owners.get(name) ?? []
        const [id] = named
        if (id === undefined) return { field: 'owner', key: 'customers:errors.noSuchPerson' }
        if (named.length > 1) return { field: 'owner', key: 'customers:errors.severalPeople' }
        return inScope(scope, id) ? id : { field: 'owner', key: 'customers:errors.owner' }
      }
      return {
        titleOf: (cells) => (cells['name'] ?? '').trim() || (cells['code'] ?? '').trim(),
        keysOf: (cells) => {
          const { code, uscc, nameKey } = keysOf(cells)
          const named = (kind: string, key: string) => (key === '' ? [] : [`${kind} ${key}`])
          return { sure: [...named('code', code), ...named('uscc', uscc)], similar: named('name', nameKey) }
        },
        joins: isContactRow,
        match: async (rows) => {
          const found = await matchCustomers(db, rows.map(keysOf))
          return found.map((hit) => (hit ? toMatch(hit, scope) : null))
        },
        judge: (rows) => judgeRows(db, rows, { own, ownerOf, campaigns, birthdays, caller: ctx.actor.userId }),
        write: (uow, { fields }, over) => writeRow(uow, fields, over),
      }
    },

    async standing(db, rows) {
      const found = await findCustomers(
        db,
        rows.map((row) => row.recordId),
      )
      const byId = new Map(found.map((record) => [record.raw.id, record.raw]))
      const standing: ('same' | 'changed' | 'inUse')[] = []
      for (const row of rows) {
        const raw = byId.get(row.recordId)
        if (!raw || raw.version !== row.version) standing.push('changed')
        else if (row.action === 'create' && (await inUse(db, row.recordId))) standing.push('inUse')
        else standing.push('same')
      }
      return standing
    },

    async takeBack(uow, row) {
      const found = await findCustomer(uow.db, row.recordId)
      if (!found) throw new Error('an imported customer is gone')
      if (row.action === 'create') await binCustomer(uow, found, true)
      else await changeCustomer(uow, found, row.before as CustomerFields)
    },
  }

  async function inUse(db: Reader | Writer, id: string): Promise<boolean> {
    for (const use of uses) if (await use(db, id)) return true
    return false
  }
}

const keysOf = (cells: Cells) => ({
  code: normaliseCode(cells['code'] ?? ''),
  uscc: normaliseCode(cells['uscc'] ?? ''),
  nameKey: normaliseFirmName(cells['name'] ?? ''),
  phones: [cells['phone'], cells['contactPhone'], cells['contactMobile']].map((text) =>
    phoneKey((text ?? '').normalize('NFKC')),
  ),
})

async function ownersByName(db: Reader | Writer): Promise<ReadonlyMap<string, string[]>> {
  const people = await activePeople(db)
  const byName = Map.groupBy(people, (person) => person.name)
  return new Map([...byName].map(([name, same]) => [name, same.map((person) => person.id)]))
}

function toMatch(hit: NonNullable<Awaited<ReturnType<typeof matchCustomers>>[number]>, scope: Scope): RowMatch {
  const visible = inScope(scope, hit.owner_id)
  const shown = visible ? { id: hit.id, name: hit.name, code: hit.code } : { id: null, name: null, code: null }
  const sure = hit.by === 'code' || hit.by === 'uscc'
  return { sure, by: hit.by, visible, ...shown, ownerName: hit.owner_name, row: null }
}

/** What the names in a sheet stand for. */
interface KnownNames {
  readonly own: readonly FieldView[]
  readonly ownerOf: (cells: Cells) => string | null | RowProblem
  readonly campaigns: ReadonlyMap<string, string>
  /** Whether the firm keeps birthdays of contacts. */
  readonly birthdays: boolean
  readonly caller: string | null
}

async function judgeRows(
  db: Reader | Writer,
  rows: readonly GivenRow[],
  known: KnownNames,
): Promise<JudgedRow<ReadyRow>[]> {
  const over = await findCustomers(
    db,
    rows.flatMap((row) => row.over ?? []),
  )
  const byId = new Map(over.map((record) => [record.raw.id, record]))
  return rows.map(({ cells, over: id, joined }) => {
    const base = byId.get(id ?? '')
    const before = base ? toCustomerFields(base) : null
    const problems: RowProblem[] = []
    const others: RowProblem[][] = joined.map(() => [])
    const wrongIn = (row: number): RowProblem[] => others[row] ?? problems
    const owner = known.ownerOf(cells)
    if (typeof owner === 'object' && owner !== null) problems.push(owner)
    const kept = before ? before.ownerId : known.caller
    const ownerId = typeof owner === 'string' ? owner : kept
    if (!base && keysOf(cells).code !== '') problems.push({ field: 'code', key: 'customers:errors.noSuchCode' })
    const campaign = (cells['campaign'] ?? '').trim()
    const campaignId = campaign === '' ? (before?.campaignId ?? null) : known.campaigns.get(campaign)
    if (campaignId === undefined) problems.push({ field: 'campaign', key: 'customers:errors.noSuchCampaign' })
    const people = withContacts(cells, joined, (of) =>
      fromSheetRow(of as Partial<SheetRow>, before, ownerId, TRANSLATORS),
    )
    const { given } = people
    const settled = ownFieldsOf(known.own, cells, base)
    problems.push(...settled.problems)
    const parsed = customerFields.safeParse({ ...given, campaignId: campaignId ?? null, fields: settled.values })
    if (parsed.success && parsed.data.stage === 'rejected' && parsed.data.rejectReason === '') {
      problems.push({ field: 'rejectReason', key: 'validation:required' })
    }
    const issues = parsed.success
      ? birthdayIssues(parsed.data.contacts, known.birthdays)
      : parsed.error.issues.map(issueFromZod)
    for (const { path, key, params } of issues) {
      const at = people.rowOf(path)
      // A contact of a row of its own stands in that row's columns.
      const field = columnOfPath(at === null ? path : ['contacts', 0, ...path.slice(2)])
      const problem = { field, key, ...(params ? { params } : {}) }
      if (at === null || at === 0) problems.push(problem)
      else wrongIn(at - 1).push(problem)
    }
    if (!parsed.success || issues.length > 0 || problems.length > 0)
      return { problems, fields: null, same: false, joined: others }
    const same = before !== null && JSON.stringify(parsed.data) === JSON.stringify(customerFields.parse(before))
    return { problems, fields: { fields: parsed.data }, same }
  })
}

/** What the rows of one customer say of it, and which of them each contact is from; rows are counted from 0. */
function withContacts(cells: Cells, joined: readonly Cells[], read: (cells: Cells) => Record<string, unknown>) {
  if (joined.length === 0) return { given: read(cells), rowOf: (): number | null => null }
  const given = read(withoutContact(cells))
  const known = given['contacts'] as Record<string, unknown>[]
  const { contacts, from } = joinContacts(known, [cells, ...joined], TRANSLATORS)
  return {
    given: { ...given, contacts },
    rowOf: ([head, at]: readonly (string | number)[]) => (head === 'contacts' ? (from[Number(at)] ?? null) : null),
  }
}

/** The firm's own fields after the row; a field that it requires is asked for in a new file only. */
function ownFieldsOf(own: readonly FieldView[], cells: Cells, base: CustomerRecord | undefined) {
  const before = base?.fields ?? {}
  const { given, issues } = fromFieldCells(own, cells, before, WORDS)
  const judged = judgeValues(own, given, before, base === undefined)
  const unread = new Set(issues.map((issue) => issue.path[1]))
  const problems = [...issues, ...judged.issues.filter((issue) => !unread.has(issue.path[1]))].map(
    ({ path, key, params }): RowProblem => ({
      field: fieldColumn(String(path[1])),
      key,
      ...(params ? { params } : {}),
    }),
  )
  return { values: judged.values, problems }
}

async function writeRow(uow: UnitOfWork, fields: CustomerFields, over: string | null): Promise<WrittenRow> {
  if (over === null) return { recordId: await insertCustomer(uow, fields), action: 'create', version: 0, before: null }
  const found = await findCustomer(uow.db, over)
  if (!found) throw new Error('a matched customer is gone')
  const version = await changeCustomer(uow, found, fields)
  return { recordId: over, action: 'update', version, before: toCustomerFields(found) }
}
