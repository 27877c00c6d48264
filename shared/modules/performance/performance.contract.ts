import { z } from 'zod'
import { plainDay, plainMonth } from '#shared/kernel/dates.ts'
import { pageInput, pageOutput } from '#shared/kernel/paging.ts'
import { entityId, optionalText, recordVersion, searchText, shortText } from '#shared/kernel/text.ts'
import { command, query, refusals } from '#shared/rpc/define.ts'
import { bonusContract } from './performance.bonus.contract.ts'
import { chainContract } from './performance.chain.contract.ts'
import { correctionsContract } from './performance.corrections.contract.ts'
import { cycleContract } from './performance.cycle.contract.ts'
import { extraContract } from './performance.extra.contract.ts'
import { formsContract } from './performance.forms.contract.ts'
import { proposalsContract } from './performance.proposals.contract.ts'
import { UNREADABLE } from '#shared/modules/imports/imports.schema.ts'
import { figureFilters, figureLine, figuresCheck } from './performance.figures.schema.ts'
import { personHistory } from './performance.history.schema.ts'
import { INDICATOR_CODES } from './performance.indicators.schema.ts'
import { entryFields, monthSheet, sourceRow, targetLine, targetRow, yearSheet } from './performance.schema.ts'
import { appraisalPolicy, rankingView } from './performance.policy.schema.ts'
import { customerReview, reviewGiven, reviewMonth, reviewRated, reviewToGive } from './performance.review.schema.ts'
import { SPREAD_INDICATORS } from './performance.spread.rules.ts'
import { spreadFields, spreadYearNo, spreadYearView } from './performance.spread.schema.ts'
import { previewRow, schemeBody, schemeRow, schemeSave } from './performance.schemes.schema.ts'

const count = z.number().int()
const yearOnly = z.strictObject({ year: count.min(1900).max(2199, 'validation:tooLarge') })
const monthOnly = z.strictObject({ month: plainMonth })
const saved = z.object({ id: z.string(), version: count })

