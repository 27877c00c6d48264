import type { NumberedKind } from '#shared/modules/office/office.schema.ts'
import type { UnitOfWork } from '#core/store/store.ts'
import { readSetting } from './settings.ts'

/**
 * The next number of a kind of document by the firm's numbering setting, `HT-2026-0001`: drawn inside the unit of
 * work that uses it, so that a refusal leaves no gap. A yearly series starts again at 1 with the firm's new year; a
 * series longer than its digits simply grows.
 */
export async function nextDocumentNumber(uow: UnitOfWork, kind: NumberedKind): Promise<string> {
  const rule = (await readSetting(uow.db, 'numbering')).value[kind]
  const year = uow.today.slice(0, 4)
  const count = await uow.nextNumber(rule.yearly ? `${kind}:${year}` : kind)
  const parts = [rule.prefix, ...(rule.yearly ? [year] : []), String(count).padStart(rule.digits, '0')]
  return parts.join('-')
}
