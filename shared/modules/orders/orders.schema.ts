import { z } from 'zod'
import { plainDay } from '#shared/kernel/dates.ts'
import { entityId, optionalText } from '#shared/kernel/text.ts'

export const ORDER_STAGES = ['open', 'partly', 'delivered', 'cancelled'] as const
export type OrderStage = (typeof ORDER_STAGES)[number]

export const ORDER_SORTS = ['updatedAt', 'number', 'deliveryDay', 'signDay', 'buyerName'] as const
export type OrderSort = (typeof ORDER_SORTS)[number]

export const orderFilters = z.strictObject({
  stage: z.enum(ORDER_STAGES).optional(),
  /** Not delivered although its day has passed. */
  late: z.literal(true).optional(),
  customerId: entityId.optional(),
  ownerId: entityId.optional(),
  dueFrom: plainDay.optional(),
  dueTo: plainDay.optional(),
})
export type OrderFilters = z.infer<typeof orderFilters>

export const orderRow = z.object({
  id: z.string(),
  version: z.number().int(),
  number: z.string(),
  contractId: z.string(),
  contractNumber: z.string(),
  title: z.string(),
  customerId: z.string(),
  buyerName: z.string(),
  ownerId: z.string(),
  ownerName: z.string(),
  signDay: z.string(),
  deliveryDay: z.string().nullable(),
  stage: z.enum(ORDER_STAGES),
  /** Days past the delivery day; 0 where nothing is late. */
  late: z.number().int(),
  updatedAt: z.number().int(),
})
export type OrderRow = z.infer<typeof orderRow>

/** Goods of an order; quantities in thousandths of the unit. */
export const orderLine = z.object({
  id: z.string(),
  name: z.string(),
  spec: z.string(),
  unit: z.string(),
  quantity: z.number().int(),
  delivered: z.number().int(),
  deliveryDay: z.string().nullable(),
})
export type OrderLine = z.infer<typeof orderLine>

export const orderDelivery = z.object({
  id: z.string(),
  lineId: z.string(),
  quantity: z.number().int(),
  day: z.string(),
  note: z.string(),
  recordedByName: z.string(),
  recordedAt: z.number().int(),
  /** Null: it counts. */
  reversed: z.object({ at: z.number().int(), byName: z.string(), reason: z.string() }).nullable(),
})
export type OrderDelivery = z.infer<typeof orderDelivery>

export const orderView = orderRow.extend({ lines: z.array(orderLine), deliveries: z.array(orderDelivery) })
export type OrderView = z.infer<typeof orderView>

/** What left the house on one day: of each line so much, in thousandths. */
export const deliveryFields = z.strictObject({
  day: plainDay,
  note: optionalText(200),
  parts: z
    .array(z.strictObject({ lineId: entityId, quantity: z.number().int().min(1).max(1_000_000_000_000) }))
    .min(1, 'validation:required')
    .max(200)
    .refine((parts) => new Set(parts.map((part) => part.lineId)).size === parts.length, {
      message: 'validation:notAChoice',
    }),
})
export type DeliveryFields = z.infer<typeof deliveryFields>
