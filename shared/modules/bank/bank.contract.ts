import { z } from 'zod'
import { exportInput, pageInput, pageOutput } from '#shared/kernel/paging.ts'
import { entityId, recordVersion, searchText, shortText } from '#shared/kernel/text.ts'
import { importTable, UNREADABLE } from '#shared/modules/imports/imports.schema.ts'
import { command, query, refusals } from '#shared/rpc/define.ts'
import {
  accountFields,
  accountRow,
  asideInput,
  breaksReason,
  bulkLine,
  bulkView,
  checkStatement,
  LINE_SORTS,
  lineFilters,
  linePart,
  lineRow,
  lineView,
  MOST_AT_ONCE,
  revertInput,
  SHEET_ROW_STATES,
  sheetRow,
  statementCheck,
  STATEMENT_SORTS,
  statementFigures,
  statementFilters,
  statementRow,
} from './bank.schema.ts'

const count = z.number().int()
const versioned = z.strictObject({ id: entityId, version: recordVersion })
const saved = z.object({ id: z.string(), version: count })
const job = z.object({ jobId: z.string() })
const rowFilters = z.strictObject({ checkId: entityId, state: z.enum(SHEET_ROW_STATES).optional() })
const lines = z.strictObject({ text: searchText, filters: lineFilters })
/** Why a receipt is not taken back. */
const TAKING_BACK = ['RECEIPT_REVERSED', 'RECEIPT_REFUNDED', 'RECEIPT_DAY'] as const
/** The very same file was imported before. */
const fileTwice = {
  BANK_FILE_TWICE: { status: 409, data: z.object({ fileName: z.string(), accountName: z.string() }) },
}

/** The first allocation that does not fit, as of receipts. */
const booking = {
  ...refusals('RECEIPT_DAY', 'BANK_LINE_STATE', 'BANK_LINE_OVER'),
  RECEIPT_ALLOCATION: {
    status: 409,
    data: z.object({
      fault: z.enum(['unknown', 'over_receipt', 'over_instalment', 'twice']),
      index: z.number().int(),
    }),
  },
}

