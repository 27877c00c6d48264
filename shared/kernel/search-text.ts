import { pinyin } from 'pinyin-pro'
import { withoutInvisible } from './characters.ts'

const SPACES = /\s+/g
const HAN = /\p{Script=Han}/u
/** Two to four Han: it may be a person, whose surname has a reading of its own (U+5355 is Shan, not Dan). */
const MAY_BE_PERSON = /^\p{Script=Han}{2,4}$/u

type Reading = 'full' | 'initials'

function readings(plain: string, reading: Reading, surname: 'head' | 'off'): string[] {
  return pinyin(plain, {
    toneType: 'none',
    type: 'array',
    nonZh: 'consecutive',
    surname,
    ...(reading === 'initials' ? { pattern: 'first' as const } : {}),
  })
}

/** What is typed into a search field, as it is compared: NFKC, lower case, no spaces, nothing invisible. */
export function normaliseQuery(text: string): string {
  return withoutInvisible(text).normalize('NFKC').toLowerCase().replace(SPACES, '')
}

/** A word as typed, by full pinyin and by initials; a short name also as a person's. */
function searchWords(text: string): string[] {
  const plain = normaliseQuery(text)
  if (!HAN.test(plain)) return [plain]
  const ways = MAY_BE_PERSON.test(plain) ? (['off', 'head'] as const) : (['off'] as const)
  const read = ways.flatMap((surname) => [readings(plain, 'full', surname), readings(plain, 'initials', surname)])
  return [plain, ...read.map((parts) => parts.join('').replace(SPACES, ''))]
}

/**
 * The searchable form of a record: name, full pinyin, initials and further words, each behind a bar so that a match
 * never runs across two of them. `instr` on it finds `重庆`, `chongqing`, `cqsm` and a phone's tail alike.
 */
export function buildSearchText(name: string, extras: readonly string[] = []): string {
  const words = [name, ...extras].flatMap(searchWords).filter((word) => word !== '')
  return [...new Set(words)].join('|')
}

/** A key that sorts names as a Chinese reader expects: by pinyin (surnames as surnames), then by the name itself. */
export function sortKey(name: string): string {
  const plain = name.normalize('NFKC').toLowerCase()
  return `${readings(plain, 'full', MAY_BE_PERSON.test(plain) ? 'head' : 'off').join(' ')}\u0001${plain}`
}
