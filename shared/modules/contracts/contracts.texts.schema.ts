import { z } from 'zod'
import { longText, optionalText } from '#shared/kernel/text.ts'

/** Which text holds where the two of a bilingual contract differ; `unsaid` leaves it to interpretation (民法典 466). */
export const PREVAILING = ['first', 'second', 'both', 'unsaid'] as const

/**
 * The free texts of a contract in its second language. Where one is empty the first language stands in both columns.
 * Western text takes about twice the characters of Chinese.
 */
export const secondTexts = z.strictObject({
  title: optionalText(160),
  sellerName: optionalText(160),
  sellerAddress: optionalText(240),
  buyerName: optionalText(160),
  buyerAddress: optionalText(240),
  quality: longText(2000),
  packaging: longText(1000),
  deliveryPlace: optionalText(240),
  deliveryTerms: longText(1000),
  inspection: longText(2000),
  warranty: longText(2000),
  serviceLevel: longText(4000),
  callOff: longText(2000),
  priceAdjust: longText(2000),
  settlement: longText(600),
  breach: longText(4000),
  disputePlace: optionalText(160),
  other: longText(8000),
})
export type SecondTexts = z.infer<typeof secondTexts>
export type SecondText = keyof SecondTexts

/** Nothing in a second language yet. */
export const NO_SECOND_TEXTS: SecondTexts = secondTexts.parse({})

/** What is printed behind the signatures, each on a page of its own. */
export const annex = z.strictObject({ title: optionalText(80), text: longText(20_000) })
export type Annex = z.infer<typeof annex>
export const MAX_ANNEXES = 10

/** What happens when the term of a service or frame contract is over. */
export const RENEWALS = ['unsaid', 'ends', 'automatic'] as const
