import { z } from 'zod'
import { plainDay } from '#shared/kernel/dates.ts'
import { email, entityId, longText, optionalText, phone, shortText } from '#shared/kernel/text.ts'
import { uscc } from '#shared/kernel/uscc.ts'
import { fieldFilters, fieldValue, givenFields } from './customers.fields.schema.ts'
import { ACCESS } from './customers.team.contract.ts'

/** What they are to us in the trade. */
export const KINDS = ['endUser', 'manufacturer', 'dealer', 'agent', 'other'] as const
/** From a lead that is looked at to a customer; rejected ones say why, and are deleted in time. */
export const STAGES = ['lead', 'screening', 'prospect', 'customer', 'dormant', 'rejected'] as const
export const REJECT_REASONS = [
  'noNeed',
  'noMoney',
  'wrongFit',
  'competitor',
  'unreachable',
  'duplicate',
  'other',
] as const
export const ADDRESS_KINDS = ['delivery', 'invoice', 'registered', 'other'] as const
export const SOURCES = ['industryReport', 'web', 'exhibition', 'referral', 'other'] as const
export const GRADES = ['A', 'B', 'C', 'D'] as const
/** Size at signing decides statutory payment terms (保障中小企业款项支付条例 art. 3). */
export const SIZES = ['large', 'medium', 'small', 'micro', 'publicBody', 'unknown'] as const
export const DECISION_ROLES = ['decides', 'influences', 'uses', 'pays', 'unknown'] as const
/** Why a person's data may be kept (个人信息保护法 art. 13). */
export const CONSENT_BASES = ['contract', 'consent', 'public', 'legal'] as const

const none = <S extends z.ZodType>(schema: S) => schema.or(z.literal('')).default('')
/** A choice that must be made: nothing chosen is missing, anything else is not on offer. */
export const choice = <const V extends readonly [string, ...string[]]>(values: V) =>
  z.enum(values, {
    error: ({ input }) => (input === undefined || input === null || input === '' ? 'validation:required' : undefined),
  })
/** Several lines with one kind of line end, so that a sheet gives back what was put in. */
const prose = longText(2000).transform((text) => text.replace(/\r\n?/g, '\n'))

export const contactFields = z
  .strictObject({
    name: shortText(40),
    title: optionalText(40),
    phone: none(phone),
    mobile: none(phone),
    email: none(email),
    wechat: optionalText(40),
    decisionRole: z.enum(DECISION_ROLES).default('unknown'),
    primary: z.boolean().default(false),
    consentBasis: z.enum(CONSENT_BASES).default('contract'),
    consentDay: plainDay.nullable().default(null),
    /** Kept only where the firm has switched it on. */
    birthday: plainDay.nullable().default(null),
  })
  .refine((contact) => contact.consentBasis !== 'consent' || contact.consentDay !== null, {
    path: ['consentDay'],
    message: 'customers:errors.consentDay',
  })
export type ContactFields = z.infer<typeof contactFields>

/** What a special VAT invoice needs; all six or it cannot be issued. */
export const invoiceFields = z.strictObject({
  title: optionalText(80),
  taxId: none(uscc),
  address: optionalText(120),
  phone: none(phone),
  bankName: optionalText(80),
  bankAccount: optionalText(40),
})
export type InvoiceFields = z.infer<typeof invoiceFields>

/** A further place of the customer, beside its own address. */
export const addressFields = z.strictObject({
  kind: z.enum(ADDRESS_KINDS).default('delivery'),
  address: shortText(120),
  contact: optionalText(40),
  phone: none(phone),
})
export type AddressFields = z.infer<typeof addressFields>

const tags = z
  .array(shortText(20))
  .max(20, 'validation:tooLong')
  .default([])
  .transform((list) => [...new Set(list)].toSorted())

export const customerFields = z.strictObject({
  name: shortText(80),
  shortName: optionalText(40),
  uscc: none(uscc),
  kind: z.enum(KINDS).default('endUser'),
  industry: optionalText(40),
  stage: z.enum(STAGES).default('prospect'),
  grade: z.enum(GRADES).default('C'),
  source: choice(SOURCES),
  size: z.enum(SIZES).default('unknown'),
  region: optionalText(40),
  address: optionalText(120),
  phone: none(phone),
  website: optionalText(120),
  needs: prose,
  note: prose,
  campaignId: entityId.nullable().default(null),
  rejectReason: z.enum(REJECT_REASONS).or(z.literal('')).default(''),
  rejectNote: optionalText(200),
  tags,
  addresses: z.array(addressFields).max(20, 'validation:tooLong').default([]),
  ownerId: entityId.nullable().default(null),
  invoice: invoiceFields.prefault({}),
  contacts: z.array(contactFields).max(50, 'validation:tooLong').default([]),
  fields: givenFields,
})
export type CustomerFields = z.infer<typeof customerFields>
export type CustomerInput = z.input<typeof customerFields>

