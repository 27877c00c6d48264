import { z } from 'zod'
import { plainMonth } from '#shared/kernel/dates.ts'
import { issueFromZod } from '#shared/kernel/zod-issues.ts'
import { USUAL_CURVE, type ScoringCurve } from '#shared/modules/performance/performance.curves.rules.ts'
import {
  CATALOGUE,
  type Indicator,
  type IndicatorUnit,
} from '#shared/modules/performance/performance.indicators.schema.ts'
import { schemeBody, type SchemeBody, type SchemeItem } from '#shared/modules/performance/performance.schemes.schema.ts'
import { parseRate } from '#renderer/ui/fields/number-fields.tsx'

/** An indicator as it is typed: the fields of every curve are kept, only those of the chosen one are read. */
export interface ItemForm {
  readonly indicator: Indicator
  readonly weight: number | null
  readonly target: number | null
  readonly param: number | null
  readonly kind: ScoringCurve['kind']
  readonly floor: number | null
  readonly cap: number | null
  /** `80=60; 100=100`, in percent. */
  readonly steps: string
  readonly floorAt: number | null
  readonly floorGives: number | null
  readonly stretchAt: number | null
  readonly stretchGives: number | null
  readonly per: number | null
  readonly deduct: number | null
}

const percent = (basisPoints: number) => String(basisPoints / 100)

/** Steps as they are typed: `80=60; 100=100`. */
export function stepsText(steps: readonly { readonly from: number; readonly gives: number }[]): string {
  return steps.map((step) => `${percent(step.from)}=${percent(step.gives)}`).join('; ')
}

/** Steps of a text; one that cannot be read is not a number, which the schema refuses. */
export function parseSteps(text: string): { from: number; gives: number }[] {
  const parts = text
    .normalize('NFKC')
    .split(/[;,、，；]/)
    .filter((part) => part.trim() !== '')
  return parts.map((part) => {
    const [from, gives, ...more] = part.split('=')
    const read = (one: string | undefined) => (more.length > 0 ? null : parseRate(one ?? '')) ?? Number.NaN
    return { from: read(from), gives: read(gives) }
  })
}

/** A new line of the form: the usual curve, and what the definition usually takes. */
export function newItem(indicator: Indicator): ItemForm {
  return itemForm({
    indicator,
    weight: 0,
    target: 0,
    curve: USUAL_CURVE,
    param: CATALOGUE[indicator].param?.usual ?? null,
  })
}

/** What is usual to take points off for: a thousand yuan, a percent, one, one point. */
const USUAL_PER: Readonly<Record<IndicatorUnit, number>> = {
  fen: 100_000,
  rate: 100,
  count: 1,
  points: 100,
  rating: 10,
}

function itemForm({ curve, ...item }: SchemeItem): ItemForm {
  const per = USUAL_PER[CATALOGUE[item.indicator].unit]
  const [floorAt, stretchAt] = CATALOGUE[item.indicator].better === 'more' ? [8_000, 12_000] : [12_000, 8_000]
  const tiers = { floorAt, stretchAt, floorGives: 6_000, stretchGives: 12_000 }
  const all = { floor: 0, cap: 12_000, steps: '80=60; 100=100; 120=120', per, deduct: 500, ...tiers }
  const { kind } = curve
  if (curve.kind === 'steps') return { ...item, ...all, kind, steps: stepsText(curve.steps) }
  return { ...item, ...all, ...curve }
}

/** What the form begins with. */
export function schemeForm(body: SchemeBody, fromMonth: string) {
  return { ...body, fromMonth, items: body.items.map(itemForm) }
}

function curveOf(item: ItemForm): unknown {
  switch (item.kind) {
    case 'linear':
      return { kind: item.kind, floor: item.floor, cap: item.cap }
    case 'tiers': {
      const { kind, floorAt, floorGives, stretchAt, stretchGives } = item
      return { kind, floorAt, floorGives, stretchAt, stretchGives }
    }
    case 'steps':
      return { kind: item.kind, steps: parseSteps(item.steps) }
    case 'deduction':
      return { kind: item.kind, per: item.per, deduct: item.deduct, floor: item.floor }
    case 'veto':
      return { kind: item.kind }
  }
}

/** Where the form shows what is wrong with a curve: beside the field, not at a part of the record. */
const placeOf = (path: readonly PropertyKey[]) =>
  path[2] === 'curve' ? [...path.slice(0, 2), path[3] ?? 'kind'] : [...path]

/** The form as what is saved; refused beside its fields by the schema that the core judges by. */
export const schemeFormSchema = z
  .looseObject({ fromMonth: plainMonth, items: z.array(z.custom<ItemForm>()) })
  .transform(({ fromMonth, ...fields }, ctx): { fromMonth: typeof fromMonth; body: SchemeBody } => {
    const items = fields.items.map((item) => {
      const { indicator, weight, target, param } = item
      return { indicator, weight, target, param, curve: curveOf(item) as ScoringCurve }
    })
    const { name, roles, teamIds, grades, review, extra } = fields as Record<string, unknown>
    const parsed = schemeBody.safeParse({ name, roles, teamIds, grades, review, extra, items })
    if (parsed.success) return { fromMonth, body: parsed.data }
    for (const issue of parsed.error.issues) {
      const { key: message, params } = issueFromZod(issue)
      ctx.addIssue({ code: 'custom', path: placeOf(issue.path), message, ...(params ? { params } : {}) })
    }
    return z.NEVER
  })
