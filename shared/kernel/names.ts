import han from '#shared/i18n/han.json' with { type: 'json' }

const NOISE = /[\s()[\]{}<>《》〈〉【】（）"'“”‘’·•.,，。、\-–—_/&]/gu

/**
 * A firm's name as duplicates are looked for: half-width, without brackets, spaces and legal form.
 * `（重庆）商贸有限公司` and `重庆商贸` give the same.
 */
export function normaliseFirmName(name: string): string {
  let plain = name.normalize('NFKC').toLowerCase().replace(NOISE, '')
  const suffixes = [...han.firmSuffixes].sort((a, b) => b.length - a.length)
  for (const suffix of suffixes) {
    if (plain.endsWith(suffix) && plain.length > suffix.length + 1) {
      plain = plain.slice(0, -suffix.length)
      break
    }
  }
  return plain
}
