import { LOCALES } from '#shared/i18n/locale.ts'
import type { Purpose } from '#shared/modules/visits/visits.rules.ts'
import { api } from '#renderer/rpc/api.ts'
import { useEntry, useList } from '#renderer/rpc/queries.ts'
import { useT } from '#renderer/ui/i18n.ts'

/** One visit with everything on its page, kept fresh by the change feed. */
export const useVisit = (id: string) => useEntry('visits', id, () => api.visits.view({ id }))

/** The latest plans and records of a customer. */
export const useCustomerVisits = (customerId: string, permitted: boolean) =>
  useList('visits', ['customer', customerId, permitted], async () =>
    permitted
      ? (
          await api.visits.list({
            limit: 8,
            sort: { key: 'day', dir: 'desc' },
            filters: { customerId: customerId as never },
          })
        ).rows
      : [],
  )

/** How a customer's readiness was judged over time. */
export const useIntents = (customerId: string, permitted: boolean) =>
  useList('visits', ['intents', customerId, permitted], async () =>
    permitted ? api.visits.intents({ customerId }) : [],
  )

/** What is proposed to be prepared for a purpose: the firm's list, or the program's in the reader's language. */
export function useProposedChecks(purpose: Purpose): readonly string[] {
  const t = useT()
  const rules = useEntry('office', 'visits', () => api.office.visits.read({}))
  return rules.data?.value.checklists[purpose] ?? t(`visits:proposed.${purpose}`).split('\n')
}

/** The languages of a paper as choices. */
export function useLanguageChoices() {
  const t = useT()
  return LOCALES.map((value) => ({ value, label: t(`common:languages.${value.replace('-', '')}`) }))
}
