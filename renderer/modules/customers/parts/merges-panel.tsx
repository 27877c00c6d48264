import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { formatMoment } from '#shared/i18n/formatters.ts'
import type { MergeRow } from '#shared/modules/customers/customers.merge.contract.ts'
import { SEAT_ZONE } from '#renderer/modules/customers/customers.queries.ts'
import { api } from '#renderer/rpc/api.ts'
import { useCommand } from '#renderer/rpc/queries.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useConfirm, useNotice } from '#renderer/ui/notices.tsx'
import { Panel } from '#renderer/ui/parts.tsx'

/** Which files this one was made of, and the way back while there is one. */
export function MergesPanel({ customerId }: { customerId: string }) {
  const t = useT()
  const notice = useNotice()
  const confirm = useConfirm()
  const mayMerge = useCan('customers.merge')
  const found = useQuery({
    queryKey: ['customers', 'merges', customerId],
    queryFn: () => api.customers.merges.of({ customerId: customerId as never }),
  })
  const undo = useCommand((id: string, options) => api.customers.merges.undo({ id: id as never }, options))
  const rows = (found.data ?? []).filter((row) => row.keptId === customerId && row.state !== 'undone')
  if (rows.length === 0) return null
  const takeBack = async (row: MergeRow) => {
    const title = t('customers:merge.undoTitle', { name: row.droppedName })
    if ((await confirm({ title, text: t('customers:merge.undoText'), action: t('customers:merge.undo') })) === null)
      return
    try {
      const { stayed } = await undo.run(row.id)
      const fields = stayed.map((field) => t(`customers:fields.${field}`)).join(' · ')
      notice.done(fields === '' ? t('customers:merge.undone') : t('customers:merge.undoneBut', { fields }))
    } catch (error) {
      notice.fail(error)
    }
  }
  return (
    <Panel title={t('customers:merge.made')}>
      <ul className="contact-list">
        {rows.map((row) => (
          <li key={row.id}>
            <Link to={`/customers/${row.droppedId}` as never}>{row.droppedName}</Link>{' '}
            <span className="muted">
              {row.droppedCode} · {row.userName} · {formatMoment(row.at, SEAT_ZONE)}
            </span>{' '}
            {row.state === 'done' && mayMerge ? (
              <button type="button" className="link-button" disabled={undo.busy} onClick={() => void takeBack(row)}>
                {t('customers:merge.undo')}
              </button>
            ) : null}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
