import { Link, useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { useCan } from '#renderer/rpc/session.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { Page } from '#renderer/ui/parts.tsx'
import { BulkDrawer } from '#renderer/modules/bank/parts/bulk-drawer.tsx'
import { LineGrid } from '#renderer/modules/bank/parts/line-grid.tsx'

/** Everything that the bank says, over all statements. */
export function LinesPage() {
  const t = useT()
  const navigate = useNavigate()
  const mayWrite = useCan('bank.write')
  const [bulk, setBulk] = useState(false)
  const bring = (
    <Button type="primary" onClick={() => void navigate({ to: '/bank/import' as never })}>
      {t('bank:statements.import')}
    </Button>
  )
  return (
    <Page
      title={t('bank:title')}
      extra={
        <>
          <Link to={'/bank/statements' as never}>{t('bank:statements.title')}</Link>
          <Link to={'/bank/accounts' as never}>{t('bank:accounts.title')}</Link>
        </>
      }
      action={
        mayWrite ? (
          <span className="action-bar">
            <Button onClick={() => setBulk(true)}>{t('bank:bulk.action')}</Button>
            {bring}
          </span>
        ) : null
      }
    >
      <LineGrid empty={{ text: t('bank:lines.empty'), ...(mayWrite ? { action: bring } : {}) }} />
      <BulkDrawer open={bulk} filters={{}} onClose={() => setBulk(false)} />
    </Page>
  )
}
