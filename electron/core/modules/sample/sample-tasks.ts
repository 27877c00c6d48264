import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { addDays, type PlainDay } from '#shared/kernel/dates.ts'
import { TASK_KINDS } from '#shared/modules/tasks/tasks.rules.ts'
import type { CoreClient } from '#core/rpc/client-type.ts'

const task = z.object({ kind: z.enum(TASK_KINDS), title: z.string(), days: z.number().int() })
const inboxData = z.object({
  tasks: z.array(task),
  own: z.array(task),
  done: z.object({ title: z.string(), result: z.string() }),
  note: z.string(),
  priceList: z.object({ name: z.string(), text: z.string() }),
  contractScan: z.string(),
})

interface SampleInbox {
  readonly resourcesDir: string
  readonly today: PlainDay
  readonly sellers: readonly string[]
  /** By number: customer n belongs to seller n modulo their count. */
  readonly customerIds: readonly string[]
}

/** Something to do for everybody, late, today and later; a price list and a signed contract as files on records. */
export async function makeTasksAndFiles(client: CoreClient, given: SampleInbox): Promise<void> {
  const data = inboxData.parse(JSON.parse(readFileSync(join(given.resourcesDir, 'demo', 'sample-tasks.json'), 'utf8')))
  const { today, sellers, customerIds } = given
  for (const [i, ownerId] of sellers.entries()) {
    const customerOf = (n: number) => customerIds[i + sellers.length * n] ?? null
    for (const [n, { kind, title, days }] of data.tasks.entries()) {
      // Not everybody is late.
      if (days < 0 && i % 2 === 1) continue
      const dueDay = addDays(today, days < 0 ? days - i : days)
      await client.tasks.create({
        kind,
        title,
        dueDay,
        ownerId,
        customerId: customerOf(n),
        note: n === 0 ? data.note : '',
      })
    }
    const { title, result } = data.done
    const made = await client.tasks.create({ kind: 'other', title, dueDay: today, ownerId, customerId: customerOf(0) })
    await client.tasks.done({ items: [made], result })
  }
  for (const { kind, title, days } of data.own) await client.tasks.create({ kind, title, dueDay: addDays(today, days) })

  const [customerId] = customerIds
  if (customerId !== undefined) {
    const file = new File([data.priceList.text], data.priceList.name, { type: 'text/csv' })
    const { fileId } = await client.files.upload({ file })
    await client.attachments.add({ to: 'customer', id: customerId, fileId })
  }
  const signed = await client.contracts.list({
    limit: 1,
    sort: { key: 'signDay', dir: 'desc' },
    filters: { stage: 'performing' },
  })
  const [contract] = signed.rows
  if (!contract) return
  const paper = await client.contracts.preview({ id: contract.id as never, fields: null })
  const made = await client.attachments.add({ to: 'contract', id: contract.id, fileId: paper.fileId })
  await client.attachments.rename({ id: made.id, version: made.version, name: data.contractScan })
}
