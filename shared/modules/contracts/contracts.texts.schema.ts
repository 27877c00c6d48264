import { z } from 'zod'
import { longText, optionalText } from '#shared/kernel/text.ts'

/** Which text holds where the two of a bilingual contract differ; `unsaid` leaves it to interpretation (民法典 466). */
export const PREVAILING = ['first', 'second', 'both', 'unsaid'] as const

/** How many characters a second text takes: Western text is about twice as long as Chinese. */
export const SECOND_LENGTHS = {
  title: 160,
  sellerName: 160,
  sellerAddress: 240,
  buyerName: 160,
  buyerAddress: 240,
  quality: 2000,
  packaging: 1000,
  deliveryPlace: 240,
  deliveryTerms: 1000,
  inspection: 2000,
  warranty: 2000,
  serviceLevel: 4000,
  callOff: 2000,
  priceAdjust: 2000,
  settlement: 600,
  breach: 4000,
  disputePlace: 160,
  other: 8000,
} as const
/** Up to this length a text is one line. */
export const SECOND_LINE = 240

const text = (max: number) => (max <= SECOND_LINE ? optionalText(max) : longText(max))

/** The free texts of a contract in its second language. Where one is empty the first language stands in both columns. */
export const secondTexts = z.strictObject({
  title: text(SECOND_LENGTHS.title),
  sellerName: text(SECOND_LENGTHS.sellerName),
  sellerAddress: text(SECOND_LENGTHS.sellerAddress),
  buyerName: text(SECOND_LENGTHS.buyerName),
  buyerAddress: text(SECOND_LENGTHS.buyerAddress),
  quality: text(SECOND_LENGTHS.quality),
  packaging: text(SECOND_LENGTHS.packaging),
  deliveryPlace: text(SECOND_LENGTHS.deliveryPlace),
  deliveryTerms: text(SECOND_LENGTHS.deliveryTerms),
  inspection: text(SECOND_LENGTHS.inspection),
  warranty: text(SECOND_LENGTHS.warranty),
  serviceLevel: text(SECOND_LENGTHS.serviceLevel),
  callOff: text(SECOND_LENGTHS.callOff),
  priceAdjust: text(SECOND_LENGTHS.priceAdjust),
  settlement: text(SECOND_LENGTHS.settlement),
  breach: text(SECOND_LENGTHS.breach),
  disputePlace: text(SECOND_LENGTHS.disputePlace),
  other: text(SECOND_LENGTHS.other),
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
