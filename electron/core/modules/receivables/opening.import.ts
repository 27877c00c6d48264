import { LOCALES } from '#shared/i18n/locale.ts'
import { makeTranslator } from '#shared/i18n/translate.ts'
import { normaliseFirmName } from '#shared/kernel/names.ts'
import { normaliseCode } from '#shared/kernel/text.ts'
import { buildSearchText } from '#shared/kernel/search-text.ts'
import type { RowMatch } from '#shared/modules/imports/imports.schema.ts'
import { NO_DUE_KEY } from '#shared/modules/receivables/receivables.journal.rules.ts'
import {
  openingKey,
  OPENING_COLUMNS,
  openingNames,
  readOpening,
  type Opening,
} from '#shared/modules/receivables/receivables.opening.rules.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { customersLike, type CustomerBrief } from '#core/modules/customers/customers.api.ts'
import type { Cells, ImportAdapter, ImportSession } from '#core/modules/imports/imports.api.ts'
import { inPieces } from '#core/store/in-pieces.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import type { ReceivableInstalmentsTable } from '#core/store/tables/receivables.tables.ts'
import { blankInstalment, insertInstalments } from './instalments.create.ts'
import { findInstalments } from './instalments.repo.ts'
import { takeOutInstalment } from './instalments.takeout.ts'

const TRANSLATORS = LOCALES.map(makeTranslator)

/** A row that is ready to be written. */
interface ReadyOpening {
  readonly opening: Opening
  readonly customer: CustomerBrief
}

/** What customers owed when the firm began with the program: each row is one payment still owed. */
export const openingImport: ImportAdapter<ReadyOpening> = {
  entity: 'receivables',
  permit: 'receivables.plan',
  title: 'receivables:opening.title',
  fields: OPENING_COLUMNS.map((column) => ({
    key: column,
    required: column === 'customer' || column === 'amount',
    title: `receivables:opening.columns.${column}`,
    names: openingNames(column, TRANSLATORS),
  })),

  async session(db, _ctx, scope): Promise<ImportSession<ReadyOpening>> {
    const customersOf = (rows: readonly Cells[]) =>
      customersLike(
        db,
        scope,
        rows.map((cells) => ({
          uscc: normaliseCode(cells['uscc'] ?? ''),
          nameKey: normaliseFirmName(cells['customer'] ?? ''),
        })),
      )
    return {
      titleOf: (cells) => [cells['customer'], cells['contract'], cells['label']].filter(Boolean).join(' '),
      // The same customer is written alike on one sheet; what it is called decides within the file.
      keysOf: (cells) => ({ sure: [openingKey(normaliseFirmName(cells['customer'] ?? ''), cells)], similar: [] }),
      async match(rows) {
        const customers = await customersOf(rows)
        const known = await standingOpenings(
          db,
          customers.flatMap((one) => (one ? [one.id] : [])),
        )
        return rows.map((cells, index) => {
          const customer = customers[index]
          const found = customer && known.get(openingKey(customer.id, cells))
          return found ? toMatch(found, customer.name) : null
        })
      },
      async judge(rows) {
        const customers = await customersOf(rows.map((row) => row.cells))
        return rows.map(({ cells, over }, index) => {
          const { opening, problems } = readOpening(cells)
          const customer = customers[index]
          if (!customer) problems.push({ field: 'customer', key: 'receivables:opening.noSuchCustomer' })
          // One that stands already is never written over: its receipts would no longer fit.
          const same = over !== null
          const ready = opening && customer && problems.length === 0 ? { opening, customer } : null
          return { problems, fields: ready, same }
        })
      },
      async write(uow, { opening, customer }) {
        const row = toInstalment(uow, opening, customer)
        await insertInstalments(uow, [row])
        await uow.audit({ action: 'receivables.create', entity: 'receivable', entityId: row.id, after: opening })
        uow.changed('receivables', row.id)
        return { recordId: row.id, action: 'create', version: 0, before: null }
      },
    }
  },

  async standing(db, rows) {
    const ids = rows.map((row) => row.recordId)
    const known = new Map((await inPieces(ids, (piece) => findInstalments(db, piece))).map((row) => [row.id, row]))
    return rows.map((row) => {
      const raw = known.get(row.recordId)
      if (!raw || raw.state !== 'open') return 'changed'
      if (raw.outstanding !== raw.amount - raw.settled_before) return 'inUse'
      return raw.version === row.version ? 'same' : 'changed'
    })
  },

  async takeBack(uow, row) {
    const [raw] = await findInstalments(uow.db, [row.recordId])
    if (!raw || raw.state !== 'open') return
    const { locale } = (await readSetting(uow.db, 'preferences')).value
    // From its first day on: no past day knows of it any more.
    await takeOutInstalment(
      uow,
      raw,
      raw.since_day as Opening['sinceDay'],
      makeTranslator(locale)('receivables:opening.reverted'),
    )
  },
}

function toInstalment(uow: UnitOfWork, opening: Opening, customer: CustomerBrief): ReceivableInstalmentsTable {
  const { contractNumber, invoiceNumber, label, dueDay, amount, settled } = opening
  const sinceDay = opening.sinceDay <= uow.today ? opening.sinceDay : uow.today
  return {
    ...blankInstalment(uow),
    kind: 'opening',
    contract_id: null,
    customer_id: customer.id,
    owner_id: customer.ownerId ?? uow.actor.userId ?? '',
    contract_number: contractNumber,
    invoice_number: invoiceNumber,
    seq: 1,
    label,
    trigger: 'fixed',
    since_day: sinceDay,
    due_day: dueDay,
    due_key: dueDay ?? NO_DUE_KEY,
    amount,
    settled_before: settled,
    settled,
    outstanding: amount - settled,
    search_text: buildSearchText(customer.name, [label, contractNumber, invoiceNumber]),
  }
}

type Standing = Pick<
  ReceivableInstalmentsTable,
  'id' | 'customer_id' | 'contract_number' | 'invoice_number' | 'label' | 'due_day'
>

/** Opening balances of customers that count, by their key. */
async function standingOpenings(db: Reader | Writer, customerIds: readonly string[]): Promise<Map<string, Standing>> {
  const rows = await inPieces([...new Set(customerIds)], (piece) =>
    db
      .selectFrom('receivable_instalments')
      .select(['id', 'customer_id', 'contract_number', 'invoice_number', 'label', 'due_day'])
      .where('customer_id', 'in', piece)
      .where('kind', '=', 'opening')
      .where('state', '=', 'open')
      .execute(),
  )
  return new Map(
    rows.map((row) => [
      openingKey(row.customer_id, {
        contract: row.contract_number,
        invoice: row.invoice_number,
        label: row.label,
        dueDay: row.due_day ?? '',
      }),
      row,
    ]),
  )
}

function toMatch(row: Standing, customerName: string): RowMatch {
  const name = [customerName, row.label].filter(Boolean).join(' ')
  return {
    sure: true,
    by: 'code',
    visible: true,
    id: row.id,
    name,
    code: row.contract_number,
    ownerName: null,
    row: null,
  }
}