export const bankContract = {
  /** Our accounts with banks; all of them, closed ones last. */
  accounts: query('bank.read')
    .input(z.strictObject({}))
    .output(z.object({ rows: z.array(accountRow) })),
  /** With the whole number. */
  account: query('bank.read')
    .input(z.strictObject({ id: entityId }))
    .output(z.object({ id: z.string(), version: count, fields: accountFields })),
  createAccount: command('bank.write').input(accountFields).output(saved).errors(refusals('BANK_ACCOUNT_TWICE')),
  updateAccount: command('bank.write')
    .input(versioned.extend({ fields: accountFields }))
    .output(saved)
    .errors(refusals('BANK_ACCOUNT_TWICE', 'BANK_ACCOUNT_USED')),
  /** Reads an uploaded statement; guesses or remembers what its columns are. */
  open: command('bank.write', { audit: 'none' })
    .input(z.strictObject({ accountId: entityId, fileId: entityId }))
    .output(importTable)
    .errors({
      ...refusals(...UNREADABLE),
      /** Another account's number stands above the headings. */
      BANK_OTHER_ACCOUNT: { status: 409, data: z.object({ accountName: z.string() }) },
      ...fileTwice,
    }),
  /** Judges every row and writes nothing but the choice of columns. */
  check: command('bank.write', { audit: 'none' })
    .input(checkStatement)
    .output(statementCheck)
    .errors(refusals('BANK_COLUMNS', 'IMPORT_EMPTY')),
  /** The judged rows in the order of the sheet. */
  checkRows: query('bank.write')
    .input(pageInput({ sort: ['row'], filters: rowFilters }))
    .output(pageOutput(sheetRow)),
  checkSummary: query('bank.write')
    .input(z.strictObject({ text: searchText, filters: rowFilters }))
    .output(z.object({ count })),
  /** Writes the whole statement or nothing of it. */
  run: command('bank.write')
    .input(z.strictObject({ checkId: entityId, breaksReason }))
    .output(z.object({ statementId: z.string(), lines: count, known: count }))
    .errors({ ...refusals('BANK_STATEMENT_FAULTS', 'BANK_NOTHING_NEW'), ...fileTwice }),
  statements: query('bank.read')
    .input(pageInput({ sort: STATEMENT_SORTS, filters: statementFilters }))
    .output(pageOutput(statementRow)),
  statementsSummary: query('bank.read')
    .input(z.strictObject({ text: searchText, filters: statementFilters }))
    .output(z.object({ count, inSum: count, outSum: count, openSum: count })),
  statement: query('bank.read')
    .input(z.strictObject({ id: entityId }))
    .output(
      statementRow.extend({
        figures: statementFigures,
        breaks: count,
        breaksReason: z.string(),
        gap: z.object({ lastDay: z.string(), closing: count }).nullable(),
      }),
    ),
  /** A one-time address of the file as it was imported. */
  statementFile: command('bank.read', { audit: 'export' })
    .input(z.strictObject({ id: entityId }))
    .output(z.object({ url: z.string(), name: z.string(), mime: z.string() })),
  /** Takes a statement back: its lines go; with them, if wanted, the receipts that they became. */
  revert: command('bank.write')
    .input(revertInput)
    .output(saved)
    .errors({
      ...refusals('BANK_REVERTED', ...TAKING_BACK),
      BANK_BOOKED: { status: 409, data: z.object({ receipts: count }) },
    }),

  lines: query('bank.read')
    .input(pageInput({ sort: LINE_SORTS, filters: lineFilters }))
    .output(pageOutput(lineRow)),
  /** Over the whole filtered set. Fen. */
  linesSummary: query('bank.read')
    .input(lines)
    .output(z.object({ count, in: count, out: count, left: count })),
  exportLines: command('bank.export', { audit: 'export' })
    .input(exportInput({ sort: LINE_SORTS, filters: lineFilters }))
    .output(job),
  /** A line with what it may be, and what it became. */
  line: query('bank.read')
    .input(z.strictObject({ id: entityId }))
    .output(lineView),
  /**
   * Books money of a line as a receipt; what it leaves stays open, for another customer or to be set aside. The payer
   * is remembered, if wanted, for the lines to come.
   */
  confirm: command('bank.write')
    .input(versioned.extend({ part: linePart, learn: z.boolean().default(true) }))
    .output(saved.extend({ receiptId: z.string(), number: z.string() }))
    .errors(booking),
  /** This payment was entered by hand before: the receipt gets the line, nothing is booked. */
  link: command('bank.write')
    .input(versioned.extend({ receiptId: entityId }))
    .output(saved)
    .errors(refusals('BANK_LINE_STATE', 'BANK_RECEIPT')),
  /** What is left of a line is no receipt. */
  setAside: command('bank.write')
    .input(versioned.extend({ aside: asideInput }))
    .output(saved)
    .errors(refusals('BANK_LINE_STATE')),
  /** What was set aside is to be dealt with after all. */
  takeUp: command('bank.write').input(versioned).output(saved).errors(refusals('BANK_LINE_STATE')),
  /** Takes the receipts of a line back from their own day, as entered by mistake; receipts entered by hand only let go. */
  unbook: command('bank.write')
    .input(versioned.extend({ reason: shortText(200) }))
    .output(saved)
    .errors(refusals('BANK_LINE_STATE', ...TAKING_BACK)),

  /** The open lines that are sure, with exactly what would be booked, and how many are left to eyes. */
  bulk: query('bank.write').input(lines).output(bulkView),
  /**
   * A job that books these lines as they were shown, each in its own unit of work; cancelled, what is booked stays.
   * A line that changed meanwhile is left. Its result is `{ booked, sum, left: [{ id, code }] }`.
   */
  confirmBulk: command('bank.write')
    .input(z.strictObject({ lines: z.array(bulkLine).min(1, 'validation:required').max(MOST_AT_ONCE) }))
    .output(job),

  /** A name or an account was learnt by mistake: lines to come are not read by it. */
  forgetPayer: command('bank.write')
    .input(z.strictObject({ id: entityId }))
    .output(z.object({ id: z.string() })),
}
