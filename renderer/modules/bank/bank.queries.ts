import { api } from '#renderer/rpc/api.ts'
import { useEntry, useList } from '#renderer/rpc/queries.ts'

export const useAccounts = () => useList('bank', ['accounts'], () => api.bank.accounts({}))
export const useStatement = (id: string) => useEntry('bank', id, () => api.bank.statement({ id }))
/** How a line is read changes with every other: it is asked again whenever anything of the bank changes. */
export const useLine = (id: string) => useList('bank', ['line', id], () => api.bank.line({ id }))
