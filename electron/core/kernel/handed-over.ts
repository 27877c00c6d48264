/** A record that a hand-over may take along: what a list says of it, and whose it is. Amount in fen. */
export interface HeldRecord {
  readonly id: string
  readonly customerId: string
  readonly ownerId: string
  readonly label: string
  readonly amount: number | null
}
