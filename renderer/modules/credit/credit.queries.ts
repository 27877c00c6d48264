import { api } from '#renderer/rpc/api.ts'
import { useList } from '#renderer/rpc/queries.ts'

/** The credit card of a customer; null where nothing was ever set. What others record may change what it shows. */
export const useCredit = (customerId: string) =>
  useList('credit', ['card', customerId], () => api.credit.get({ customerId: customerId as never }))

/** Whether the goods of an order may leave. */
export const useOrderCredit = (orderId: string) =>
  useList('credit', ['order', orderId], () => api.credit.order({ orderId: orderId as never }))

export const useCreditPolicy = () => useList('credit', ['policy'], () => api.credit.policy.read({}))
