import type { ContractRouterClient } from '@orpc/contract'
import type { Contract } from '#shared/rpc/contract.ts'

/** The contract as functions, whoever answers: a seat in this process, a port, a socket. */
export type CoreClient = ContractRouterClient<Contract>
