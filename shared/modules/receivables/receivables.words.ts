import type { Translate } from '#shared/i18n/translate.ts'
import type { AgeBasis } from './receivables.schema.ts'

/** The name of a bucket of any bounds: `d31_60` is 31–60 days. By invoice day its ends are called otherwise. */
export function bucketWord(t: Translate, basis: AgeBasis, key: string): string {
  const [, from, to] = /^d(\d+)_(\d+)$/.exec(key) ?? []
  if (from !== undefined && to !== undefined) return t('receivables:bucketWords.between', { from, to })
  const [, last] = /^over_(\d+)$/.exec(key) ?? []
  if (last !== undefined) return t('receivables:bucketWords.over', { days: last })
  return t(`receivables:bucketWords.${basis}.${key}`)
}
