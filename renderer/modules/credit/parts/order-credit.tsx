import { Button } from 'antd'
import { useState } from 'react'
import { useOrderCredit } from '#renderer/modules/credit/credit.queries.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { ReleaseDrawer } from './credit-drawers.tsx'

/** Why the goods of an order may not leave, or who has let them. */
export function OrderCredit({ orderId }: { orderId: string }) {
  return useCan('credit.read') ? <Shown orderId={orderId} /> : null
}

function Shown({ orderId }: { orderId: string }) {
  const t = useT()
  const may = useCan('credit.override')
  const found = useOrderCredit(orderId)
  const [open, setOpen] = useState(false)
  const check = found.data
  if (!check) return null
  if (!check.stops) {
    return check.release ? (
      <div className="notice">
        {t('credit:release.note', {
          name: check.release.byName,
          day: check.release.untilDay,
          reason: check.release.reason,
        })}
      </div>
    ) : null
  }
  return (
    <div className="notice attention">
      {t('credit:stops')} {check.reasons.map((reason) => t(reason.key, reason.params)).join(t('claims:between'))}{' '}
      {may ? (
        <Button size="small" onClick={() => setOpen(true)}>
          {t('credit:release.title')}
        </Button>
      ) : null}
      <ReleaseDrawer orderId={orderId} open={open} onClose={() => setOpen(false)} />
    </div>
  )
}
