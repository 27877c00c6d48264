import { buildSearchText, normaliseQuery } from '#shared/kernel/search-text.ts'
import type { Translate } from '#shared/i18n/translate.ts'
import { NAVIGATION } from './navigation.ts'

export interface PaletteItem {
  readonly key: string
  readonly kind: 'page' | 'action' | 'customer' | 'contract' | 'deal' | 'letter'
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

const PLACES = { customer: '/customers', contract: '/contracts', deal: '/deals', letter: '/dunning/letters' } as const

/** Letters have no page of their own: the register shows the one with this number. */
const placeOf = (hit: { kind: keyof typeof PLACES; id: string; title: string }) =>
  hit.kind === 'letter' ? { path: PLACES.letter, search: { q: hit.title } } : { path: `${PLACES[hit.kind]}/${hit.id}` }

/** A record that the core found, as a line of the palette. */
export function recordItem(hit: {
  kind: keyof typeof PLACES
  id: string
  title: string
  subtitle: string
}): PaletteItem {
  return {
    key: `${hit.kind}:${hit.id}`,
    kind: hit.kind,
    title: hit.title,
    subtitle: hit.subtitle,
    target: placeOf(hit),
  }
}
