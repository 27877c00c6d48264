import { z } from 'zod'
import { LOCALES, type Locale } from '#shared/i18n/locale.ts'
import { plainDay } from '#shared/kernel/dates.ts'
import { code, entityId, longText, optionalText } from '#shared/kernel/text.ts'
import { CONTRACT_KINDS } from '#shared/modules/contracts/contracts.schema.ts'
import { PLACEHOLDERS } from '#shared/modules/contracts/contracts.template.schema.ts'

/** What a clause is about, in the order in which a contract is read. */
export const TOPICS = [
  'subject',
  'price',
  'quality',
  'packaging',
  'delivery',
  'inspection',
  'payment',
  'invoice',
  'warranty',
  'serviceScope',
  'serviceLevel',
  'cooperation',
  'acceptance',
  'change',
  'callOff',
  'intellectualProperty',
  'confidentiality',
  'personalData',
  'breach',
  'liability',
  'term',
  'termination',
  'forceMajeure',
  'notice',
  'dispute',
  'general',
] as const
export type Topic = (typeof TOPICS)[number]
export type ContractKind = (typeof CONTRACT_KINDS)[number]

/** What an edition went through. Whether a published one has begun or run out is computed for a day. */
export const EDITION_STATES = ['draft', 'published', 'withdrawn'] as const
export type EditionState = (typeof EDITION_STATES)[number]

/** How a clause or a template stands on a day, by the newest of its editions that has begun. */
export const STANDINGS = ['draft', 'scheduled', 'inForce', 'expired', 'withdrawn'] as const
export type Standing = (typeof STANDINGS)[number]

/** The same words in each language; an empty one is not there. */
const localised = (words: z.ZodType<string, string | undefined>) =>
  z.strictObject({ 'zh-CN': words, 'zh-TW': words, en: words })
export type Localised = Readonly<Record<Locale, string>>

const names = localised(optionalText(80)).refine((words) => LOCALES.some((language) => words[language] !== ''), {
  path: ['zh-CN'],
  message: 'validation:required',
})

/** What a clause is, whatever its wording. */
export const clauseFacts = z.strictObject({
  code: code(20),
  topic: z.enum(TOPICS),
  /** The contracts that it suits. */
  kinds: z.array(z.enum(CONTRACT_KINDS)).min(1, 'validation:required').max(CONTRACT_KINDS.length),
  names,
})
export type ClauseFacts = z.infer<typeof clauseFacts>

/** The wording of one edition. */
export const clauseWording = z.strictObject({
  texts: localised(longText(4000)),
  /** The placeholder that must have a value for the clause to stand; empty where it always does. */
  when: z.enum(['', ...PLACEHOLDERS]),
  /** Of major interest to the other side (民法典 496): printed bold and acknowledged before the signatures. */
  major: z.boolean(),
  remark: longText(500),
})
export type ClauseWording = z.infer<typeof clauseWording>

export const clauseFields = clauseFacts.extend(clauseWording.shape)
export type ClauseFields = z.infer<typeof clauseFields>

/** What stands for the figures of a contract: its lines, their total, the payment schedule. */
export const BLOCKS = ['lines', 'total', 'plan'] as const
export type Block = (typeof BLOCKS)[number]

/** A part of an article: one edition of a clause, for good, or what the figures make. */
export const templateItem = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('clause'), editionId: entityId }),
  z.strictObject({ kind: z.enum(BLOCKS) }),
])
export type TemplateItem = z.infer<typeof templateItem>

export const templateArticle = z.strictObject({
  heading: localised(optionalText(80)),
  items: z.array(templateItem).max(40),
})
export type TemplateArticle = z.infer<typeof templateArticle>

export const templateFacts = z.strictObject({ code: code(20), kind: z.enum(CONTRACT_KINDS), names })
export type TemplateFacts = z.infer<typeof templateFacts>

/** The wording of one edition of a template: its frame, and the clauses in it. */
export const templateWording = z.strictObject({
  heading: localised(optionalText(80)),
  preamble: localised(longText(2000)),
  acknowledgement: localised(longText(500)),
  articles: z.array(templateArticle).max(40),
  remark: longText(500),
})
export type TemplateWording = z.infer<typeof templateWording>

export const templateFields = templateFacts.extend(templateWording.shape)
export type TemplateFields = z.infer<typeof templateFields>

/** From when a published edition counts, and until when; null for no end. */
export const validity = z.strictObject({ validFrom: plainDay, validTo: plainDay.nullable() })

/** What every edition tells of itself. */
export const editionHead = z.object({
  id: z.string(),
  no: z.number().int(),
  state: z.enum(EDITION_STATES),
  validFrom: z.string().nullable(),
  validTo: z.string().nullable(),
  withdrawnDay: z.string().nullable(),
  withdrawReason: z.string(),
  remark: z.string(),
  publishedByName: z.string(),
  publishedAt: z.number().int().nullable(),
  updatedAt: z.number().int(),
})
export type EditionHead = z.infer<typeof editionHead>

