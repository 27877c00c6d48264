const ONES =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  )
const TENS = '- - twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')
const SCALES = ['', ' thousand', ' million', ' billion', ' trillion']

/** A whole number from 0 to below 10^15 in English words: 64 550 → sixty-four thousand five hundred and fifty. */
export function englishNumber(value: number): string {
  if (!Number.isSafeInteger(value) || value < 0 || value >= 1e15)
    throw new RangeError(`not a number in words: ${value}`)
  if (value === 0) return ONES[0]!
  const groups: string[] = []
  for (let rest = value, scale = 0; rest > 0; rest = Math.floor(rest / 1000), scale += 1) {
    const group = rest % 1000
    if (group === 0) continue
    // The last hundred is joined as it is spoken: one million and one.
    const joined = scale === 0 && group < 100 && value >= 1000 ? 'and ' : ''
    groups.unshift(`${joined}${belowThousand(group)}${SCALES[scale]}`)
  }
  return groups.join(' ')
}

function belowThousand(value: number): string {
  const hundreds = Math.floor(value / 100)
  const rest = value % 100
  const words = hundreds === 0 ? [] : [`${ONES[hundreds]} hundred`]
  if (rest > 0) words.push(`${hundreds > 0 ? 'and ' : ''}${belowHundred(rest)}`)
  return words.join(' ')
}

function belowHundred(value: number): string {
  if (value < 20) return ONES[value]!
  const ones = value % 10
  return `${TENS[Math.floor(value / 10)]}${ones === 0 ? '' : `-${ONES[ones]}`}`
}

/**
 * An amount of fen, not negative, as it stands in an English contract: RMB sixty-four thousand five hundred and fifty
 * and 08/100 only.
 */
export function rmbInWords(fen: number): string {
  const cents = fen % 100
  const part = cents === 0 ? '' : ` and ${String(cents).padStart(2, '0')}/100`
  return `RMB ${englishNumber(Math.floor(fen / 100))}${part} only`
}
