import { makeTranslator } from '#shared/i18n/translate.ts'
import { TRANSLATORS } from '#shared/i18n/translators.ts'
import { normaliseFirmName } from '#shared/kernel/names.ts'
import { normaliseCode } from '#shared/kernel/text.ts'
import type { RowMatch, RowProblem } from '#shared/modules/imports/imports.schema.ts'
import { redIssues, sumLines } from '#shared/modules/invoices/invoices.rules.ts'
import {
  columnNames,
  readSheet,
  SHEET_COLUMNS,
  sheetNumber,
  sheetWords,
  type SheetInvoice,
} from '#shared/modules/invoices/invoices.sheet.ts'
import { readSetting } from '#core/kernel/settings.ts'
import type { Scope } from '#core/kernel/scope.ts'
import { signedByNumber } from '#core/modules/contracts/contracts.api.ts'
import { customersLike, type CustomerBrief } from '#core/modules/customers/customers.api.ts'
import type { Cells, GivenRow, ImportAdapter, ImportSession, JudgedRow } from '#core/modules/imports/imports.api.ts'
import { inPieces } from '#core/store/in-pieces.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import type { Tables } from '#core/store/tables.ts'
import { findingsOf, placeOf, type Place } from './invoices.place.ts'
import { auditOf, binInvoice, insertInvoice, paperFacts, writeRed, type PaperFacts } from './invoices.records.ts'
import { COUNTS, findByKeys, findInvoice, findReds } from './invoices.repo.ts'

const WORDS = sheetWords(TRANSLATORS)
/** Rates that a list without a column for them may be at, beside those of the firm. Basis points. */
const USUAL_RATES = [1300, 900, 600, 500, 300, 100, 0]

/** A row that is ready to be written. */
interface ReadyInvoice {
  readonly invoice: SheetInvoice
  readonly place: Place
  /** The number of the entry in the bin that it takes the place of. */
  readonly over: { readonly id: string; readonly version: number } | null
}

/** What the judge of a session knows: our own number, rates, and what earlier rows of the file will have made. */
interface Known {
  readonly scope: Scope
  readonly ownTaxId: string
  readonly rates: readonly number[]
  readonly blues: Map<string, PaperFacts>
}

