import type { PlainDay } from '#shared/kernel/dates.ts'
import { courseOf, type CourseFacts, type ReportFact } from '#shared/modules/dunning/dunning.escalations.rules.ts'
import { inPieces } from '#core/store/in-pieces.ts'
import type { Reader, Writer } from '#core/store/store.ts'

/** How the difficulties of these customers stand, by what of theirs is still open: a fixed number of queries. */
export async function coursesOf(
  db: Reader | Writer,
  customerIds: readonly string[],
  openOf: (customerId: string) => ReadonlySet<string>,
): Promise<(customerId: string) => CourseFacts> {
  const rows = await inPieces(customerIds, (piece) =>
    db
      .selectFrom('dunning_escalations as e')
      .innerJoin('dunning_escalation_lines as l', 'l.escalation_id', 'e.id')
      .select(['e.id', 'e.customer_id', 'e.state', 'e.proposal', 'e.ended_day', 'l.instalment_id'])
      .where('e.customer_id', 'in', piece)
      .orderBy('e.asked_at')
      .orderBy('e.id')
      .execute(),
  )
  const reports = new Map<string, Map<string, ReportFact & { instalmentIds: string[] }>>()
  for (const row of rows) {
    const own = reports.get(row.customer_id) ?? new Map<string, ReportFact & { instalmentIds: string[] }>()
    reports.set(row.customer_id, own)
    const known = own.get(row.id)
    if (known) known.instalmentIds.push(row.instalment_id)
    else {
      const endedDay = row.ended_day as PlainDay | null
      const { state, proposal, instalment_id: first } = row
      own.set(row.id, { state, proposal, endedDay, instalmentIds: [first] })
    }
  }
  const made = await inPieces(customerIds, (piece) =>
    db
      .selectFrom('dunning_court_files as f')
      .innerJoin('dunning_court_debts as l', 'l.court_file_id', 'f.id')
      .select(['f.customer_id', 'f.day', 'l.instalment_id'])
      .where('f.customer_id', 'in', piece)
      .where('f.closed_day', 'is', null)
      .execute(),
  )
  const files = Map.groupBy(made, (row) => row.customer_id)
  const filesOf = (customerId: string) =>
    (files.get(customerId) ?? []).map((row) => ({ day: row.day as PlainDay, instalmentIds: [row.instalment_id] }))
  return (customerId) =>
    courseOf([...(reports.get(customerId)?.values() ?? [])], filesOf(customerId), openOf(customerId))
}
