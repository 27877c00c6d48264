import { buildSearchText, normaliseQuery } from '#shared/kernel/search-text.ts'
import type { Translate } from '#shared/i18n/translate.ts'
import type { SearchHit } from '#shared/modules/search/search.contract.ts'
import { NAVIGATION } from './navigation.ts'

export interface PaletteItem {
  readonly key: string
  readonly kind: 'page' | 'action' | SearchHit['kind']
  readonly title: string
  readonly subtitle: string
  /** An address to go to, or the name of an action. */
  readonly target:
    | { readonly path: string; readonly search?: Readonly<Record<string, string>> }
    | { readonly action: string }
}

/** Pages and actions that the words find: by name, pinyin or initials. Without words, all pages. */
export function findPages(
  text: string,
  t: Translate,
  allowed: (path: string) => boolean,
  actions: readonly { readonly name: string; readonly label: string }[],
): PaletteItem[] {
  const wanted = normaliseQuery(text)
  const pages = NAVIGATION.filter((entry) => allowed(entry.path)).map<PaletteItem>((entry) => ({
    key: `page:${entry.path}`,
    kind: 'page',
    title: t(entry.label),
    subtitle: '',
    target: { path: entry.path },
  }))
  const acts = actions.map<PaletteItem>((action) => ({
    key: `action:${action.name}`,
    kind: 'action',
    title: t(action.label),
    subtitle: '',
    target: { action: action.name },
  }))
  return [...pages, ...acts].filter((item) => wanted === '' || buildSearchText(item.title).includes(wanted))
}

const PLACES: Readonly<Record<SearchHit['kind'], string>> = {
  customer: '/customers',
  contract: '/contracts',
  deal: '/deals',
  quotation: '/quotations',
  minutes: '/minutes',
  letter: '/dunning/letters',
  invoice: '/invoices',
}

/** Letters have no page of their own: the register shows the one with this number. */
const placeOf = (hit: SearchHit) =>
  hit.kind === 'letter' ? { path: PLACES.letter, search: { q: hit.title } } : { path: `${PLACES[hit.kind]}/${hit.id}` }

/** A record that the core found, as a line of the palette. */
export function recordItem(hit: SearchHit): PaletteItem {
  return {
    key: `${hit.kind}:${hit.id}`,
    kind: hit.kind,
    title: hit.title,
    subtitle: hit.subtitle,
    target: placeOf(hit),
  }
}
