import { createBrowserHistory, type HistoryLocation, type RouterHistory } from '@tanstack/react-router'

/** Parts of an address that hold words of the records: what was searched for, whose figures are opened. */
const WORDS = ['q', 'cell'] as const

/**
 * The history of the pages. Filters and sorting stand in the window's address, words do not: a search may be a
 * customer's name, and a browser writes every address it shows to its own unencrypted files. Back and forward find
 * them in memory, as the session does; a reload forgets both.
 */
export function createQuietHistory(): RouterHistory {
  const whole = new Map<string, string>()
  const history = createBrowserHistory({
    createHref: withoutWords,
    parseLocation: () => {
      const { location, history: entries } = window
      // An address that somebody types behind the # brings an entry without a state.
      const state = (entries.state ?? {}) as HistoryLocation['state']
      const href = whole.get(keyOf(state)) ?? `${location.pathname}${location.search}`
      const [pathname, search] = split(href)
      return { href, pathname, search: search === '' ? '' : `?${search}`, hash: '', state }
    },
  })
  history.subscribe(({ location }) => {
    const key = keyOf(location.state)
    if (key !== '') whole.set(key, location.href)
  })
  return history
}

const keyOf = (state: HistoryLocation['state'] | null): string => state?.__TSR_key ?? ''

/** An address as its path and what follows the `?`. */
function split(href: string): [string, string] {
  const at = href.indexOf('?')
  return at === -1 ? [href, ''] : [href.slice(0, at), href.slice(at + 1)]
}

function withoutWords(href: string): string {
  const [pathname, search] = split(href)
  const kept = search.split('&').filter((part) => part !== '' && !WORDS.some((word) => part.startsWith(`${word}=`)))
  return kept.length === 0 ? pathname : `${pathname}?${kept.join('&')}`
}
