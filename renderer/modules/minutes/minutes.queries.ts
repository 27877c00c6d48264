import { api } from '#renderer/rpc/api.ts'
import { useEntry, useList } from '#renderer/rpc/queries.ts'

/** Minutes with everything in them, kept fresh by the change feed. */
export const useMinutes = (id: string) => useEntry('minutes', id, () => api.minutes.get({ id }))

/** The minutes of a deal, the latest talks first. */
export const useMinutesOf = (dealId: string) =>
  useList('minutes', ['deal', dealId], () =>
    api.minutes.list({ limit: 50, sort: { key: 'day', dir: 'desc' }, filters: { dealId } }),
  )
