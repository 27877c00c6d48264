import { pinyin } from 'pinyin-pro'

const SPACES = /\s+/g

/** What is typed into a search field, as it is compared: NFKC, lower case, no spaces. */
export function normaliseQuery(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(SPACES, '')
}

/**
 * The searchable form of a record: name, full pinyin, initials and further words, each behind a bar so that a match
 * never runs across two of them. `instr` on it finds `重庆`, `chongqing`, `cqsm` and a phone's tail alike.
 */
export function buildSearchText(name: string, extras: readonly string[] = []): string {
  const plain = normaliseQuery(name)
  const syllables = pinyin(plain, { toneType: 'none', type: 'array', nonZh: 'consecutive' })
  const full = syllables.join('').replace(SPACES, '')
  const initials = pinyin(plain, { pattern: 'first', toneType: 'none', type: 'array', nonZh: 'consecutive' })
    .join('')
    .replace(SPACES, '')
  const words = [plain, full, initials, ...extras.map(normaliseQuery)].filter((word) => word !== '')
  return [...new Set(words)].join('|')
}

/** A key that sorts names as a Chinese reader expects: by pinyin, then by the name itself. */
export function sortKey(name: string): string {
  const plain = name.normalize('NFKC').toLowerCase()
  return `${pinyin(plain, { toneType: 'none', type: 'array', nonZh: 'consecutive' }).join(' ')}\u0001${plain}`
}
