import { z } from 'zod'
import { exportInput, pageInput, pageOutput } from '#shared/kernel/paging.ts'
import { entityId, optionalText, recordVersion, searchText } from '#shared/kernel/text.ts'
import { command, query, refusals } from '#shared/rpc/define.ts'
import { customerFieldsContract } from './customers.fields.contract.ts'
import { dueFilesContract } from './customers.due.contract.ts'
import { screening } from './customers.screening.schema.ts'
import { mergesContract } from './customers.merge.contract.ts'
import { teamContract } from './customers.team.contract.ts'
import {
  customerFields,
  customerFilters,
  customerMove,
  customerRow,
  customerView,
  duplicateHit,
} from './customers.schema.ts'

const saved = z.object({ id: z.string(), version: z.number().int() })
const exact = { CUSTOMER_DUPLICATE: { status: 409, data: z.object({ hits: z.array(duplicateHit) }) } }
const SORT = ['name', 'code', 'createdAt', 'updatedAt', 'grade'] as const

export const customersContract = {
  list: query('customers.read')
    .input(pageInput({ sort: SORT, filters: customerFilters }))
    .output(pageOutput(customerRow)),
  summary: query('customers.read')
    .input(z.strictObject({ text: searchText, filters: customerFilters }))
    .output(z.object({ count: z.number().int() })),
  get: query('customers.read')
    .input(z.strictObject({ id: entityId }))
    .output(customerView),
  /** Regions that customers in the scope have, the commonest first: what the list can be filtered by. */
  regions: query('customers.read').input(z.strictObject({})).output(z.array(z.string())),
  /** Tags in the scope, the commonest first. */
  tags: query('customers.read').input(z.strictObject({})).output(z.array(z.string())),
  /** How leads are judged, and how long a rejected file is kept. */
  screening: {
    read: query('customers.read')
      .input(z.strictObject({}))
      .output(z.object({ value: screening, version: z.number().int() })),
    save: command('customers.rules')
      .input(z.strictObject({ value: screening, version: recordVersion }))
      .output(z.object({ version: z.number().int() })),
  },
  /** Rows of the whole firm that may be the same; called while typing. */
  duplicates: query('customers.create')
    .input(
      z.strictObject({
        name: optionalText(80),
        uscc: optionalText(40),
        phone: optionalText(40),
        email: optionalText(120),
        exceptId: entityId.nullable().default(null),
      }),
    )
    .output(z.array(duplicateHit)),
  /** The same credit code twice is refused; a similar name is not, since branches exist. */
  create: command('customers.create').input(customerFields).output(saved).errors(exact),
  update: command('customers.update')
    .input(customerFields.extend({ id: entityId, version: recordVersion }))
    .output(saved)
    .errors(exact),
  /** Goes to the bin for 30 days; refused while contracts or receivables exist. */
  remove: command('customers.remove')
    .input(z.strictObject({ id: entityId, version: recordVersion }))
    .output(saved)
    .errors(refusals('CUSTOMER_IN_USE')),
  restore: command('customers.remove')
    .input(z.strictObject({ id: entityId, version: recordVersion }))
    .output(saved)
    .errors({ ...exact, ...refusals('CUSTOMER_MERGED') }),
  /** Gives customers to other people; the answer is what takes it back when it is sent in turn. */
  transfer: command('customers.transfer')
    .input(z.strictObject({ moves: z.array(customerMove).min(1).max(1000) }))
    .output(z.object({ back: z.array(z.object({ id: z.string(), ownerId: z.string().nullable() })) }))
    .errors(refusals('CUSTOMER_OWNER')),
  merges: mergesContract,
  fields: customerFieldsContract,
  team: teamContract,
  due: dueFilesContract,
  exportRows: command('customers.export', { audit: 'export' })
    .input(exportInput({ sort: SORT, filters: customerFilters }))
    .output(z.object({ jobId: z.string() })),
}
