import { SETTINGS, type SettingKey, type SettingValue } from '#shared/modules/office/office.schema.ts'
import { refuse } from '#shared/kernel/app-error.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'

/**
 * Reads one setting; it is parsed again on the way out, so that a hand-made file cannot smuggle in a wrong shape.
 * Every key is written at first run, so a missing one is a damaged file.
 */
export async function readSetting<K extends SettingKey>(
  db: Reader | Writer,
  key: K,
): Promise<{ value: SettingValue<K>; version: number }> {
  const row = await db
    .selectFrom('settings')
    .select(['value', 'version'])
    .where('key', '=', key)
    .executeTakeFirstOrThrow()
  return { value: SETTINGS[key].parse(JSON.parse(row.value)) as SettingValue<K>, version: row.version }
}

/** Writes a setting in this unit of work, with its audit row. Throws STALE where the version has moved. */
export async function writeSetting<K extends SettingKey>(
  uow: UnitOfWork,
  key: K,
  value: SettingValue<K>,
  version: number,
): Promise<{ version: number }> {
  const before = await uow.db.selectFrom('settings').selectAll().where('key', '=', key).executeTakeFirst()
  const json = JSON.stringify(SETTINGS[key].parse(value))
  if (!before) {
    await uow.db.insertInto('settings').values({ key, value: json, version: 0 }).execute()
  } else if (before.version !== version) {
    throw refuse('STALE', { current: JSON.parse(before.value) })
  } else {
    await uow.db
      .updateTable('settings')
      .set({ value: json, version: version + 1 })
      .where('key', '=', key)
      .execute()
  }
  await uow.audit({
    action: 'office.settings',
    entity: 'setting',
    entityId: key,
    before: before ? JSON.parse(before.value) : undefined,
    after: JSON.parse(json),
  })
  uow.changed('office', key)
  return { version: before ? version + 1 : 0 }
}
