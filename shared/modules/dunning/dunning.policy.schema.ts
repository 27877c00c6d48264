import { z } from 'zod'
import { plainDay } from '#shared/kernel/dates.ts'
import { fenNotNegative } from '#shared/kernel/money.ts'
import { longText, optionalText, recordVersion, shortText } from '#shared/kernel/text.ts'
import { DELAY_REASONS, STEP_KINDS } from './dunning.ladder.rules.ts'
import { CHANNELS } from './dunning.proof.rules.ts'

const days = (min: number, max: number) =>
  z.number().int().min(min, 'validation:tooSmall').max(max, 'validation:tooLarge')

/** The words of a letter; `{amount}`, `{deadline}`, `{firm}`, `{customer}` and `{handler}` are filled in. */
export const letterWording = z.strictObject({
  title: shortText(40),
  opening: longText(1000),
  demand: longText(1000),
  closing: longText(1000),
})
export type LetterWording = z.infer<typeof letterWording>

/** What of a letter is said in another way: for a reason of the delay, or once its limitation has run out. */
export const WORDING_CASES = ['expired', ...DELAY_REASONS] as const
export type WordingCase = (typeof WORDING_CASES)[number]

/** Parts that stay empty are those of the letter without a reason. */
export const caseWording = z.strictObject({
  title: optionalText(40),
  opening: longText(1000),
  demand: longText(1000),
  closing: longText(1000),
})

/** Everything that a level says in one language; an e-mail and a script left empty are the program's own. */
export const levelTexts = z.strictObject({
  letter: letterWording,
  cases: z.partialRecord(z.enum(WORDING_CASES), caseWording),
  subject: optionalText(120),
  email: longText(2000),
  script: longText(2000),
})
export type LevelTexts = z.infer<typeof levelTexts>

export const STEP_CHANNELS = [...CHANNELS, 'phone', 'visit'] as const
export const DOERS = ['owner', 'manager', 'finance', 'legal'] as const
export const DAY_KINDS = ['natural', 'working'] as const

/** A level: from when, by which way, how long since the last contact, until when to pay, who does it, what is claimed. */
export const dunningLevel = z.strictObject({
  /** The same from one edition of the policy to the next: letters remember it. */
  key: z.string().regex(/^[a-z0-9]{1,20}$/, 'validation:code'),
  kind: z.enum(STEP_KINDS),
  days: days(-90, 3650),
  dayKind: z.enum(DAY_KINDS),
  channels: z.array(z.enum(STEP_CHANNELS)).min(1, 'validation:required').max(STEP_CHANNELS.length),
  gapDays: days(0, 365),
  deadlineDays: days(1, 365),
  owner: z.enum(DOERS),
  interest: z.boolean(),
  reservation: z.boolean(),
  /** Costs asked for once in each letter, however many instalments it names; only what was agreed on. */
  fee: fenNotNegative,
  texts: z.strictObject({ 'zh-CN': levelTexts, 'zh-TW': levelTexts, en: levelTexts }),
})
export type DunningLevel = z.infer<typeof dunningLevel>

const share = z.number().int().min(0).max(10_000, 'validation:tooLarge')
const riskShares = z.strictObject({
  byAge: z.array(z.strictObject({ fromDays: days(1, 3650), share })).max(12, 'validation:tooLong'),
  byLimitation: z.array(z.strictObject({ withinDays: days(1, 3650), share })).max(12, 'validation:tooLong'),
})

/** The firm's one policy. By what interest is counted follows from each contract. */
export const dunningPolicy = z
  .strictObject({
    levels: z.array(dunningLevel).min(1, 'validation:required').max(9, 'validation:tooLong'),
    minAmount: fenNotNegative,
    /** By so many days a level comes later (below zero: earlier) for a good and for a bad payer. */
    trustDays: z.strictObject({ good: days(-30, 90), bad: days(-30, 90) }),
    risk: riskShares,
    /** Days after posting on which a letter to an agreed address should have arrived. */
    transitDays: days(1, 60),
  })
  .superRefine(({ levels, risk }, ctx) => {
    const wrong = (path: (string | number)[], message: string) => ctx.addIssue({ code: 'custom', path, message })
    levels.forEach((level, at) => {
      const before = levels[at - 1]
      if (before && level.days <= before.days) wrong(['levels', at, 'days'], 'dunning:errors.levelOrder')
      if (level.kind === 'reminder' && level.days > 0) wrong(['levels', at, 'days'], 'dunning:errors.reminderDays')
      if (level.kind !== 'reminder' && level.days < 1) wrong(['levels', at, 'days'], 'dunning:errors.demandDays')
      if (levels.findIndex(({ key }) => key === level.key) !== at)
        wrong(['levels', at, 'key'], 'dunning:errors.levelKey')
    })
    // A share is the first row that holds: the oldest age and the nearest end stand first.
    risk.byAge.forEach(({ fromDays }, at) => {
      if (fromDays >= (risk.byAge[at - 1]?.fromDays ?? Infinity))
        wrong(['risk', 'byAge', at], 'dunning:errors.riskOrder')
    })
    risk.byLimitation.forEach(({ withinDays }, at) => {
      const before = risk.byLimitation[at - 1]
      if (before && withinDays <= before.withinDays) wrong(['risk', 'byLimitation', at], 'dunning:errors.riskOrder')
    })
  })
export type DunningPolicy = z.infer<typeof dunningPolicy>

/** An edition of the policy: the one in force on a day is the latest that holds from that day or an earlier one. */
export const policyEdition = z.object({
  version: z.number().int(),
  validFrom: z.string(),
  createdAt: z.number().nullable(),
  createdByName: z.string(),
  inForce: z.boolean(),
})
export type PolicyEdition = z.infer<typeof policyEdition>

export const policyView = z.object({
  policy: dunningPolicy,
  /** The latest edition, which may hold from a later day only. */
  version: z.number().int(),
  validFrom: z.string(),
  editions: z.array(policyEdition),
})
export type PolicyView = z.infer<typeof policyView>

export const policySave = z.strictObject({ policy: dunningPolicy, version: recordVersion, validFrom: plainDay })
