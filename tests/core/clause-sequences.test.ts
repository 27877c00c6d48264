import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { addDays, asDay } from '#shared/kernel/dates.ts'
import { resolveTemplate } from '#core/modules/clauses/clauses.api.ts'
import type { CoreClient } from '#core/start-core.ts'
import { publishedClause, sampleClause, sampleTemplate } from '#tests/helpers/sample-clauses.ts'
import { createTestCore, type TestCore } from '#tests/helpers/test-core.ts'

const TODAY = asDay('2026-05-18')
let t: TestCore
let reviewer: CoreClient
let runs = 0

beforeAll(async () => {
  t = await createTestCore()
  reviewer = await t.as('reviewer')
})
afterAll(() => t.close())

/** A step of somebody at work in the library; it may be refused, which changes nothing. */
const step = fc.record({
  what: fc.constantFrom(
    'save',
    'publish',
    'publish',
    'withdraw',
    'templateSave',
    'templatePublish',
    'templateWithdraw',
  ),
  clause: fc.nat(1),
  no: fc.integer({ min: 1, max: 3 }),
  days: fc.integer({ min: 0, max: 3 }),
  carry: fc.boolean(),
})
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

const quietly = async (call: () => Promise<unknown>) => {
  try {
    await call()
  } catch (error) {
    const { code } = error as { code?: string }
    if (code === undefined || code === 'INTERNAL') throw error
  }
}

async function carryOut(at: Step, clauseIds: readonly string[], templateId: string, words: string) {
  const validFrom = addDays(TODAY, at.days)
  const clause = await reviewer.clauses.get({ id: clauseIds[at.clause] as never })
  const template = await reviewer.clauses.templates.get({ id: templateId as never })
  const own = { id: clause.id, version: clause.version }
  const whole = { id: template.id, version: template.version }
  switch (at.what) {
    case 'save':
      return reviewer.clauses.save({ ...sampleClause(clause.code, { texts: said(words) }), ...own } as never)
    case 'publish':
      return reviewer.clauses.publish({
        ...own,
        validFrom,
        validTo: null,
        carry: at.carry ? [templateId] : [],
      } as never)
    case 'withdraw':
      return reviewer.clauses.withdraw({ ...own, no: at.no, reason: '法规已修改' } as never)
    case 'templateSave': {
      const ids = clauseIds.map(async (id) => {
        const { editions } = await reviewer.clauses.get({ id: id as never })
        return editions[Math.min(at.no, editions.length) - 1]!.id
      })
      const preamble = { preamble: said(words) }
      return reviewer.clauses.templates.save({
        ...sampleTemplate(template.code, await Promise.all(ids), preamble),
        ...whole,
      } as never)
    }
    case 'templatePublish':
      return reviewer.clauses.templates.publish({ ...whole, validFrom, validTo: null } as never)
    default:
      return reviewer.clauses.templates.withdraw({ ...whole, no: at.no, reason: '条款有误' } as never)
  }
}
const said = (words: string) => ({ 'zh-CN': words, 'zh-TW': '', en: words })

/** What every published edition of a template says, by its number. */
async function published(templateId: string) {
  const db = t.core.deps.store.read
  const { editions } = await reviewer.clauses.templates.get({ id: templateId as never })
  const found = new Map<number, string>()
  for (const { no, state, languages } of editions) {
    if (state === 'draft' || !languages.includes('zh-CN')) continue
    const ask = { templateId, edition: no, kind: 'goods_sale', language: 'zh-CN' } as const
    const [today, later] = await Promise.all([TODAY, '2027-01-01'].map((day) => resolveTemplate(db, { ...ask, day })))
    expect(later).toEqual(today)
    found.set(no, JSON.stringify(today))
  }
  return found
}

it('whatever is done in whatever order: a published template holds no draft, and says for ever what it said', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
      runs += 1
      const clauses = await Promise.all(['A', 'B'].map((name) => publishedClause(reviewer, `${name}${runs}`, TODAY)))
      const made = await reviewer.clauses.templates.create(
        sampleTemplate(
          `T${runs}`,
          clauses.map((clause) => clause.editionId),
        ),
      )
      await reviewer.clauses.templates.publish({ ...made, validFrom: TODAY, validTo: null } as never)
      let known = await published(made.id)
      for (const [at, taken] of steps.entries()) {
        const ids = clauses.map((clause) => clause.id)
        await quietly(() => carryOut(taken, ids, made.id, `${taken.what} ${runs} ${at}`))
        const now = await published(made.id)
        for (const [no, text] of known) expect(now.get(no)).toBe(text)
        known = now
      }
      const db = t.core.deps.store.read
      const drafts = await db
        .selectFrom('contract_template_clauses as held')
        .innerJoin('clause_editions as clause', 'clause.id', 'held.clause_edition_id')
        .innerJoin('contract_template_editions as edition', 'edition.id', 'held.template_edition_id')
        .select('edition.id')
        .where('clause.state', '=', 'draft')
        .execute()
      expect(drafts).toEqual([])
      const { rows } = await reviewer.clauses.templates.list({
        limit: 200,
        sort: { key: 'code', dir: 'asc' },
        filters: { standard: true },
      })
      expect(rows.map((row) => row.kind).toSorted()).toEqual(['frame', 'goods_sale', 'services'])
    }),
    { numRuns: 20 },
  )
}, 60_000)
