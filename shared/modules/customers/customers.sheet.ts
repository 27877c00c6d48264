import type { Translate } from '#shared/i18n/translate.ts'
import type { CustomerInput, CustomerRow } from './customers.schema.ts'

/** The columns of a customer sheet, in order: what is exported is what is imported. */
export const SHEET_COLUMNS = [
  'code',
  'name',
  'shortName',
  'uscc',
  'industry',
  'stage',
  'grade',
  'source',
  'size',
  'region',
  'address',
  'phone',
  'website',
  'needs',
  'note',
  'owner',
  'contactName',
  'contactTitle',
  'contactMobile',
  'contactEmail',
] as const
export type SheetColumn = (typeof SHEET_COLUMNS)[number]
export type SheetRow = Record<SheetColumn, string>

/** Columns whose cells hold a word for a choice. */
export const CHOICE_COLUMNS = {
  stage: ['lead', 'prospect', 'customer', 'dormant'],
  source: ['industryReport', 'web', 'exhibition', 'referral', 'other'],
  size: ['large', 'medium', 'small', 'micro', 'publicBody', 'unknown'],
} as const

export function columnTitle(t: Translate, column: SheetColumn): string {
  return t(`customers:sheet.${column}`)
}

/** The choice behind a cell's word, in any of the three languages or as the code itself; null for an unknown word. */
export function choiceOf(column: keyof typeof CHOICE_COLUMNS, cell: string, translators: readonly Translate[]): string | null {
  const plain = cell.trim().toLowerCase()
  for (const choice of CHOICE_COLUMNS[column]) {
    if (choice.toLowerCase() === plain) return choice
    if (translators.some((t) => t(`customers:${column}.${choice}`).toLowerCase() === plain)) return choice
  }
  return null
}

/** A row of the file as cells of texts. */
export function toSheetRow(
  row: CustomerRow & { size: string; address: string; website: string; needs: string; note: string },
  contact: { name: string; title: string; mobile: string; email: string } | undefined,
  t: Translate,
): SheetRow {
  return {
    code: row.code,
    name: row.name,
    shortName: row.shortName,
    uscc: row.uscc,
    industry: row.industry,
    stage: t(`customers:stage.${row.stage}`),
    grade: row.grade,
    source: t(`customers:source.${row.source}`),
    size: t(`customers:size.${row.size}`),
    region: row.region,
    address: row.address,
    phone: row.phone,
    website: row.website,
    needs: row.needs,
    note: row.note,
    owner: row.ownerName ?? '',
    contactName: contact?.name ?? '',
    contactTitle: contact?.title ?? '',
    contactMobile: contact?.mobile ?? '',
    contactEmail: contact?.email ?? '',
  }
}

/** Cells as the input of the customer's own schema, which then judges them; unknown words are left for it to refuse. */
export function fromSheetRow(cells: Partial<SheetRow>, ownerId: string | null, translators: readonly Translate[]): CustomerInput {
  const text = (column: SheetColumn) => (cells[column] ?? '').trim()
  const choice = (column: keyof typeof CHOICE_COLUMNS, fallback: string) =>
    text(column) === '' ? fallback : (choiceOf(column, text(column), translators) ?? text(column))
  const contactName = text('contactName')
  return {
    name: text('name'),
    shortName: text('shortName'),
    uscc: text('uscc'),
    industry: text('industry'),
    stage: choice('stage', 'prospect') as CustomerInput['stage'],
    grade: (text('grade').toUpperCase() || 'C') as CustomerInput['grade'],
    source: choice('source', 'other') as CustomerInput['source'],
    size: choice('size', 'unknown') as CustomerInput['size'],
    region: text('region'),
    address: text('address'),
    phone: text('phone'),
    website: text('website'),
    needs: text('needs'),
    note: text('note'),
    ownerId,
    contacts:
      contactName === ''
        ? []
        : [
            {
              name: contactName,
              title: text('contactTitle'),
              mobile: text('contactMobile'),
              email: text('contactEmail'),
              primary: true,
            },
          ],
  }
}