const languages = z.array(z.enum(LOCALES))
const kinds = z.array(z.enum(CONTRACT_KINDS))
const words = z.record(z.enum(LOCALES), z.string())
const count = z.number().int()

export const clauseRow = z.object({
  id: z.string(),
  version: count,
  code: z.string(),
  topic: z.enum(TOPICS),
  kinds,
  names: words,
  standing: z.enum(STANDINGS),
  /** The edition that `standing` is about. */
  editionNo: count,
  /** Another edition is being written. */
  hasDraft: z.boolean(),
  languages,
  major: z.boolean(),
  /** How many templates hold it in their newest edition. */
  usedBy: count,
  updatedAt: count,
})
export type ClauseRow = z.infer<typeof clauseRow>

export const clauseEdition = editionHead.extend({
  texts: words,
  when: z.string(),
  major: z.boolean(),
  languages,
})
export type ClauseEdition = z.infer<typeof clauseEdition>

/** A template that holds an edition of the clause. */
export const clauseUse = z.object({
  templateId: z.string(),
  code: z.string(),
  names: words,
  kind: z.enum(CONTRACT_KINDS),
  /** The template's edition, and the clause's in it. */
  editionNo: count,
  clauseNo: count,
  standing: z.enum(STANDINGS),
})
export type ClauseUse = z.infer<typeof clauseUse>

export const clauseView = z.object({
  id: z.string(),
  version: count,
  code: z.string(),
  topic: z.enum(TOPICS),
  kinds,
  names: words,
  standing: z.enum(STANDINGS),
  /** Newest first. */
  editions: z.array(clauseEdition),
  uses: z.array(clauseUse),
})
export type ClauseView = z.infer<typeof clauseView>

/** A published edition as the composer offers it. */
export const clauseChoice = z.object({
  editionId: z.string(),
  clauseId: z.string(),
  code: z.string(),
  topic: z.enum(TOPICS),
  kinds,
  names: words,
  no: count,
  state: z.enum(EDITION_STATES),
  validFrom: z.string().nullable(),
  validTo: z.string().nullable(),
  withdrawnDay: z.string().nullable(),
  texts: words,
  when: z.string(),
  major: z.boolean(),
  languages,
  /** A later edition has begun. */
  superseded: z.boolean(),
})
export type ClauseChoice = z.infer<typeof clauseChoice>

/** Why a template cannot be used on a day. */
export const TEMPLATE_FAULTS = [
  'missing',
  'kind',
  'unpublished',
  'withdrawn',
  'expired',
  'clauseWithdrawn',
  'clauseExpired',
  'language',
] as const
export const templateFault = z.object({
  code: z.enum(TEMPLATE_FAULTS),
  params: z.record(z.string(), z.string()),
})
export type TemplateFault = z.infer<typeof templateFault>

/** A template as a contract chooses it: the edition that counts today, or why there is none. */
export const templateChoice = z.object({
  id: z.string(),
  code: z.string(),
  names: words,
  kind: z.enum(CONTRACT_KINDS),
  standard: z.boolean(),
  editionNo: count.nullable(),
  languages,
  fault: templateFault.nullable(),
})
export type TemplateChoice = z.infer<typeof templateChoice>

export const templateRow = z.object({
  id: z.string(),
  version: count,
  code: z.string(),
  kind: z.enum(CONTRACT_KINDS),
  names: words,
  standard: z.boolean(),
  standing: z.enum(STANDINGS),
  editionNo: count,
  hasDraft: z.boolean(),
  languages,
  fault: templateFault.nullable(),
  /** Contracts that were submitted or signed with it. */
  contracts: count,
  updatedAt: count,
})
export type TemplateRow = z.infer<typeof templateRow>

export const templateEdition = editionHead.extend({
  heading: words,
  preamble: words,
  acknowledgement: words,
  articles: z.array(
    z.object({
      heading: words,
      items: z.array(
        z.discriminatedUnion('kind', [
          z.object({ kind: z.literal('clause'), editionId: z.string() }),
          z.object({ kind: z.enum(BLOCKS) }),
        ]),
      ),
    }),
  ),
  languages,
  contracts: count,
})
export type TemplateEdition = z.infer<typeof templateEdition>

export const templateView = z.object({
  id: z.string(),
  version: count,
  code: z.string(),
  kind: z.enum(CONTRACT_KINDS),
  names: words,
  standard: z.boolean(),
  standing: z.enum(STANDINGS),
  fault: templateFault.nullable(),
  /** Newest first. */
  editions: z.array(templateEdition),
  /** Every clause edition that one of them holds. */
  clauses: z.array(clauseChoice),
})
export type TemplateView = z.infer<typeof templateView>
