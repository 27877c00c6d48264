import { Button } from 'antd'
import type { PlainMonth } from '#shared/kernel/dates.ts'
import { api } from '#renderer/rpc/api.ts'
import { useCommand } from '#renderer/rpc/queries.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'

/** Makes the month's sheet for signature: of one person, or of everybody shown. */
export function SignedButton(props: {
  month: PlainMonth
  userId: string | null
  userName?: string
  disabled?: boolean
}) {
  const t = useT()
  const notice = useNotice()
  const { month, userId, userName } = props
  const make = useCommand((_: null, options) => api.performance.signed({ month, userId: userId as never }, options))
  const label = t(userId === null ? 'performance:signed.makeAll' : 'performance:signed.make')
  return (
    <Button
      size={userId === null ? 'middle' : 'small'}
      disabled={props.disabled === true}
      loading={make.busy}
      {...(userName === undefined ? {} : { 'aria-label': `${label} ${userName}` })}
      onClick={() => void notice.tell(() => make.run(null), t('performance:exportStarted'))}
    >
      {label}
    </Button>
  )
}
