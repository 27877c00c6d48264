import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Button } from 'antd'
import { z } from 'zod'
import { SheetPanel } from '#renderer/modules/claims/parts/sheet-panel.tsx'
import { useSearchedCustomer } from '#renderer/modules/customers/parts/searched-customer.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { EmptyState, Page } from '#renderer/ui/parts.tsx'

const id = z.string().max(36).optional().catch(undefined)
export const sheetSearch = z.object({ customer: id, contract: id })

/** Interest of everything that a customer owes, or of one contract. */
export function SheetPage() {
  const t = useT()
  const navigate = useNavigate()
  const { customer, contract } = useSearch({ strict: false }) as z.infer<typeof sheetSearch>
  const named = useSearchedCustomer().customer
  return (
    <Page
      title={t('claims:sheet.title')}
      extra={
        contract !== undefined ? (
          <Link to={`/contracts/${contract}` as never}>{t('claims:sheet.openContract')}</Link>
        ) : named ? (
          <Link to={`/customers/${named.id}` as never}>{named.name}</Link>
        ) : null
      }
    >
      {contract !== undefined ? (
        <SheetPanel target={{ of: 'contract', id: contract as never }} />
      ) : customer !== undefined ? (
        <SheetPanel target={{ of: 'customer', id: customer as never }} />
      ) : (
        <EmptyState
          text={t('claims:sheet.choose')}
          action={
            <Button onClick={() => void navigate({ to: '/customers' as never })}>{t('credit:openCustomers')}</Button>
          }
        />
      )}
    </Page>
  )
}
