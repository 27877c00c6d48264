import type { SIZES } from './customers.schema.ts'

type Size = Exclude<(typeof SIZES)[number], 'publicBody' | 'unknown'>

/** The branches whose limits are kept here; others are to be looked up. */
export const SIZED_BRANCHES = ['industry', 'wholesale', 'retail', 'software'] as const
export type SizedBranch = (typeof SIZED_BRANCHES)[number]

/** Staff, and revenue of a year in ten thousand yuan, from which on a firm is of a size; both must be reached. */
type Limit = readonly [staff: number, revenue: number]

/** 统计上大中小微型企业划分办法（2017）, as published by the bureau of statistics. */
const LIMITS: Readonly<Record<SizedBranch, Readonly<Record<Exclude<Size, 'micro'>, Limit>>>> = {
  industry: { large: [1000, 40_000], medium: [300, 2000], small: [20, 300] },
  wholesale: { large: [200, 40_000], medium: [20, 5000], small: [5, 1000] },
  retail: { large: [300, 20_000], medium: [50, 500], small: [10, 100] },
  software: { large: [300, 10_000], medium: [100, 1000], small: [10, 50] },
}

/**
 * Of which size a firm seems to be, by its staff and the revenue of a year in fen. A help for the one who asks the
 * customer, never a verdict: what counts is the size at signing (保障中小企业款项支付条例 3).
 */
export function estimateSize(branch: SizedBranch, staff: number, revenue: number): Size {
  const reaches = ([people, tenThousands]: Limit) => staff >= people && revenue >= tenThousands * 1_000_000
  const sizes = ['large', 'medium', 'small'] as const
  return sizes.find((size) => reaches(LIMITS[branch][size])) ?? 'micro'
}
