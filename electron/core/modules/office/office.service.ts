import { constants } from 'node:fs'
import { access, mkdir, statfs } from 'node:fs/promises'
import { isAbsolute, relative, resolve } from 'node:path'
import type { SettingKey, SettingValue } from '#shared/modules/office/office.schema.ts'
import { ACTIONS } from '#shared/policy/actions.ts'
import { scopeOf } from '#shared/policy/can.ts'
import { ROLES } from '#shared/policy/roles.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { readSetting, writeSetting } from '#core/kernel/settings.ts'

/** Settings of the firm, the permission matrix as a table, and the check of a backup folder. */
export function createOfficeService(deps: CoreDeps, onPreferences: (value: SettingValue<'preferences'>) => void) {
  return {
    read: <K extends SettingKey>(key: K) => readSetting(deps.store.read, key),

    async save<K extends SettingKey>(ctx: CallContext, key: K, input: { value: SettingValue<K>; version: number }) {
      const saved = await deps.store.write(ctx.actor, (uow) => writeSetting(uow, key, input.value, input.version))
      if (key === 'preferences') onPreferences(input.value as SettingValue<'preferences'>)
      return saved
    },

    matrix: () =>
      ACTIONS.map((action) => ({
        action,
        scopes: Object.fromEntries(ROLES.map((role) => [role, scopeOf([role], action)])) as Record<
          (typeof ROLES)[number],
          'none' | 'own' | 'team' | 'all'
        >,
      })),

    /** Makes the folder where it is missing; answers with a reason (i18n key) instead of failing. */
    async checkFolder(path: string) {
      const refused = (reason: string) => ({ ok: false, reason, freeBytes: null })
      if (!isAbsolute(path) || path.includes('\0')) return refused('office:folder.absolute')
      const inside = relative(resolve(deps.config.dataDir), resolve(path))
      if (inside === '' || (!inside.startsWith('..') && !isAbsolute(inside))) return refused('office:folder.dataFolder')
      try {
        await mkdir(path, { recursive: true })
        await access(path, constants.W_OK)
        const space = await statfs(path)
        return { ok: true, reason: null, freeBytes: space.bavail * space.bsize }
      } catch {
        return refused('office:folder.notWritable')
      }
    },
  }
}
