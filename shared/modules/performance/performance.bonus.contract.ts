import { z } from 'zod'
import { plainMonth } from '#shared/kernel/dates.ts'
import { entityId } from '#shared/kernel/text.ts'
import { command, query, refusals } from '#shared/rpc/define.ts'
import { absenceFields, bonusBaseFields, bonusBaseRow, bonusSheet } from './performance.bonus.schema.ts'

const monthOnly = z.strictObject({ month: plainMonth })

/** What a month's result is worth: base × coefficient × presence. Nobody sees another's but who answers for the firm. */
export const bonusContract = {
  /** One's own line, or everybody's; a superior sees his people's days without amounts. */
  sheet: query('bonuses.read', { audit: 'read' }).input(monthOnly).output(bonusSheet),
  /** Every base that was ever set for a person, latest first. */
  history: query('bonuses.read', { audit: 'read' })
    .input(z.strictObject({ userId: entityId }))
    .output(z.array(bonusBaseRow)),
  /** It counts from a month on that is not locked, until the next one. */
  setBase: command('bonuses.set')
    .input(bonusBaseFields)
    .output(z.object({ id: z.string() }))
    .errors(refusals('PERFORMANCE_LOCKED', 'PERFORMANCE_OWN_FIGURE')),
  setAbsence: command('performance.targets')
    .input(absenceFields)
    .output(z.object({ month: z.string() }))
    .errors(refusals('PERFORMANCE_LOCKED', 'PERFORMANCE_OWN_FIGURE')),
  /** The amounts that the caller sees, as an Excel file. */
  export: command('bonuses.read', { audit: 'export' })
    .input(monthOnly)
    .output(z.object({ jobId: z.string() })),
}