export const performanceContract = {
  /** The month's sheet: computed from the records, or as it was when it was locked. */
  sheet: query('performance.read', { audit: 'read' })
    .input(monthOnly)
    .output(monthSheet.extend({ lockBy: plainDay })),
  /** The very records that a figure counts. */
  sourceRows: query('performance.read')
    .input(z.strictObject({ month: plainMonth, userId: entityId, indicator: z.enum(INDICATOR_CODES) }))
    .output(z.array(sourceRow)),
  /** Targets of everybody in the scope for the indicators of his scheme; the scheme's own where none were set. */
  targets: query('performance.read').input(monthOnly).output(z.array(targetLine)),
  saveTargets: command('performance.targets')
    .input(z.strictObject({ month: plainMonth, rows: z.array(targetRow).min(1).max(500, 'validation:tooLong') }))
    .output(z.object({ saved: count }))
    .errors(refusals('PERFORMANCE_LOCKED')),
  /** A figure that no record gives; it takes the place of the one that was entered before. */
  saveEntry: command('performance.targets')
    .input(entryFields)
    .output(z.object({ id: z.string() }))
    .errors(refusals('PERFORMANCE_LOCKED', 'PERFORMANCE_OWN_FIGURE', 'PERFORMANCE_FROM_RECORDS')),
  removeEntry: command('performance.targets')
    .input(z.strictObject({ id: entityId, reason: shortText(200) }))
    .output(z.object({ id: z.string() }))
    .errors(refusals('PERFORMANCE_LOCKED', 'PERFORMANCE_OWN_FIGURE')),
  /** Keeps the month's figures as they are now, for good; silence counts as agreement, open appeals only where told so. */
  lock: command('performance.lock')
    .input(monthOnly.extend({ despiteAppeals: z.boolean().optional() }))
    .output(z.object({ people: count }))
    .errors(refusals('PERFORMANCE_LOCKED', 'PERFORMANCE_NOT_OVER', 'PERFORMANCE_APPEALED')),
  /** The month as a workbook with live formulas: ranking, a sheet for each person, definitions, source rows. */
  workbook: command('performance.export', { audit: 'export' })
    .input(monthOnly)
    .output(z.object({ jobId: z.string() })),
  /** The month on paper, to be signed: one person's, or that of everybody in the scope in one file. */
  signed: command('performance.export', { audit: 'export' })
    .input(monthOnly.extend({ userId: entityId.nullable() }))
    .output(z.object({ jobId: z.string() })),

  /** Who stands where in the whole firm, as far as its setting lets the caller see it. */
  ranking: query('performance.read', { audit: 'read' }).input(monthOnly).output(rankingView),
  /** Who sees the ranking, and from when what results suggest. */
  policy: {
    read: query('performance.read')
      .input(z.strictObject({}))
      .output(z.object({ value: appraisalPolicy, version: count })),
    save: command('performance.schemes')
      .input(z.strictObject({ value: appraisalPolicy, version: recordVersion }))
      .output(z.object({ version: count })),
  },

  /** What somebody came to in the locked months of two years, as it counts today. */
  history: query('performance.read', { audit: 'read' })
    .input(z.strictObject({ userId: entityId }))
    .output(personHistory),

  cycle: cycleContract,
  correction: correctionsContract,
  proposal: proposalsContract,
  chain: chainContract,
  bonus: bonusContract,
  extra: extraContract,
  form: formsContract,

  /** A year as the synthesis of its locked months. */
  year: {
    sheet: query('performance.read', { audit: 'read' }).input(yearOnly).output(yearSheet),
    /** A month does not count in somebody's year, for a reason; an empty reason lets it count again. */
    leaveOut: command('performance.targets')
      .input(z.strictObject({ month: plainMonth, userId: entityId, reason: optionalText(200) }))
      .output(z.object({ counts: z.boolean() }))
      .errors(refusals('PERFORMANCE_OWN_FIGURE', 'PERFORMANCE_NOT_LOCKED')),
    /** The year as a workbook with live formulas. */
    workbook: command('performance.export', { audit: 'export' })
      .input(yearOnly)
      .output(z.object({ jobId: z.string() })),
  },

  /** A year's target over its months. */
  spread: {
    look: query('performance.targets')
      .input(z.strictObject({ year: spreadYearNo, indicator: z.enum(SPREAD_INDICATORS) }))
      .output(spreadYearView),
    /** Sets the target of every month that is not locked; all of them or none. */
    save: command('performance.targets')
      .input(spreadFields)
      .output(z.object({ months: count })),
  },

  /** Targets, figures entered by hand and ratings of customers from a sheet. */
  figures: {
    /** The sheet to be filled in: everybody of the scope with his indicators. */
    template: command('performance.targets', { audit: 'export' })
      .input(monthOnly)
      .output(z.object({ jobId: z.string() })),
    /** Judges every row of an uploaded sheet; nothing is written. */
    check: command('performance.targets', { audit: 'none' })
      .input(z.strictObject({ month: plainMonth, fileId: entityId }))
      .output(figuresCheck)
      .errors(refusals(...UNREADABLE, 'PERFORMANCE_LOCKED', 'PERFORMANCE_SHEET_COLUMNS')),
    checkRows: query('performance.targets')
      .input(pageInput({ sort: ['row'], filters: figureFilters }))
      .output(pageOutput(figureLine)),
    checkSummary: query('performance.targets')
      .input(z.strictObject({ text: searchText, filters: figureFilters }))
      .output(z.object({ count })),
    /** Writes every change of a checked sheet, judged again, or none. */
    run: command('performance.targets')
      .input(z.strictObject({ checkId: entityId }))
      .output(z.object({ written: count }))
      .errors(refusals('PERFORMANCE_LOCKED', 'PERFORMANCE_SHEET_FAULTS')),
  },

  /** Ratings by superiors, colleagues, customers and oneself. */
  review: {
    /** What the caller is asked for; whoever works here may be asked. */
    mine: query('session').input(z.strictObject({})).output(z.array(reviewToGive)),
    give: command('session')
      .input(reviewGiven)
      .output(z.object({ id: z.string() }))
      .errors(refusals('PERFORMANCE_LOCKED', 'REVIEW_PEERS_DONE')),
    /** How the ratings of everybody in the scope stand; of colleagues only what tells nobody's. */
    stand: query('performance.read').input(monthOnly).output(reviewMonth),
    /** Rates oneself, or as the superior. */
    rate: command('performance.read')
      .input(reviewRated)
      .output(z.object({ id: z.string() }))
      .errors(refusals('PERFORMANCE_LOCKED', 'REVIEW_ASKED_AS_PEER')),
    /** Colleagues who shall rate: put forward by oneself, asked at once by the superior. */
    propose: command('performance.read')
      .input(
        z.strictObject({
          month: plainMonth,
          userId: entityId,
          raterIds: z.array(entityId).min(1).max(20, 'validation:tooLong'),
        }),
      )
      .output(z.object({ month: z.string() }))
      .errors(refusals('PERFORMANCE_LOCKED', 'REVIEW_PEERS_DONE')),
    decide: command('performance.targets')
      .input(z.strictObject({ id: entityId, accept: z.boolean() }))
      .output(z.object({ id: z.string() }))
      .errors(refusals('PERFORMANCE_LOCKED', 'PERFORMANCE_OWN_FIGURE', 'REVIEW_PEERS_DONE')),
    customer: command('performance.targets')
      .input(customerReview)
      .output(z.object({ id: z.string() }))
      .errors(refusals('PERFORMANCE_LOCKED', 'PERFORMANCE_OWN_FIGURE')),
  },

  /** By what people are appraised, in editions that count from a month on. */
  schemes: {
    list: query('performance.read')
      .input(z.strictObject({}))
      .output(z.object({ rows: z.array(schemeRow), teams: z.array(z.object({ id: z.string(), name: z.string() })) })),
    save: command('performance.schemes')
      .input(schemeSave)
      .output(saved)
      .errors(refusals('PERFORMANCE_SCHEME_PAST', 'PERFORMANCE_SCHEME_NAME')),
    /** The last month that a scheme counts in; null lets it go on. */
    end: command('performance.schemes')
      .input(z.strictObject({ id: entityId, version: recordVersion, lastMonth: plainMonth.nullable() }))
      .output(saved)
      .errors(refusals('PERFORMANCE_SCHEME_PAST')),
    /** What a scheme would have made of a month's records, person by person. Nothing is kept. */
    preview: query('performance.schemes')
      .input(z.strictObject({ month: plainMonth, body: schemeBody }))
      .output(z.object({ month: z.string(), rows: z.array(previewRow) })),
  },
}