/** Invoices from a list: that of the tax bureau's platform, by invoice or by line, or anybody's with its columns named. */
export const invoicesImport: ImportAdapter<ReadyInvoice> = {
  entity: 'invoices',
  permit: 'invoices.write',
  title: 'invoices:title',
  fields: SHEET_COLUMNS.map((column) => ({
    key: column,
    required: column === 'day' || column === 'buyerName' || column === 'kind',
    title: `invoices:sheet.${column}`,
    names: columnNames(column, TRANSLATORS),
  })),

  async session(db, _ctx, scope): Promise<ImportSession<ReadyInvoice>> {
    const firm = (await readSetting(db, 'firm')).value
    const firmRates = (await readSetting(db, 'taxRates')).value.map((row) => row.rate)
    const known: Known = {
      scope,
      ownTaxId: normaliseCode(firm.uscc),
      rates: [...firmRates, ...USUAL_RATES],
      blues: new Map(),
    }
    return {
      titleOf: (cells) => sheetNumber(cells)?.number ?? (cells['buyerName'] ?? '').trim(),
      keysOf: (cells) => {
        const key = sheetNumber(cells)?.key
        return { sure: key === undefined ? [] : [key], similar: [] }
      },
      joins: ([first], next) => {
        const key = sheetNumber(first ?? {})?.key
        return key !== undefined && sheetNumber(next)?.key === key
      },
      async match(rows) {
        const keys = rows.map((cells) => sheetNumber(cells)?.key ?? '')
        const found = await findByKeys(db, keys.filter(Boolean))
        const byKey = new Map(found.filter((row) => row.removed_at === null).map((row) => [row.number_key, row]))
        return keys.map((key) => toMatch(byKey.get(key)))
      },
      judge: (rows) => judgeRows(db, rows, known),
      async write(uow, { invoice, place, over }) {
        const { amount: _amount, key: _key, blueNumber, notice, contractNumber: _number, isVoid, ...paper } = invoice
        const [blue] = blueNumber === null ? [] : await findByKeys(uow.db, [blueNumber])
        const record = blue ? await findInvoice(uow.db, blue.id) : undefined
        if (blueNumber !== null && !record) throw new Error('a judged red letter lost its invoice')
        const made = record
          ? await writeRed(uow, record, { ...paper, redReason: 'unknown', notice }, over ?? undefined)
          : await insertInvoice(uow, paper, place, { voidDay: isVoid ? invoice.day : null, over: over ?? undefined })
        await uow.audit({
          action: record ? 'invoices.redLetter' : 'invoices.create',
          entity: 'invoice',
          entityId: made.id,
          after: { ...auditOf(paper, place), ...(record ? { blue: record.number } : {}) },
        })
        return { recordId: made.id, action: 'create', version: made.version, before: null }
      },
    }
  },

  async standing(db, rows) {
    const ids = rows.map((row) => row.recordId)
    const imported = new Set(ids)
    const known = new Map((await inPieces(ids, (piece) => findStanding(db, piece))).map((row) => [row.id, row]))
    const redsOf = Map.groupBy(await inPieces(ids, (piece) => findRedIds(db, piece)), (red) => red.blue_id)
    return rows.map((row) => {
      const raw = known.get(row.recordId)
      const reds = redsOf.get(row.recordId) ?? []
      // Each red letter of the same import has counted the version of its invoice up by one.
      const own = reds.filter((red) => imported.has(red.id)).length
      if (!raw || raw.removed_at !== null || raw.version !== row.version + own) return 'changed'
      return raw.linked > 0 || reds.length > own ? 'inUse' : 'same'
    })
  },

  async takeBack(uow, row) {
    const { locale } = (await readSetting(uow.db, 'preferences')).value
    const reason = makeTranslator(locale)('invoices:importReverted')
    // Its red letters are of the same import, or it would have stayed; they cannot outlive it.
    for (const red of await findReds(uow.db, row.recordId)) await binInvoice(uow, red, reason)
    const raw = await findInvoice(uow.db, row.recordId)
    if (raw && raw.removed_at === null) await binInvoice(uow, raw, reason)
  },
}

/** What says of invoices whether they stand as they were written. */
const findStanding = (db: Reader | Writer, ids: readonly string[]) =>
  db.selectFrom('invoices').select(['id', 'version', 'linked', 'removed_at']).where('id', 'in', ids).execute()

/** The red letters against these invoices that count. */
const findRedIds = (db: Reader | Writer, blueIds: readonly string[]) =>
  db.selectFrom('invoices').select(['id', 'blue_id']).where('blue_id', 'in', blueIds).where(COUNTS).execute()

function toMatch(raw: Tables['invoices'] | undefined): RowMatch | null {
  if (!raw) return null
  const shown = { id: raw.id, name: raw.buyer_name, code: raw.number, ownerName: null, row: null }
  return { sure: true, by: 'code', visible: true, ...shown }
}

