import { Button, Spin } from 'antd'
import { useState } from 'react'
import { formatMoment } from '#shared/i18n/formatters.ts'
import type { HandoverRow } from '#shared/modules/handover/handover.schema.ts'
import { SEAT_ZONE } from '#renderer/modules/customers/customers.queries.ts'
import { HandoverDialog } from '#renderer/modules/handover/parts/handover-dialog.tsx'
import { useTakeBack } from '#renderer/modules/handover/parts/take-back.ts'
import { api } from '#renderer/rpc/api.ts'
import { useList } from '#renderer/rpc/queries.ts'
import { jobFile, saveFile } from '#renderer/ui/files.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useConfirm, useNotice } from '#renderer/ui/notices.tsx'
import { ErrorNotice, Page, Panel } from '#renderer/ui/parts.tsx'

/** What was handed over, with the list to sign and the way back while there is one. */
export function HandoverPage() {
  const t = useT()
  const [open, setOpen] = useState(false)
  const found = useList('customers', ['handovers'], () => api.handover.recent({}))
  return (
    <Page
      title={t('handover:title')}
      action={
        <Button type="primary" onClick={() => setOpen(true)}>
          {t('handover:all')}
        </Button>
      }
    >
      {found.shownError ? <ErrorNotice error={found.shownError} onRetry={() => void found.refetch()} /> : null}
      {found.data ? <Rows rows={found.data} /> : found.shownError ? null : <Spin className="grid-spin" />}
      <HandoverDialog ids={open ? 'person' : null} onClose={() => setOpen(false)} />
    </Page>
  )
}

function Rows({ rows }: { rows: readonly HandoverRow[] }) {
  const t = useT()
  if (rows.length === 0) return <p className="muted">{t('handover:empty')}</p>
  return (
    <Panel title={t('handover:list')}>
      <table className="plain-table">
        <thead>
          <tr>
            {['at', 'from', 'to', 'what', 'by', 'state'].map((key) => (
              <th key={key}>{t(`handover:columns.${key}`)}</th>
            ))}
            <td />
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.id} row={row} />
          ))}
        </tbody>
      </table>
    </Panel>
  )
}

function Row({ row }: { row: HandoverRow }) {
  const t = useT()
  const notice = useNotice()
  const confirm = useConfirm()
  const takeBack = useTakeBack()
  const [saving, setSaving] = useState(false)
  const save = async () => {
    setSaving(true)
    try {
      const { jobId } = await api.handover.exportList({ id: row.id as never, format: 'xlsx' })
      await saveFile((await jobFile(jobId)).fileId)
    } catch (error) {
      notice.fail(error)
    }
    setSaving(false)
  }
  const undo = async () => {
    const asked = { title: t('handover:undoTitle'), text: t('handover:undoText'), action: t('handover:undo') }
    if ((await confirm(asked)) !== null) await takeBack.run(row.id)
  }
  return (
    <tr>
      <td>{formatMoment(row.at, SEAT_ZONE)}</td>
      <td>{row.fromNames.join(' · ')}</td>
      <td>{row.toName}</td>
      <td>{row.sums.map((sum) => `${t(`handover:kind.${sum.kind}`)} ${sum.count}`).join(' · ')}</td>
      <td>{row.byName ?? ''}</td>
      <td>{t(`handover:state.${row.state}`)}</td>
      <td>
        <span className="panel-links">
          <Button type="link" size="small" loading={saving} onClick={() => void save()}>
            {t('handover:export')}
          </Button>
          {row.open ? (
            <Button type="link" size="small" loading={takeBack.busy} onClick={() => void undo()}>
              {t('handover:undo')}
            </Button>
          ) : null}
        </span>
      </td>
    </tr>
  )
}
