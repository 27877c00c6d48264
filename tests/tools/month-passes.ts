import { asMonth, shiftMonth } from '#shared/kernel/dates.ts'
import { openAppraisal } from '#core/modules/performance/performance.api.ts'
import { withClosedFirm } from './closed-firm.ts'

// A month passes: what was agreed and rated for the present month lies a month back, in a firm whose program is closed.
// The clock of the machine stays as it is; what the program does by itself on the 1st is done: node tests/tools/month-passes.ts <data folder> <login> <password>

const TABLES = [
  ['performance_scheme_editions', 'from_month'],
  ['performance_targets', 'month'],
  ['performance_entries', 'month'],
  ['performance_reviews', 'month'],
] as const

await withClosedFirm(process.argv.slice(2), async ({ core }) => {
  const month = asMonth(core.deps.clock.today().slice(0, 7))
  const { raw } = core.vault.store
  for (const [table, column] of TABLES) {
    raw.prepare(`UPDATE ${table} SET ${column} = ? WHERE ${column} = ?`).run(shiftMonth(month, -1), month)
  }
  await openAppraisal(core.deps)
})
