import common from './common-passwords.json' with { type: 'json' }

/** How many signs must be left once everything that is guessed first was taken out. */
const MIN_LEFT = 4
const MIN_KINDS = 5
/** A name has two to four syllables; with a year or telephone number behind it is tried early. */
const MAX_SYLLABLES = 4

const WORDS = common.words.filter((word) => word.length >= 4).sort((a, b) => b.length - a.length)
const SYLLABLE = `(?:${common.syllables.initials.join('|')})?(?:${[...common.syllables.finals].sort((a, b) => b.length - a.length).join('|')})`
const PINYIN = new RegExp(`^(?:${SYLLABLE}){1,${MAX_SYLLABLES}}$`)
/** Signs that stand for letters: `p@ssw0rd`. */
const DISGUISES: Readonly<Record<string, string>> = {
  '@': 'a',
  '4': 'a',
  '3': 'e',
  '1': 'i',
  '0': 'o',
  $: 's',
  '5': 's',
  '7': 't',
}

/**
 * Why a password is too easy to guess, as an i18n key; null where it is good enough. Length is the schema's matter;
 * there are no rules of composition (ASVS 6.2). `context` holds names that must not make up the password: the
 * person's, the log-in name, the firm's.
 */
export function weakPassword(password: string, context: readonly string[]): string | null {
  const plain = password.normalize('NFKC').toLowerCase()
  const signs = plain.replace(/[\s\-_.,!#%^&*+=/|~:;'"?]+/g, '')
  const undisguised = [...signs].map((sign) => DISGUISES[sign] ?? sign).join('')
  if (new Set(signs).size < MIN_KINDS || isRepeated(signs)) return 'session:password.repeated'
  for (const text of [signs, undisguised]) {
    if (withoutContext(text, context).length < 8 && withoutContext(text, context) !== text) {
      return 'session:password.context'
    }
    if (withoutWords(text).replace(/\d/g, '').length < MIN_LEFT) return 'session:password.common'
  }
  const letters = signs.replace(/[\d@$]/g, '')
  if (/^[a-z]*$/.test(letters) && PINYIN.test(letters)) return 'session:password.common'
  return withoutRuns(signs).length < MIN_LEFT || withoutRuns(signs.replace(/(.)\1+/g, '$1')).length < MIN_LEFT
    ? 'session:password.repeated'
    : null
}

/** The same short piece over and over: `abc!abc!abc!`. */
function isRepeated(text: string): boolean {
  for (let size = 1; size <= Math.min(8, text.length / 2); size += 1) {
    if (
      text
        .slice(0, size)
        .repeat(Math.ceil(text.length / size))
        .startsWith(text)
    )
      return true
  }
  return false
}

function withoutContext(text: string, context: readonly string[]): string {
  let rest = text
  for (const word of context) {
    const name = word.normalize('NFKC').toLowerCase().replace(/\s+/g, '')
    if ([...name].length >= 2) rest = rest.replaceAll(name, '')
  }
  return rest
}

function withoutWords(text: string): string {
  let rest = text
  for (const word of WORDS) rest = rest.replaceAll(word, '')
  return rest
}

function withoutRuns(text: string): string {
  let rest = text
  for (const run of common.runs) {
    for (let size = run.length; size >= 4; size -= 1) {
      for (let at = 0; at + size <= run.length; at += 1) rest = rest.replaceAll(run.slice(at, at + size), '')
    }
  }
  return rest
}
