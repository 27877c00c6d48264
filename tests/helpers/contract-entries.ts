import { isContractProcedure } from '@orpc/contract'
import type { z } from 'zod'
import { contract } from '#shared/rpc/contract.ts'
import type { EntryMeta } from '#shared/rpc/define.ts'

export interface ContractEntry {
  readonly path: readonly string[]
  readonly name: string
  readonly meta: EntryMeta
  readonly input: z.ZodType
  readonly errorCodes: readonly string[]
}

/** Every entry of the contract, in order: what a test must walk so that a new entry is never forgotten. */
export function contractEntries(): ContractEntry[] {
  const found: ContractEntry[] = []
  const walk = (node: unknown, path: readonly string[]) => {
    if (isContractProcedure(node)) {
      const def = node['~orpc']
      found.push({
        path,
        name: path.join('.'),
        meta: def.meta as EntryMeta,
        input: def.inputSchema as unknown as z.ZodType,
        errorCodes: Object.keys(def.errorMap),
      })
      return
    }
    if (typeof node === 'object' && node !== null) {
      for (const [key, child] of Object.entries(node)) walk(child, [...path, key])
    }
  }
  walk(contract, [])
  return found
}

/** Calls an entry of an in-process client by its path. */
export function callEntry(client: unknown, path: readonly string[], input: unknown): Promise<unknown> {
  let node = client as Record<string, unknown>
  for (const key of path) node = node[key] as Record<string, unknown>
  return (node as unknown as (input: unknown) => Promise<unknown>)(input)
}
