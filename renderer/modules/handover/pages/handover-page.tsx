import { Button } from 'antd'
import { useState } from 'react'
import { formatMoment } from '#shared/i18n/formatters.ts'
import { HANDOVER_STATES, type HandoverRow } from '#shared/modules/handover/handover.schema.ts'
import { SEAT_ZONE, usePeopleChoices } from '#renderer/modules/customers/customers.queries.ts'
import { HandoverDialog } from '#renderer/modules/handover/parts/handover-dialog.tsx'
import { useTakeBack } from '#renderer/modules/handover/parts/take-back.ts'
import { api } from '#renderer/rpc/api.ts'
import { DataGrid, type GridColumn } from '#renderer/ui/data-grid.tsx'
import { jobFile, saveFile } from '#renderer/ui/files.ts'
import type { GridFilter } from '#renderer/ui/grid-toolbar.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useConfirm, useNotice } from '#renderer/ui/notices.tsx'
import { Page } from '#renderer/ui/parts.tsx'

/** What was handed over, with the list to sign and the way back while there is one. */
export function HandoverPage() {
  const t = useT()
  const [open, setOpen] = useState(false)
  const start = (
    <Button type="primary" onClick={() => setOpen(true)}>
      {t('handover:all')}
    </Button>
  )
  return (
    <Page title={t('handover:title')} extra={<span className="muted">{t('handover:hint')}</span>} action={start}>
      <DataGrid<HandoverRow>
        id="handovers"
        module="customers"
        columns={useColumns()}
        filters={useFilters()}
        defaultSort={{ key: 'at', dir: 'desc' }}
        load={(input) => api.handover.list(input as never)}
        summarise={(input) => api.handover.summary(input as never)}
        rowKey={(row) => row.id}
        exportRows={(asked) => api.handover.exportRows(asked as never)}
        searchHint={t('handover:search')}
        empty={{ text: t('handover:empty') }}
      />
      <HandoverDialog ids={open ? 'person' : null} onClose={() => setOpen(false)} />
    </Page>
  )
}

function useColumns(): GridColumn<HandoverRow>[] {
  const t = useT()
  const column = (field: string, width: number, text: (row: HandoverRow) => string, sort?: string) => ({
    key: field,
    title: t(`handover:columns.${field}`),
    width,
    ...(sort ? { sort } : {}),
    render: text,
    text,
  })
  const moved = (row: HandoverRow) => row.sums.map((sum) => `${t(`handover:kind.${sum.kind}`)} ${sum.count}`)
  return [
    column('at', 148, (row) => formatMoment(row.at, SEAT_ZONE), 'at'),
    column('from', 130, (row) => row.fromNames.join(' · ')),
    column('to', 90, (row) => row.toName),
    column('what', 300, (row) => moved(row).join(' · ')),
    column('by', 90, (row) => row.byName ?? ''),
    column('state', 80, (row) => t(`handover:state.${row.state}`)),
    {
      key: 'steps',
      title: t('handover:columns.steps'),
      width: 210,
      render: (row) => <Steps row={row} />,
      text: () => '',
    },
  ]
}

function useFilters(): GridFilter[] {
  const t = useT()
  const people = usePeopleChoices()
  return [
    { kind: 'select', name: 'fromUserId', label: t('handover:columns.from'), options: people },
    { kind: 'select', name: 'toUserId', label: t('handover:columns.to'), options: people },
    {
      kind: 'select',
      name: 'state',
      label: t('handover:columns.state'),
      options: HANDOVER_STATES.map((value) => ({ value, label: t(`handover:state.${value}`) })),
    },
    { kind: 'day', name: 'from', label: t('handover:since') },
    { kind: 'day', name: 'to', label: t('handover:until') },
  ]
}

/** The list to sign, and the way back as long as there is one. */
function Steps({ row }: { row: HandoverRow }) {
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
  )
}
