import han from '#shared/i18n/han.json' with { type: 'json' }
import { withoutInvisible } from './characters.ts'

const NOISE = /[\s()[\]{}<>《》〈〉【】（）"'“”‘’·•.,，。、\-–—_/&]/gu

/** Longest first: the form that holds another one goes as a whole. */
const SUFFIXES = [...han.firmSuffixes].sort((a, b) => b.length - a.length)

/**
 * A firm's name as duplicates are looked for: half-width, without brackets, spaces and legal form.
 * `（重庆）商贸有限公司` and `重庆商贸` give the same.
 */
export function normaliseFirmName(name: string): string {
  const plain = withoutInvisible(name).normalize('NFKC').toLowerCase().replace(NOISE, '')
  const suffix = SUFFIXES.find((form) => plain.endsWith(form) && plain.length > form.length + 1)
  return suffix === undefined ? plain : plain.slice(0, -suffix.length)
}