async function judgeRows(
  db: Reader | Writer,
  rows: readonly GivenRow[],
  known: Known,
): Promise<JudgedRow<ReadyInvoice>[]> {
  const read = rows.map((row) => readSheet([row.cells, ...row.joined], WORDS, known.rates))
  const invoices = read.map(({ invoice }) => invoice)
  const numbers = invoices.flatMap((one) =>
    one ? [one.key, ...(one.blueNumber === null ? [] : [one.blueNumber])] : [],
  )
  const entries = new Map((await findByKeys(db, [...new Set(numbers)])).map((row) => [row.number_key, row]))
  const customers = await customersLike(
    db,
    known.scope,
    invoices.map((one) => ({ uscc: one?.buyer.taxId ?? '', nameKey: normaliseFirmName(one?.buyer.name ?? '') })),
  )
  const contractNumbers = invoices.flatMap((one) => (one && one.contractNumber !== '' ? [one.contractNumber] : []))
  const contracts = await signedByNumber(db, known.scope, contractNumbers)
  const judged: JudgedRow<ReadyInvoice>[] = []
  for (const [index, row] of rows.entries()) {
    const { invoice, problems: [head = [], ...joined] = [] } = read[index] ?? { invoice: null }
    const problems: RowProblem[] = [...head]
    if (strangeSeller(row.cells, known)) problems.push({ field: 'sellerTaxId', key: 'invoices:errors.notOurs' })
    if (!invoice || problems.length > 0) {
      judged.push({ problems, fields: null, same: false, joined })
      continue
    }
    const entry = entries.get(invoice.key)
    if (row.over !== null) {
      const same = entry !== undefined && sameInvoice(entry, invoice)
      if (!same) problems.push({ field: null, key: 'invoices:errors.differs' })
      judged.push({ problems, fields: null, same, joined })
      continue
    }
    const contract = contracts.get(invoice.contractNumber)
    const place = await settled(db, invoice, { customer: customers[index], contract }, known, problems)
    if (invoice.blueNumber !== null) judgeRed(invoice, entries.get(invoice.blueNumber), known, problems)
    const over = entry ? { id: entry.id, version: entry.version } : null
    const good = problems.length === 0 && place !== null
    if (good && invoice.blueNumber === null && !invoice.isVoid) {
      known.blues.set(invoice.key, { kind: invoice.kind, day: invoice.day, amount: invoice.amount, redTotal: 0 })
    }
    judged.push({ problems, fields: good ? { invoice, place, over } : null, same: false, joined })
  }
  return judged
}

/** The list of the platform may hold invoices received as well. */
function strangeSeller(cells: Cells, { ownTaxId }: Known): boolean {
  const seller = normaliseCode(cells['sellerTaxId'] ?? '')
  return seller !== '' && ownTaxId !== '' && seller !== ownTaxId
}

/** An entry that is there already is never overwritten by a list: it is the same, or somebody has to look. */
const sameInvoice = (raw: Tables['invoices'], invoice: SheetInvoice): boolean =>
  raw.day === invoice.day && raw.amount === invoice.amount && raw.net === sumLines(invoice.lines).net

/** Whose the invoice is: the customer by credit code, then by name; nobody's where none is found. */
async function settled(
  db: Reader | Writer,
  invoice: SheetInvoice,
  found: { customer: CustomerBrief | undefined; contract: { id: string; customerId: string } | undefined },
  { scope }: Known,
  problems: RowProblem[],
): Promise<Place | null> {
  const { customer, contract } = found
  const nobody: Place = { customer: customer ?? null, contract: null, ownerId: customer?.ownerId ?? null }
  if (invoice.contractNumber === '' || invoice.amount < 0) return nobody
  if (!contract || contract.customerId !== customer?.id) {
    problems.push({ field: 'contract', key: 'invoices:errors.noSuchContract' })
    return null
  }
  const place = await placeOf(db, scope, { customerId: customer.id, contractId: contract.id })
  const findings = await findingsOf(db, { ...invoice, links: [] }, place, null)
  if (findings.length > 0 && invoice.reason === '') {
    problems.push({ field: 'reason', key: 'invoices:errors.reason', params: { count: findings.length } })
  }
  return place
}

/** A red letter needs its invoice: in the register, or in an earlier row of the file. */
function judgeRed(
  invoice: SheetInvoice,
  entry: Tables['invoices'] | undefined,
  { blues }: Known,
  problems: RowProblem[],
): void {
  const number = invoice.blueNumber ?? ''
  const stands = entry && entry.removed_at === null && entry.state === 'issued' && entry.amount > 0
  const blue = blues.get(number) ?? (stands ? paperFacts(entry) : undefined)
  if (!blue) {
    problems.push({ field: 'blueNumber', key: 'invoices:errors.blueUnknown', params: { number } })
    return
  }
  const issues = redIssues(invoice, blue)
  for (const { path, key, params } of issues) {
    problems.push({ field: String(path[0]), key, ...(params ? { params } : {}) })
  }
  if (issues.length === 0) blues.set(number, { ...blue, redTotal: blue.redTotal - invoice.amount })
}
