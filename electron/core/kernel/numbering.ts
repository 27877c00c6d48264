import type { NumberedKind, Numbering } from '#shared/modules/office/office.schema.ts'
import type { UnitOfWork } from '#core/store/store.ts'
import { readSetting } from './settings.ts'

/** `HT-2026-0012`: prefix, the year where the series is yearly, and the digits. */
export function documentNumber(rule: Numbering[NumberedKind], year: string, value: number): string {
  const digits = String(value).padStart(rule.digits, '0')
  return rule.yearly ? `${rule.prefix}-${year}-${digits}` : `${rule.prefix}${digits}`
}

/** The next number of a kind of document, without gaps: it is drawn in the unit of work that uses it. */
export async function nextDocumentNumber(uow: UnitOfWork, kind: NumberedKind): Promise<string> {
  const { value } = await readSetting(uow.db, 'numbering')
  const rule = value[kind]
  const year = uow.today.slice(0, 4)
  return documentNumber(rule, year, await uow.nextNumber(rule.yearly ? `${kind}:${year}` : kind))
}
