import { z } from 'zod'
import { shortText } from '#shared/kernel/text.ts'

/** What a lead may be judged by: known from the file itself, so that the score is the same for everybody. */
export const CRITERIA = [
  'code',
  'size',
  'kind',
  'industry',
  'region',
  'needs',
  'decides',
  'reachable',
  'source',
  'invoice',
] as const
export type Criterion = (typeof CRITERIA)[number]

const criterion = z.strictObject({
  key: z.enum(CRITERIA),
  points: z.number().int().min(1).max(100),
  /** Regions or industries that are looked for; empty: any that is filled in. */
  wanted: z.array(shortText(40)).max(50).default([]),
})

/** How leads are screened and how long a rejected one is kept. */
export const screening = z.strictObject({
  criteria: z
    .array(criterion)
    .max(CRITERIA.length)
    .refine((list) => new Set(list.map((one) => one.key)).size === list.length, {
      message: 'customers:errors.criterionTwice',
    }),
  /**
   * Days until a rejected file is to be deleted: its purpose has gone, so keeping it needs a reason (个人信息保护法
   * art. 47 (1)). 180 is the program's proposal, not a number of the law.
   */
  deleteDays: z.number().int().min(1).max(3650),
  /** Whether birthdays of contacts are kept: personal data without a need of the contract, so off at first (art. 6). */
  birthdays: z.boolean(),
})
export type Screening = z.infer<typeof screening>

/** What a new firm starts with. */
export const DEFAULT_SCREENING: Screening = {
  criteria: [
    { key: 'code', points: 10, wanted: [] },
    { key: 'size', points: 20, wanted: [] },
    { key: 'kind', points: 10, wanted: [] },
    { key: 'needs', points: 25, wanted: [] },
    { key: 'decides', points: 20, wanted: [] },
    { key: 'reachable', points: 15, wanted: [] },
  ],
  deleteDays: 180,
  birthdays: false,
}
