import { randomBytes } from 'node:crypto'
import type { Role } from '#shared/policy/roles.ts'
import type { Clock } from '#core/kernel/clock.ts'
import type { Session } from '#core/kernel/deps.ts'
import type { Reader } from '#core/store/store.ts'

const ABSOLUTE_MS = 8 * 3_600_000
const STEP_UP_MS = 5 * 60_000

interface Live {
  readonly token: string
  readonly userId: string
  readonly startedAt: number
  seenAt: number
  steppedUpAt: number | null
  /** The seat where it was started, as the audit log names it; null for a job that works in somebody's name. */
  readonly device: string | null
  /** Aborts when the session ends. */
  readonly over: AbortController
}

/**
 * Who is logged in, in memory only. A session ends when idle for the minutes of the setting, after eight hours, at
 * log-out, or at once when the account is disabled; roles are read on every call, so a change holds at once.
 */
export class SessionRegistry {
  readonly #live = new Map<string, Live>()
  readonly #clock: Clock
  idleMinutes = 10

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Starts a session; logging in is itself a step-up. Returns its token (256 random bits). */
  start(userId: string, device: string | null): string {
    const token = randomBytes(32).toString('base64url')
    const now = this.#clock.now()
    const over = new AbortController()
    this.#live.set(token, { token, userId, startedAt: now, seenAt: now, steppedUpAt: now, device, over })
    return token
  }

  /** The user of a live token, without counting as activity. */
  userOf(token: string): string | null {
    return this.#alive(token)?.userId ?? null
  }

  touch(token: string): void {
    const live = this.#alive(token)
    if (live) live.seenAt = this.#clock.now()
  }

  stepUp(token: string): void {
    const live = this.#alive(token)
    if (live) live.steppedUpAt = this.#clock.now()
  }

  hasSteppedUp(token: string): boolean {
    const live = this.#alive(token)
    if (!live || live.steppedUpAt === null) return false
    return this.#clock.now() - live.steppedUpAt < STEP_UP_MS
  }

  end(token: string): void {
    const live = this.#live.get(token)
    this.#live.delete(token)
    live?.over.abort()
  }

  /** Ends every session of a user, but for one. */
  endAll(userId: string, except?: string): void {
    for (const live of this.#live.values()) {
      if (live.userId === userId && live.token !== except) this.end(live.token)
    }
  }

  clear(): void {
    for (const token of this.#live.keys()) this.end(token)
  }

  /** Ends the sessions of all seats, not those of jobs; gives the ones that were alive until now. */
  endSeats(): readonly { userId: string; device: string }[] {
    const ended: { userId: string; device: string }[] = []
    for (const token of this.#live.keys()) {
      const live = this.#alive(token)
      if (!live || live.device === null) continue
      this.end(token)
      ended.push({ userId: live.userId, device: live.device })
    }
    return ended
  }

  /** The session as the data file knows it now; null where it has ended or the account is disabled. */
  async find(db: Reader, token: string): Promise<Session | null> {
    const live = this.#alive(token)
    if (!live) return null
    const user = await db
      .selectFrom('users')
      .select(['id', 'name', 'login', 'team_id', 'active'])
      .where('id', '=', live.userId)
      .executeTakeFirst()
    if (!user || user.active !== 1) {
      this.endAll(live.userId)
      return null
    }
    const roles = await db.selectFrom('user_roles').select('role').where('user_id', '=', user.id).execute()
    const led = await db.selectFrom('teams').select('id').where('leader_id', '=', user.id).execute()
    return {
      token,
      userId: user.id,
      userName: user.name,
      login: user.login,
      roles: roles.map((row) => row.role as Role),
      teamId: user.team_id,
      ledTeamIds: led.map((row) => row.id),
      over: live.over.signal,
    }
  }

  #alive(token: string): Live | null {
    const live = this.#live.get(token)
    if (!live) return null
    const now = this.#clock.now()
    if (now - live.startedAt > ABSOLUTE_MS || now - live.seenAt > this.idleMinutes * 60_000) {
      this.end(token)
      return null
    }
    return live
  }
}
