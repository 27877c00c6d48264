import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { STEP_KINDS } from '#shared/modules/dunning/dunning.ladder.rules.ts'
import type { LetterRow } from '#shared/modules/dunning/dunning.schema.ts'
import { LetterTag, ProofTag } from '#renderer/modules/dunning/parts/letter-tags.tsx'
import { VoidLetterDialog } from '#renderer/modules/dunning/parts/void-letter.tsx'
import { api } from '#renderer/rpc/api.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { DataGrid, type GridColumn } from '#renderer/ui/data-grid.tsx'
import { choiceFilter, columnMaker } from '#renderer/ui/grid-makers.tsx'
import type { ExportAsked } from '#renderer/ui/grid-state.ts'
import type { GridFilter } from '#renderer/ui/grid-toolbar.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { Page } from '#renderer/ui/parts.tsx'

/** Every letter that went out: what it claimed, what is still unpaid, how it was sent. */
export function LettersPage() {
  const t = useT()
  const navigate = useNavigate()
  const mayRun = useCan('dunning.run')
  const mayExport = useCan('dunning.export')
  const [voiding, setVoiding] = useState<LetterRow | null>(null)
  const head = (key: string) => t(`dunning:columns.${key}`)
  const { text, amount } = columnMaker<LetterRow>(head)
  const columns: GridColumn<LetterRow>[] = [
    text('number', 122, (row) => row.number, { sort: 'number' }),
    text('customerName', 196, (row) => row.customerName),
    text('kind', 92, (row) => t(`dunning:steps.${row.kind}`)),
    text('day', 98, (row) => row.day, { sort: 'day' }),
    text('deadlineDay', 98, (row) => row.deadlineDay),
    amount('principal', 104, (row) => row.principal, 'principal'),
    amount('interest', 104, (row) => row.interest),
    amount('outstanding', 104, (row) => row.outstanding),
    text('state', 92, (row) => t(`dunning:state.${row.state}`), { render: (row) => <LetterTag state={row.state} /> }),
    {
      key: 'sent',
      title: head('sentDay'),
      width: 170,
      render: (row) =>
        row.sentDay === null
          ? ''
          : `${row.sentDay} ${row.sentChannel === null ? '' : t(`dunning:channels.${row.sentChannel}`)} ${row.sentReference}`,
      text: (row) => `${row.sentDay ?? ''} ${row.sentReference}`.trim(),
    },
    text('proof', 104, (row) => (row.sentDay === null ? '' : t(`dunning:proof.strength.${row.proof}`)), {
      render: (row) => (row.sentDay === null ? '' : <ProofTag strength={row.proof} />),
    }),
    text('ownerName', 90, (row) => row.ownerName),
  ]
  const filters: GridFilter[] = [
    choiceFilter('state', head('state'), ['open', 'resolved', 'void'], (value) => t(`dunning:state.${value}`)),
    choiceFilter('kind', head('kind'), STEP_KINDS, (value) => t(`dunning:steps.${value}`)),
    choiceFilter('proof', head('proof'), ['unsent', 'none', 'weak', 'strong'], (value) =>
      value === 'unsent' ? t('dunning:proof.unsent') : t(`dunning:proof.strength.${value}`),
    ),
    { kind: 'day', name: 'from', label: t('visits:from') },
    { kind: 'day', name: 'to', label: t('visits:to') },
  ]
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
        onOpen={(row) => void navigate({ to: `/dunning/letters/${row.id}` as never })}
        {...(mayRun
          ? {
              bulk: (rows: readonly LetterRow[]) =>
                rows.length === 1 && rows[0]?.state !== 'void' ? (
                  <Button size="small" danger onClick={() => setVoiding(rows[0] ?? null)}>
                    {t('dunning:void.title')}
                  </Button>
                ) : null,
            }
          : {})}
        {...(mayExport
          ? {
              exportRows: (asked: ExportAsked) => api.dunning.exportRows(asked as never),
            }
          : {})}
        searchHint={t('dunning:register.search')}
        empty={{
          text: t('dunning:register.empty'),
          action: (
            <Button onClick={() => void navigate({ to: '/dunning/run' as never })}>
              {t('dunning:register.write')}
            </Button>
          ),
        }}
      />
      <VoidLetterDialog key={`v${voiding?.id ?? ''}`} letter={voiding} onClose={() => setVoiding(null)} />
    </Page>
  )
}
