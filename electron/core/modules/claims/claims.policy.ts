import { refuse } from '#shared/kernel/app-error.ts'
import { addDays, type PlainDay } from '#shared/kernel/dates.ts'
import { SHIPPED_LAW } from '#shared/modules/contracts/contracts.law.ts'
import type { LawRow } from '#shared/modules/contracts/contracts.law.schema.ts'
import type { ClaimsPolicy } from '#shared/modules/claims/claims.schema.ts'
import { withoutReplay, type CallContext, type CoreDeps } from '#core/kernel/deps.ts'
import { readSetting, writeSetting } from '#core/kernel/settings.ts'
import { recountAll } from './claims.clock.ts'
import { publishedRates } from './claims.rates.ts'

const KEYS = ['lpr1y', 'benchmark1y'] as const

/** The firm's rules for claims, and the published rates with how far they were checked. */
export function createClaimsPolicy(deps: CoreDeps) {
  const { store, clock } = deps
  return {
    read: () => readSetting(store.read, 'claims'),

    async save(ctx: CallContext, input: { value: ClaimsPolicy; version: number }) {
      const { saved, moved } = await store.write(withoutReplay(ctx.actor), async (uow) => {
        const before = (await readSetting(uow.db, 'claims')).value
        const saved = await writeSetting(uow, 'claims', input.value, input.version)
        uow.changed('claims', 'policy')
        return { saved, moved: before.limitationBy !== input.value.limitationBy }
      })
      if (moved) recountAll(deps, ctx)
      return saved
    },

    async rates() {
      const { ratesThrough } = (await readSetting(store.read, 'claims')).value
      const own = (await readSetting(store.read, 'contractLaw')).value
      // Of several of one day the last one counts.
      const inForce = new Map(publishedRates(own).map((row) => [`${row.key} ${row.from}`, row]))
      const rows = [...inForce.values()]
        .flatMap((row) => {
          const key = KEYS.find((one) => one === row.key)
          return key ? [{ key, from: row.from, value: row.value, source: row.source, own: !isShipped(row) }] : []
        })
        .toSorted((a, b) => (a.from < b.from ? 1 : a.from > b.from ? -1 : 0))
      return { rows, through: ratesThrough, stale: clock.today() > ratesThrough }
    },

    checkRates: (
      ctx: CallContext,
      input: { rate: Pick<LawRow, 'from' | 'value' | 'source'> | null; through: PlainDay },
    ) =>
      store.write(ctx.actor, async (uow) => {
        const { value: policy, version } = await readSetting(uow.db, 'claims')
        // Nobody knows today what will be published a month from now.
        const farthest = addDays(uow.today, 31)
        const from = input.rate?.from ?? policy.ratesThrough
        if (input.through > farthest || input.through < from || (input.rate && input.rate.from > uow.today)) {
          throw refuse('CLAIM_RATES_DAY')
        }
        if (input.rate) {
          const { rate } = input
          const law = await readSetting(uow.db, 'contractLaw')
          const others = law.value.filter((row) => !(row.key === 'lpr1y' && row.from === rate.from))
          await writeSetting(uow, 'contractLaw', [...others, { key: 'lpr1y' as const, ...rate }], law.version)
        }
        const saved = await writeSetting(uow, 'claims', { ...policy, ratesThrough: input.through }, version)
        uow.changed('claims', 'policy')
        return saved
      }),
  }
}

const isShipped = (row: LawRow) =>
  SHIPPED_LAW.some((one) => one.key === row.key && one.from === row.from && one.value === row.value)
