import { listBackups, removeBackup, type BackupReason } from './backup.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** How many periods of each length keep their newest backup. */
const KEEP: readonly (readonly [period: number, count: number])[] = [
  [HOUR, 24],
  [DAY, 14],
  [7 * DAY, 8],
  [30 * DAY, 12],
]
const KEEP_SPECIAL_MS = 90 * DAY
const SPECIAL: ReadonlySet<BackupReason> = new Set(['migration', 'restore', 'import', 'delete'])

/**
 * Which backups the schedule lets go: keeps the newest of 24 hours, 14 days, 8 weeks and 12 months that have one, and
 * everything of the last hour. All are UTC ms.
 */
export function expiredBackups(createdAt: readonly number[], now: number): number[] {
  const newestFirst = [...createdAt].sort((a, b) => b - a)
  const kept = new Set(newestFirst.filter((at) => now - at < HOUR))
  for (const [period, count] of KEEP) {
    const newestOf = new Map<number, number>()
    for (const at of newestFirst) {
      const index = Math.floor(at / period)
      if (!newestOf.has(index)) newestOf.set(index, at)
    }
    for (const at of [...newestOf.values()].slice(0, count)) kept.add(at)
  }
  return newestFirst.filter((at) => !kept.has(at))
}

/** Removes what the schedule lets go; backups made before a migration, an import, a restore or a bulk removal stay 90 days. */
export async function pruneBackups(dir: string, now: number): Promise<number> {
  const all = await listBackups(dir)
  const expired = new Set(
    expiredBackups(
      all.map((m) => m.createdAt),
      now,
    ),
  )
  let removed = 0
  for (const { name, createdAt, reason } of all) {
    if (!expired.has(createdAt) || (SPECIAL.has(reason) && now - createdAt < KEEP_SPECIAL_MS)) continue
    await removeBackup(dir, name)
    removed += 1
  }
  return removed
}
