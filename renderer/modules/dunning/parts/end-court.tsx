import { Button } from 'antd'
import { api } from '#renderer/rpc/api.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useWithReason } from '#renderer/ui/notices.tsx'

/** Gives up a customer's way to court, with the reason on record: letters and calls go on. */
export function EndCourt({ customerId }: { customerId: string }) {
  const t = useT()
  const withReason = useWithReason()
  const end = () =>
    withReason(
      {
        title: t('dunning:escalations.endCourt'),
        text: t('dunning:escalations.endCourtText'),
        action: t('dunning:escalations.endCourt'),
        danger: true,
        reason: { label: t('dunning:escalations.endReason') },
      },
      (reason) => api.dunning.escalations.endCourt({ customerId: customerId as never, reason }),
      t('dunning:escalations.ended'),
    )
  return (
    <Button danger onClick={() => void end()}>
      {t('dunning:escalations.endCourt')}
    </Button>
  )
}
