import han from '#shared/i18n/han.json' with { type: 'json' }
import { asFen, type Fen } from './money.ts'

type HanLocale = keyof typeof han.capitals

/**
 * An amount in capital characters, always computed from whole fen (支付结算办法 annex 1: 正确填写票据和结算凭证的基本规定).
 * Up to yuan or jiao it ends in 整; zeros between digits are written once; `人民币` stands in front without a gap.
 */
export function rmbCapitals(amount: number, locale: HanLocale = 'zh-CN', options: { prefix?: boolean } = {}): string {
  const words = han.capitals[locale]
  const fen = asFen(amount)
  const absolute = Math.abs(fen)
  const yuan = Math.floor(absolute / 100)
  const jiao = Math.floor((absolute % 100) / 10)
  const cent = absolute % 10
  const digit = (n: number) => words.digits.charAt(n)

  let text = yuan === 0 && (jiao > 0 || cent > 0) ? '' : `${yuanCapitals(yuan, words)}${words.yuan}`
  if (jiao === 0 && cent === 0) text += words.whole
  else {
    if (jiao > 0) text += `${digit(jiao)}${words.jiao}`
    else if (yuan > 0) text += digit(0)
    text += cent > 0 ? `${digit(cent)}${words.fen}` : words.whole
  }
  return `${options.prefix === false ? '' : words.prefix}${fen < 0 ? words.negative : ''}${text}`
}

function yuanCapitals(yuan: number, words: (typeof han.capitals)[HanLocale]): string {
  if (yuan === 0) return words.digits.charAt(0)
  const groups: number[] = []
  for (let rest = yuan; rest > 0; rest = Math.floor(rest / 10_000)) groups.push(rest % 10_000)
  let text = ''
  let zeroPending = false
  for (let g = groups.length - 1; g >= 0; g -= 1) {
    const group = groups[g] ?? 0
    if (group === 0) {
      zeroPending = text !== ''
      continue
    }
    if (text !== '' && (zeroPending || group < 1000)) text += words.digits.charAt(0)
    // Ten thousand hundred-millions lose their second word where hundred-millions follow.
    const unit = g === 3 && (groups[2] ?? 0) > 0 ? words.groups[1] : words.groups[g]
    text += groupCapitals(group, words) + (unit ?? '')
    zeroPending = false
  }
  return text
}

function groupCapitals(group: number, words: (typeof han.capitals)[HanLocale]): string {
  let text = ''
  let zero = false
  for (let place = 3; place >= 0; place -= 1) {
    const d = Math.floor(group / 10 ** place) % 10
    if (d === 0) zero = text !== ''
    else {
      if (zero) text += words.digits.charAt(0)
      text += words.digits.charAt(d) + (words.units[place] ?? '')
      zero = false
    }
  }
  return text
}

/** Reads capitals back into fen; for checking documents. Throws RangeError where the text is no such amount. */
export function parseRmbCapitals(capitals: string, locale: HanLocale = 'zh-CN'): Fen {
  const words = han.capitals[locale]
  let rest = capitals.startsWith(words.prefix) ? capitals.slice(words.prefix.length) : capitals
  const negative = rest.startsWith(words.negative)
  if (negative) rest = rest.slice(words.negative.length)
  let total = 0
  let group = 0
  let digit = 0
  let cents = 0
  for (const char of rest) {
    const value = words.digits.indexOf(char)
    if (value >= 0) digit = value
    else if (char === words.units[1]) group += (digit || 1) * 10
    else if (char === words.units[2]) group += digit * 100
    else if (char === words.units[3]) group += digit * 1000
    else if (char === words.groups[1]) {
      total += (group + digit) * 10_000
      group = 0
    } else if (char === words.groups[2]) {
      total = (total + group + digit) * 100_000_000
      group = 0
    } else if (char === words.yuan) {
      total += group + digit
      group = 0
    } else if (char === words.jiao) cents += digit * 10
    else if (char === words.fen) cents += digit
    else if (char !== words.whole) throw new RangeError(`not an amount in capitals: ${capitals}`)
    if (value < 0) digit = 0
  }
  return asFen((negative ? -1 : 1) * (total * 100 + cents))
}
