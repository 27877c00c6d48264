/** What one debt consists of. Fen. */
export interface Parts {
  readonly costs: number
  readonly interest: number
  readonly principal: number
}

/** Which part a payment covers first: 民法典 561 unless agreed otherwise. */
export const PART_ORDERS = ['costsFirst', 'principalFirst'] as const
export type PartOrder = (typeof PART_ORDERS)[number]

const ORDER: Readonly<Record<PartOrder, readonly (keyof Parts)[]>> = {
  costsFirst: ['costs', 'interest', 'principal'],
  principalFirst: ['principal', 'interest', 'costs'],
}

export const sumParts = (parts: Parts): number => parts.costs + parts.interest + parts.principal

/**
 * What a payment covers of one debt. Where it is not enough for all: costs of enforcement, then interest, then the
 * principal (民法典 561); the principal first only where that was agreed. ¥20,000 on ¥500, ¥1,200 and ¥60,000 pays
 * 500 / 1,200 / 18,300. `rest` is what nothing was owed for.
 */
export function splitPayment(amount: number, owed: Parts, order: PartOrder): { parts: Parts; rest: number } {
  const parts = { costs: 0, interest: 0, principal: 0 }
  let rest = amount
  for (const part of ORDER[order]) {
    parts[part] = Math.min(rest, owed[part])
    rest -= parts[part]
  }
  return { parts, rest }
}
