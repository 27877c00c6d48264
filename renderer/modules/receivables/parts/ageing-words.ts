import type { AgeBasis, BucketKey } from '#shared/modules/receivables/receivables.schema.ts'

/** The key of a bucket's name: by invoice day, its ends are what was invoiced on the day and what is not invoiced. */
export const bucketKey = (basis: AgeBasis, bucket: BucketKey): string =>
  `receivables:${basis === 'invoice' ? 'invoiceBuckets' : 'buckets'}.${bucket}`
