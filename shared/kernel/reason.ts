/**
 * A sentence with which a rule explains itself: the key of its words and what they show. Amounts come as `1,234.50`,
 * rates as `3.45%`, days as `2026-05-20`, so that the words only have to place them.
 */
export interface Reason {
  readonly key: string
  readonly params?: Readonly<Record<string, string | number>>
}
