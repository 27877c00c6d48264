import { z } from 'zod'
import { query } from '#shared/rpc/define.ts'

export const searchHit = z.object({
  kind: z.enum(['customer', 'contract', 'deal', 'quotation', 'minutes', 'letter', 'invoice']),
  id: z.string(),
  title: z.string(),
  subtitle: z.string(),
})
export type SearchHit = z.infer<typeof searchHit>

export const searchContract = {
  /** Records for the palette: name, pinyin, initials, code or number; at most eight of each kind. */
  query: query('search.use')
    .input(z.strictObject({ text: z.string().trim().min(1).max(100) }))
    .output(z.array(searchHit)),
}
