import { useSearch } from '@tanstack/react-router'
import { z } from 'zod'
import { SheetPanel } from '#renderer/modules/claims/parts/sheet-panel.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { Page } from '#renderer/ui/parts.tsx'

const id = z.string().max(36).optional().catch(undefined)
export const sheetSearch = z.object({ customer: id, contract: id })

/** Interest of everything that a customer owes, or of one contract. */
export function SheetPage() {
  const t = useT()
  const { customer, contract } = useSearch({ strict: false }) as z.infer<typeof sheetSearch>
  return (
    <Page title={t('claims:sheet.title')}>
      {contract !== undefined ? (
        <SheetPanel target={{ of: 'contract', id: contract as never }} />
      ) : customer !== undefined ? (
        <SheetPanel target={{ of: 'customer', id: customer as never }} />
      ) : (
        <p className="muted">{t('claims:sheet.choose')}</p>
      )}
    </Page>
  )
}
