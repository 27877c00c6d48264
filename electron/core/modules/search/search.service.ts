import type { SearchHit } from '#shared/modules/search/search.contract.ts'
import type { CallContext } from '#core/kernel/deps.ts'

/**
 * A module's part of the palette: its own records that match, within what the session may read. `customerIds` are the
 * customers that the text has found: what hangs on them is found with them.
 */
export type SearchSource = (
  ctx: CallContext,
  text: string,
  limit: number,
  customerIds: readonly string[],
) => Promise<SearchHit[]>

export interface SearchSources {
  /** Records whose number or code begins so: an index answers at once. */
  readonly numbers: readonly SearchSource[]
  readonly customers: SearchSource
  readonly others: readonly SearchSource[]
}

const PER_KIND = 8
/** Letters, then digits with dashes, as contracts, letters and customers are numbered. */
const NUMBER = /^\p{L}{1,8}[-/]?\d[\d/-]*$/u

/** Asks the modules; each decides what this session may see. */
export function createSearchService({ numbers, customers, others }: SearchSources) {
  const ask = async (sources: readonly SearchSource[], ...asked: Parameters<SearchSource>) =>
    (await Promise.all(sources.map((source) => source(...asked)))).flat()

  return {
    async query(ctx: CallContext, text: string): Promise<SearchHit[]> {
      if (NUMBER.test(text)) {
        const numbered = await ask(numbers, ctx, text, PER_KIND, [])
        if (numbered.length > 0) return numbered
      }
      const found = await customers(ctx, text, PER_KIND, [])
      const ids = found.map((hit) => hit.id)
      return [...found, ...(await ask(others, ctx, text, PER_KIND, ids))]
    },
  }
}
