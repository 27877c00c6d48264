import { z } from 'zod'

const text = (length: number) => z.string().max(length).optional().catch(undefined)

/** How a list of people is sought and sorted, as it stands in the address. */
export const peopleSearch = z.object({
  team: text(80),
  text: text(40),
  sort: text(20),
  dir: z.enum(['asc', 'desc']).optional().catch(undefined),
})
export type PeopleSearch = Partial<z.infer<typeof peopleSearch>>
