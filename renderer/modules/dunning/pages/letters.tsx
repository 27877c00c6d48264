import { Button, Modal } from 'antd'
import { useState } from 'react'
import { formatYuan } from '#shared/kernel/money.ts'
import type { LetterRow } from '#shared/modules/dunning/dunning.schema.ts'
import { SentDialog, VoidLetterDialog } from '#renderer/modules/dunning/parts/letter-dialogs.tsx'
import { api } from '#renderer/rpc/api.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { DataGrid, type GridColumn } from '#renderer/ui/data-grid.tsx'
import type { ExportAsked } from '#renderer/ui/grid-state.ts'
import type { GridFilter } from '#renderer/ui/grid-toolbar.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { Amount, Page, StatusTag } from '#renderer/ui/parts.tsx'
import { PdfPreview } from '#renderer/ui/pdf-preview.tsx'
import type { StatusTone } from '#renderer/ui/theme.ts'

const TONES: Readonly<Record<LetterRow['state'], StatusTone>> = { open: 'attention', resolved: 'done', void: 'neutral' }

/** Every letter that went out: what it claimed, what is still unpaid, how it was sent. */
export function LettersPage() {
  const t = useT()
  const notice = useNotice()
  const mayRun = useCan('dunning.run')
  const mayExport = useCan('dunning.export')
  const [paper, setPaper] = useState<{ name: string; bytes: Uint8Array<ArrayBuffer> } | null>(null)
  const [sent, setSent] = useState<LetterRow | null>(null)
  const [voiding, setVoiding] = useState<LetterRow | null>(null)
  const head = (key: string) => t(`dunning:columns.${key}`)
  const text = (
    key: 'number' | 'customerName' | 'ownerName' | 'day' | 'deadlineDay',
    width: number,
    sort?: string,
  ): GridColumn<LetterRow> => ({
    key,
    title: head(key),
    width,
    ...(sort ? { sort } : {}),
    render: (row) => row[key],
    text: (row) => row[key],
  })
  const amount = (key: 'principal' | 'interest' | 'outstanding', sort?: string): GridColumn<LetterRow> => ({
    key,
    title: head(key),
    width: 104,
    align: 'right',
    ...(sort ? { sort } : {}),
    render: (row) => <Amount fen={row[key]} />,
    text: (row) => formatYuan(row[key]),
  })
  const columns: GridColumn<LetterRow>[] = [
    text('number', 122, 'number'),
    text('customerName', 196),
    {
      key: 'level',
      title: head('level'),
      width: 64,
      render: (row) => row.level,
      text: (row) => String(row.level),
    },
    text('day', 98, 'day'),
    text('deadlineDay', 98),
    amount('principal', 'principal'),
    amount('interest'),
    amount('outstanding'),
    {
      key: 'state',
      title: head('state'),
      width: 92,
      render: (row) => <StatusTag tone={TONES[row.state]}>{t(`dunning:state.${row.state}`)}</StatusTag>,
      text: (row) => t(`dunning:state.${row.state}`),
    },
    {
      key: 'sent',
      title: head('sentDay'),
      width: 170,
      render: (row) =>
        row.sentDay === null ? (
          mayRun && row.state !== 'void' ? (
            <button type="button" className="link-button" onClick={() => setSent(row)}>
              {t('dunning:sent.title')}
            </button>
          ) : null
        ) : (
          `${row.sentDay} ${t(`dunning:sent.ways.${row.sentWay ?? 'other'}`)} ${row.sentReference}`
        ),
      text: (row) => `${row.sentDay ?? ''} ${row.sentReference}`.trim(),
    },
    text('ownerName', 90),
  ]
  const filters: GridFilter[] = [
    {
      kind: 'select',
      name: 'state',
      label: head('state'),
      options: (['open', 'resolved', 'void'] as const).map((value) => ({ value, label: t(`dunning:state.${value}`) })),
    },
    {
      kind: 'select',
      name: 'level',
      label: head('level'),
      options: [1, 2, 3].map((value) => ({ value, label: t('dunning:levelName', { level: value }) })),
    },
    { kind: 'day', name: 'from', label: t('visits:from') },
    { kind: 'day', name: 'to', label: t('visits:to') },
  ]
  const open = async (row: LetterRow) => {
    try {
      const ticket = await api.dunning.letterFile({ id: row.id })
      const answer = await fetch(ticket.url)
      setPaper({ name: ticket.name, bytes: new Uint8Array(await answer.arrayBuffer()) })
    } catch (error) {
      notice.fail(error)
    }
  }
  return (
    <Page title={t('dunning:register.title')}>
      <DataGrid<LetterRow>
        id="letters"
        module="dunning"
        columns={columns}
        filters={filters}
        defaultSort={{ key: 'day', dir: 'desc' }}
        load={(input) => api.dunning.list(input as never)}
        summarise={(input) => api.dunning.summary(input as never)}
        sums={[
          { key: 'principal', label: head('principal') },
          { key: 'interest', label: head('interest') },
        ]}
        rowKey={(row) => row.id}
        onOpen={(row) => void open(row)}
        {...(mayRun
          ? {
              bulk: (rows: readonly LetterRow[]) =>
                rows.length === 1 && rows[0]?.state !== 'void' ? (
                  <>
                    <Button size="small" onClick={() => setSent(rows[0] ?? null)}>
                      {t('dunning:sent.title')}
                    </Button>
                    <Button size="small" danger onClick={() => setVoiding(rows[0] ?? null)}>
                      {t('dunning:void.title')}
                    </Button>
                  </>
                ) : null,
            }
          : {})}
        {...(mayExport
          ? {
              exportRows: (asked: ExportAsked) => api.dunning.exportRows(asked as never),
            }
          : {})}
        empty={{ text: t('dunning:register.empty') }}
      />
      <Modal
        open={paper !== null}
        title={paper?.name}
        footer={null}
        width="min(1000px, 94vw)"
        className="pdf-dialog"
        onCancel={() => setPaper(null)}
        destroyOnHidden
      >
        <PdfPreview bytes={paper?.bytes ?? null} name={paper?.name ?? ''} />
      </Modal>
      <SentDialog key={`s${sent?.id ?? ''}`} letter={sent} onClose={() => setSent(null)} />
      <VoidLetterDialog key={`v${voiding?.id ?? ''}`} letter={voiding} onClose={() => setVoiding(null)} />
    </Page>
  )
}
