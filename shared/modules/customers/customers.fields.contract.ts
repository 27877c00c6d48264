import { z } from 'zod'
import { entityId } from '#shared/kernel/text.ts'
import { command, query, refusals } from '#shared/rpc/define.ts'
import { fieldChange, fieldDefinition, fieldVersion, fieldView, MAX_FIELDS } from './customers.fields.schema.ts'

const saved = z.object({ id: z.string(), version: z.number().int() })

/** Fields that the firm adds to its customer file. */
export const customerFieldsContract = {
  /** All of them in their order, those no longer asked for too: customers may still have values of them. */
  list: query('customers.read').input(z.strictObject({})).output(z.array(fieldView)),
  /** How many customers of the whole firm have a value, by field; of a choice also by option. */
  usage: query('customers.rules')
    .input(z.strictObject({}))
    .output(
      z.array(z.object({ id: z.string(), count: z.number().int(), options: z.record(z.string(), z.number().int()) })),
    ),
  create: command('customers.rules').input(fieldDefinition).output(saved).errors(refusals('CUSTOMER_FIELDS_FULL')),
  /** Kind and code name stay. An option that customers have is retired, not taken out. */
  update: command('customers.rules')
    .input(fieldChange.extend(fieldVersion.shape))
    .output(saved)
    .errors({
      CUSTOMER_FIELD_OPTION: {
        status: 409,
        data: z.object({ option: z.string(), count: z.number().int() }),
      },
    }),
  /** All fields in their new order; refused as STALE where one came or went meanwhile. */
  order: command('customers.rules')
    .input(
      z.strictObject({
        ids: z
          .array(entityId)
          .min(1)
          .max(MAX_FIELDS * 4),
      }),
    )
    .output(z.object({})),
  /** Takes a field out of use, or into use again; values stay in any case. */
  retire: command('customers.rules')
    .input(fieldVersion.extend({ retired: z.boolean() }))
    .output(saved)
    .errors({
      CUSTOMER_FIELD_LABEL: { status: 409, data: z.looseObject({}) },
      ...refusals('CUSTOMER_FIELDS_FULL'),
    }),
  /** For good, and only where no customer has a value. */
  remove: command('customers.rules')
    .input(fieldVersion)
    .output(z.object({ id: z.string() }))
    .errors({ CUSTOMER_FIELD_IN_USE: { status: 409, data: z.object({ count: z.number().int() }) } }),
}
