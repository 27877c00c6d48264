import type { SearchHit } from '#shared/modules/search/search.contract.ts'
import type { CallContext } from '#core/kernel/deps.ts'

/** A module's part of the palette: its own records that match, within what the session may read. */
export type SearchSource = (ctx: CallContext, text: string, limit: number) => Promise<SearchHit[]>

const PER_KIND = 8

/** Asks every module at once; each decides what this session may see. */
export function createSearchService(sources: readonly SearchSource[]) {
  return {
    async query(ctx: CallContext, text: string): Promise<SearchHit[]> {
      const found = await Promise.all(sources.map((source) => source(ctx, text, PER_KIND)))
      return found.flat()
    },
  }
}
