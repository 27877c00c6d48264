import type { Os } from '#core/rpc/implementer.ts'
import type { createSearchService } from './search.service.ts'

/** Binds the palette's record search. */
export function searchRouter(os: Os['search'], service: ReturnType<typeof createSearchService>) {
  return { query: os.query.handler(({ input, context }) => service.query(context.call, input.text)) }
}
