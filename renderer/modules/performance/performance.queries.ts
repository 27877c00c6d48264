import { api } from '#renderer/rpc/api.ts'
import { useList } from '#renderer/rpc/queries.ts'

/** Every scheme with its editions, newest first, and the teams that one may be made for. */
export const useSchemes = () => useList('performance', ['schemes'], () => api.performance.schemes.list({}))

/** What the firm decided about rankings, calibration and what follows from results. */
export const useAppraisalPolicy = () => useList('performance', ['policy'], () => api.performance.policy.read({}))
