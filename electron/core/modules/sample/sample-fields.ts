import { z } from 'zod'
import {
  fieldDefinition,
  type FieldInput,
  type GivenFields,
} from '#shared/modules/customers/customers.fields.schema.ts'
import type { CoreClient } from '#core/rpc/client-type.ts'
import { SampleRandom } from './sample-random.ts'

/** Fields that the sample firm adds to its customer file, as its data file names them. */
export const sampleFields = z.array(fieldDefinition)

/** Far from the firm's own draws, which what is drawn here leaves alone. */
const SEED_STEP = 7_919
/** So many of the customers have been asked for it. */
const ASKED = 0.8

/** Defines the fields; the answer fills them for one customer after the other. */
export async function makeFields(
  client: CoreClient,
  fields: readonly FieldInput[],
  seed: number,
): Promise<() => GivenFields> {
  for (const field of fields) await client.customers.fields.create(field)
  const random = new SampleRandom(seed + SEED_STEP)
  return () => {
    const values: GivenFields = {}
    for (const field of fields) {
      const value = valueOf(field, random)
      if (random.chance(ASKED)) values[field.key] = value
    }
    return values
  }
}

/** The kinds that the sample's fields have; others stay empty. */
function valueOf(field: FieldInput, random: SampleRandom) {
  if (field.kind === 'number') return random.between(4, 90) * 5
  if (field.kind === 'choice') return random.pick(field.options).key
  return field.kind === 'yesNo' ? random.chance(0.6) : null
}
