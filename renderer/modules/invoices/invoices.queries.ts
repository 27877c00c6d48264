import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { EntryBasis, InvoiceFields, InvoiceFinding } from '#shared/modules/invoices/invoices.schema.ts'
import { api } from '#renderer/rpc/api.ts'
import { useEntry } from '#renderer/rpc/queries.ts'

/** One invoice, kept fresh by the change feed. */
export const useInvoice = (id: string) => useEntry('invoices', id, () => api.invoices.get({ id }))

/** What an invoice for a customer, or for a contract of his, is entered from; nothing before a customer is chosen. */
export function useEntryBasis(customerId: string | null, contractId: string | null, exceptId: string | null) {
  return useQuery({
    queryKey: ['invoices', 'basis', customerId, contractId, exceptId],
    queryFn: (): Promise<EntryBasis> =>
      api.invoices.basis({
        customerId: customerId as never,
        contractId: contractId as never,
        exceptId: exceptId as never,
      }),
    enabled: customerId !== null,
  })
}

/** The name of a chosen customer, for a picker that has not listed it. */
export function useCustomerName(id: string | null): string | undefined {
  const found = useQuery({
    queryKey: ['customers', 'get', id],
    queryFn: () => api.customers.get({ id: id ?? '' }),
    enabled: id !== null,
  })
  return found.data?.name
}

const CHECK_AFTER_MS = 300

/** Where an entry departs from its contract, a moment after it was typed; null while it is not complete. */
export function useCheck(fields: InvoiceFields | null, id: string | null): readonly InvoiceFinding[] | null {
  const text = fields === null ? null : JSON.stringify(fields)
  const [asked, setAsked] = useState<string | null>(null)
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text), CHECK_AFTER_MS)
    return () => clearTimeout(timer)
  }, [text])
  const found = useQuery({
    queryKey: ['invoices', 'check', asked, id],
    queryFn: () => api.invoices.check({ ...(JSON.parse(asked ?? '{}') as object), id } as never),
    enabled: asked !== null,
    retry: false,
    placeholderData: (before) => before,
  })
  return asked === null ? null : (found.data ?? null)
}

/** How far a contract, or all of a customer, is invoiced. */
export function useInvoiced(of: { readonly contractId: string } | { readonly customerId: string }, permitted: boolean) {
  return useQuery({
    queryKey: ['invoices', 'figures', of],
    queryFn: () => api.invoices.figures(of as never),
    enabled: permitted,
  })
}