export const customerFilters = z.strictObject({
  ownerId: entityId.optional(),
  kind: z.enum(KINDS).optional(),
  stage: z.enum(STAGES).optional(),
  grade: z.enum(GRADES).optional(),
  source: z.enum(SOURCES).optional(),
  region: z.string().max(40).optional(),
  campaignId: entityId.optional(),
  tag: z.string().max(20).optional(),
  /** With a signed contract. */
  signed: z.boolean().optional(),
  /** Rejected files whose day of deletion has come. */
  toDelete: z.boolean().optional(),
  /** Days of the firm's zone. */
  createdFrom: plainDay.optional(),
  createdTo: plainDay.optional(),
  /** The bin instead of the list. */
  removed: z.boolean().optional(),
  fields: fieldFilters.optional(),
})
export type CustomerFilters = z.infer<typeof customerFilters>

export const customerRow = z.object({
  id: z.string(),
  code: z.string(),
  name: z.string(),
  shortName: z.string(),
  uscc: z.string(),
  kind: z.enum(KINDS),
  industry: z.string(),
  stage: z.enum(STAGES),
  grade: z.enum(GRADES),
  source: z.enum(SOURCES),
  region: z.string(),
  phone: z.string(),
  ownerId: z.string().nullable(),
  ownerName: z.string().nullable(),
  contactName: z.string(),
  campaignId: z.string().nullable(),
  deleteDay: z.string().nullable(),
  /** Own fields: in a list those that are shown there, in a card all that have a value. */
  fields: z.record(z.string(), fieldValue),
  version: z.number().int(),
  createdAt: z.number(),
  updatedAt: z.number(),
})
export type CustomerRow = z.infer<typeof customerRow>

export const customerView = customerRow.extend({
  size: z.enum(SIZES),
  address: z.string(),
  website: z.string(),
  needs: z.string(),
  note: z.string(),
  removed: z.boolean(),
  campaignName: z.string().nullable(),
  rejectReason: z.enum(REJECT_REASONS).or(z.literal('')),
  rejectNote: z.string(),
  tags: z.array(z.string()),
  addresses: z.array(
    z.object({ kind: z.enum(ADDRESS_KINDS), address: z.string(), contact: z.string(), phone: z.string() }),
  ),
  /** Points out of a hundred by the firm's criteria, and which of them are met. */
  score: z.number().int(),
  scoreReasons: z.array(z.object({ key: z.string(), points: z.number().int(), met: z.boolean() })),
  /** Fields that a complete file has and this one lacks. */
  missing: z.array(z.string()),
  /** The file that took this one over, where two were merged. */
  mergedInto: z.string().nullable(),
  /** What the caller may do with it: everything as its owner, or read or change as somebody who helps. */
  access: z.enum(ACCESS),
  invoice: z.object({
    title: z.string(),
    taxId: z.string(),
    address: z.string(),
    phone: z.string(),
    bankName: z.string(),
    bankAccount: z.string(),
  }),
  contacts: z.array(
    z.object({
      name: z.string(),
      title: z.string(),
      phone: z.string(),
      mobile: z.string(),
      email: z.string(),
      wechat: z.string(),
      decisionRole: z.enum(DECISION_ROLES),
      primary: z.boolean(),
      consentBasis: z.enum(CONSENT_BASES),
      consentDay: z.string().nullable(),
      birthday: z.string().nullable(),
    }),
  ),
  /** Share of the file that is filled, in basis points. */
  completeness: z.number().int(),
})
export type CustomerView = z.infer<typeof customerView>

/** What a possible duplicate shows: of a row one may not see, only who looks after it. */
export const duplicateHit = z.object({
  visible: z.boolean(),
  id: z.string().nullable(),
  name: z.string().nullable(),
  code: z.string().nullable(),
  ownerName: z.string().nullable(),
  by: z.enum(['uscc', 'name', 'phone', 'mail']),
})
export type DuplicateHit = z.infer<typeof duplicateHit>

/** A customer and who shall look after it; null is nobody. */
export const customerMove = z.strictObject({ id: entityId, ownerId: entityId.nullable() })
export type CustomerMove = { readonly id: string; readonly ownerId: string | null }
