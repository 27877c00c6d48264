import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PlainDay } from '#shared/kernel/dates.ts'
import { makeCalendar } from '#shared/kernel/workdays.ts'
import type { CaseSetting } from '#shared/modules/dunning/dunning.cases.rules.ts'
import { ladderOf } from '#shared/modules/dunning/dunning.policy.rules.ts'
import { dunningPolicy, type DunningPolicy } from '#shared/modules/dunning/dunning.policy.schema.ts'
import type { CoreDeps } from '#core/kernel/deps.ts'
import { readSetting } from '#core/kernel/settings.ts'
import type { Reader, Writer } from '#core/store/store.ts'

export interface PolicyInForce {
  readonly policy: DunningPolicy
  readonly version: number
}

/** The policy with everything that cases are counted by. */
export interface PolicyBook extends PolicyInForce {
  readonly setting: CaseSetting
}

export type Policies = ReturnType<typeof createPolicies>

/** Editions of the policy. One is never changed, so that it is read once. */
export function createPolicies(deps: Pick<CoreDeps, 'config'>) {
  const known = new Map<string, DunningPolicy>()
  const read = (text: string): DunningPolicy => {
    const before = known.get(text)
    if (before) return before
    const policy = dunningPolicy.parse(JSON.parse(text))
    known.set(text, policy)
    return policy
  }
  const standard = (): string =>
    readFileSync(join(deps.config.resourcesDir, 'templates', 'dunning-policy.json'), 'utf8')
  let shipped: string | undefined

  /** The edition that is in force on a day; the shipped policy where the firm has none yet. */
  async function inForce(db: Reader | Writer, today: PlainDay): Promise<PolicyInForce> {
    const row = await db
      .selectFrom('dunning_policies')
      .select(['version', 'policy'])
      .where('valid_from', '<=', today)
      .orderBy('version', 'desc')
      .limit(1)
      .executeTakeFirst()
    if (row) return { policy: read(row.policy), version: row.version }
    shipped ??= standard()
    return { policy: read(shipped), version: 0 }
  }

  return {
    inForce,
    read,

    /** The last edition, whether it is in force already or not. */
    async latest(db: Reader | Writer): Promise<PolicyInForce & { readonly validFrom: string }> {
      const row = await db
        .selectFrom('dunning_policies')
        .selectAll()
        .orderBy('version', 'desc')
        .limit(1)
        .executeTakeFirst()
      if (row) return { policy: read(row.policy), version: row.version, validFrom: row.valid_from }
      shipped ??= standard()
      return { policy: read(shipped), version: 0, validFrom: '' }
    },

    async book(db: Reader | Writer, today: PlainDay): Promise<PolicyBook> {
      const found = await inForce(db, today)
      return { ...found, setting: await settingOf(db, found.policy) }
    },
  }
}

/** What cases are counted by under a policy. */
export async function settingOf(db: Reader | Writer, policy: DunningPolicy): Promise<CaseSetting> {
  const calendar = makeCalendar((await readSetting(db, 'workCalendar')).value)
  return { ladder: ladderOf(policy), shares: policy.risk, calendar }
}
