import common from './common-passwords.json' with { type: 'json' }

const COMMON = new Set<string>(common.words)
const RUNS = common.runs

/**
 * Why a password is too easy to guess, as an i18n key; null where it is good enough. Length is the schema's matter;
 * there are no composition rules (ASVS 6.2). `context` holds names that must not make up the password.
 */
export function weakPassword(password: string, context: readonly string[]): string | null {
  const plain = password.normalize('NFKC').toLowerCase()
  const letters = plain.replace(/[\s\-_.,!@#$%^&*]+/g, '')
  if (new Set(letters).size < 5) return 'session:password.repeated'
  if (COMMON.has(letters) || COMMON.has(letters.replace(/\d+$/, ''))) return 'session:password.common'
  for (const word of context) {
    const name = word.normalize('NFKC').toLowerCase().trim()
    if (name.length >= 3 && letters.replaceAll(name, '').length < 8) return 'session:password.context'
  }
  let rest = letters
  for (const run of RUNS) {
    for (let size = run.length; size >= 4; size -= 1) {
      for (let at = 0; at + size <= run.length; at += 1) rest = rest.replace(run.slice(at, at + size), '')
    }
  }
  return rest.length < 4 ? 'session:password.repeated' : null
}
