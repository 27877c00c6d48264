import { usccCheckCharacter } from '#shared/kernel/uscc.ts'

/** The same seed, the same firm: a small linear generator, for sample data only. */
export class SampleRandom {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0 || 1
  }

  next(): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0
    return this.#state / 2 ** 32
  }

  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1))
  }

  pick<T>(list: readonly T[]): T {
    const item = list[Math.floor(this.next() * list.length)]
    if (item === undefined) throw new Error('nothing to pick from')
    return item
  }

  chance(share: number): boolean {
    return this.next() < share
  }

  /** A credit code that checks. */
  uscc(): string {
    let body = '9150'
    while (body.length < 17) body += String(this.between(0, 9))
    return body + (usccCheckCharacter(body) ?? '0')
  }
}
