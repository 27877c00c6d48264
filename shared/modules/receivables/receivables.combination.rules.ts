/** Something that can be paid; given in the order in which it falls due. Fen. */
export interface Payable {
  readonly id: string
  readonly outstanding: number
}

/**
 * How an amount fits what is open: exactly one, all, the earliest few, some few, or only a part of what is owed.
 * `unique` is false where as many others fit it as well.
 */
export interface Combination {
  readonly kind: 'one' | 'all' | 'earliest' | 'some' | 'part'
  readonly picked: ReadonlyMap<Payable, number>
  readonly unique: boolean
}

/** Sums of up to this many are looked for, among so many: more would find a sum for any amount. */
const MOST = 3
const AMONG = 60

/**
 * The simplest way in which an amount pays open items, or null where it is more than all of them. A part is taken from
 * the earliest due.
 */
export function combinationOf(amount: number, open: readonly Payable[]): Combination | null {
  if (open.length === 0 || amount <= 0) return null
  const whole = (rows: readonly Payable[]) => new Map(rows.map((row) => [row, row.outstanding]))
  const same = open.filter((row) => row.outstanding === amount)
  // Of equal instalments the earliest is meant as a rule, but it is not certain.
  if (same[0]) return { kind: 'one', picked: whole([same[0]]), unique: same.length === 1 }
  const total = open.reduce((sum, row) => sum + row.outstanding, 0)
  if (amount === total) return { kind: 'all', picked: whole(open), unique: true }
  if (amount > total) return null
  const earliest = prefixOf(amount, open)
  if (earliest) return { kind: 'earliest', picked: whole(earliest), unique: true }
  const [some, another] = sumsTo(amount, open.slice(0, AMONG))
  if (some) return { kind: 'some', picked: whole(some), unique: another === undefined }
  return { kind: 'part', picked: partOf(amount, open), unique: true }
}

function prefixOf(amount: number, open: readonly Payable[]): readonly Payable[] | null {
  let sum = 0
  for (const [index, row] of open.entries()) {
    sum += row.outstanding
    if (sum === amount) return open.slice(0, index + 1)
    if (sum > amount) return null
  }
  return null
}

/** The first two sets of so few items as possible that sum to the amount: the last of a set is looked up by its amount. */
function sumsTo(amount: number, open: readonly Payable[]): (readonly Payable[])[] {
  const places = Map.groupBy(open.keys(), (index) => open[index]?.outstanding ?? 0)
  const found: (readonly Payable[])[] = []
  const walk = (picked: readonly number[], left: number, more: number) => {
    const from = (picked.at(-1) ?? -1) + 1
    if (more === 1) {
      for (const last of places.get(left) ?? []) {
        if (last >= from) found.push([...picked, last].flatMap((index) => open[index] ?? []))
      }
      return
    }
    for (let index = from; index < open.length && found.length < 2; index += 1) {
      const { outstanding } = open[index] ?? { outstanding: Infinity }
      if (outstanding < left) walk([...picked, index], left - outstanding, more - 1)
    }
  }
  for (let size = 2; size <= MOST && found.length === 0; size += 1) walk([], amount, size)
  return found
}

function partOf(amount: number, open: readonly Payable[]): ReadonlyMap<Payable, number> {
  const picked = new Map<Payable, number>()
  let left = amount
  for (const row of open) {
    if (left <= 0) break
    picked.set(row, Math.min(left, row.outstanding))
    left -= Math.min(left, row.outstanding)
  }
  return picked
}
