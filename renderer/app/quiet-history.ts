import { createBrowserHistory, type HistoryLocation, type RouterHistory } from '@tanstack/react-router'

/**
 * The history of the pages, whose addresses in the window end before the `?`. What somebody searched for or filtered
 * by may be a customer's name, and a browser writes every address it shows to its own unencrypted files. Back and
 * forward find the rest in memory, as the session does: a reload forgets both.
 */
export function createQuietHistory(): RouterHistory {
  const whole = new Map<string, string>()
  const history = createBrowserHistory({
    createHref: (path) => split(path)[0],
    parseLocation: () => {
      const { location, history: entries } = window
      const state = entries.state as HistoryLocation['state']
      const href = whole.get(keyOf(state)) ?? `${location.pathname}${location.search}`
      const [pathname, search] = split(href)
      return { href, pathname, search, hash: '', state }
    },
  })
  history.subscribe(({ location }) => whole.set(keyOf(location.state), location.href))
  return history
}

const keyOf = (state: HistoryLocation['state'] | null): string => state?.__TSR_key ?? ''

/** An address as its path and the rest from the `?` on. */
function split(href: string): [string, string] {
  const at = href.indexOf('?')
  return at === -1 ? [href, ''] : [href.slice(0, at), href.slice(at)]
}
