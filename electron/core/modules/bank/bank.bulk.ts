import { isRefusal } from '#shared/kernel/app-error.ts'
import { asFen } from '#shared/kernel/money.ts'
import { leftOfLine } from '#shared/modules/bank/bank.rules.ts'
import {
  LINE_STAGES,
  MOST_AT_ONCE,
  type BulkLine,
  type BulkView,
  type LineFilters,
} from '#shared/modules/bank/bank.schema.ts'
import { withoutReplay, type CallContext, type CoreDeps } from '#core/kernel/deps.ts'
import type { BankBooking } from './bank.booking.ts'
import { openIds, openLines } from './bank.lines.repo.ts'
import { suggestionsOf } from './bank.lines.ts'
import { readLines, stageOf } from './bank.readings.ts'

const STEP = 'bank:steps.book'

/** What is sure is booked in one go: first shown to the fen, then line by line. */
export function createBankBulk(deps: CoreDeps, booking: BankBooking) {
  const { store } = deps

  return {
    async preview(ctx: CallContext, input: { text?: string | undefined; filters: LineFilters }): Promise<BulkView> {
      const db = store.read
      const { stage: _stage, ...filters } = input.filters
      const wanted = new Set(await openIds(db, { text: input.text, filters, among: null }))
      const readings = await readLines(db, ctx.scope)
      const open = (await openLines(db)).filter((raw) => wanted.has(raw.id))
      const byStage = Map.groupBy(open, (raw) => stageOf(raw.id, readings))
      const sure = byStage.get('sure') ?? []
      const lines = sure.slice(0, MOST_AT_ONCE).flatMap((raw) => {
        const left = leftOfLine(raw)
        const [suggestion] = suggestionsOf(raw.id, readings, left)
        const shown = { id: raw.id, version: raw.version, day: raw.day, payerName: raw.payer_name, amount: left }
        return suggestion ? [{ ...shown, suggestion }] : []
      })
      return {
        lines,
        sum: lines.reduce((sum, line) => sum + line.amount, 0),
        more: sure.length - lines.length,
        excluded: LINE_STAGES.filter((stage) => stage !== 'sure').flatMap((stage) => {
          const raws = byStage.get(stage) ?? []
          const sum = raws.reduce((all, raw) => all + leftOfLine(raw), 0)
          return raws.length === 0 ? [] : [{ stage, count: raws.length, sum }]
        }),
      }
    },

    confirm: (ctx: CallContext, lines: readonly BulkLine[]) =>
      deps.jobs.start(ctx, {
        kind: 'bank.confirm',
        steps: [{ key: STEP, weight: 1 }],
        async run(job) {
          const actor = withoutReplay(ctx.actor)
          const left: { id: string; code: string }[] = []
          let sum = 0
          for (const [done, line] of lines.entries()) {
            job.step(STEP, done, lines.length)
            try {
              sum += await store.write(actor, async (uow) => {
                const allocations = line.items.map((item) => ({ ...item, costs: asFen(0), interest: asFen(0) }))
                const { customerId, designated, amount } = line
                const part = { customerId, amount, allocations, designated }
                await booking.confirm(uow, ctx.scope, { id: line.id, version: line.version, part, learn: true })
                return amount
              })
            } catch (error) {
              if (!isRefusal(error)) throw error
              left.push({ id: line.id, code: error.code })
            }
          }
          job.step(STEP, lines.length, lines.length)
          return { booked: lines.length - left.length, sum, left }
        },
      }),
  }
}
