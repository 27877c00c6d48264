import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { z } from 'zod'
import { shortText } from '#shared/kernel/text.ts'
import { CONTACT_RESULTS, CONTACT_WAYS, type ContactRow } from '#shared/modules/dunning/dunning.contacts.schema.ts'
import { DELAY_REASONS } from '#shared/modules/dunning/dunning.ladder.rules.ts'
import { usePeopleChoices } from '#renderer/modules/customers/customers.queries.ts'
import { api } from '#renderer/rpc/api.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { DataGrid, type GridColumn } from '#renderer/ui/data-grid.tsx'
import { TextField } from '#renderer/ui/fields/text-fields.tsx'
import { choiceFilter, columnMaker } from '#renderer/ui/grid-makers.tsx'
import type { ExportAsked } from '#renderer/ui/grid-state.ts'
import type { GridFilter } from '#renderer/ui/grid-toolbar.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { Page, StatusTag } from '#renderer/ui/parts.tsx'

/** Every call and visit about money: who was spoken to, what came of it, what comes next. */
export function ContactsPage() {
  const t = useT()
  const navigate = useNavigate()
  const mayRun = useCan('dunning.run')
  const mayExport = useCan('dunning.export')
  const [voiding, setVoiding] = useState<ContactRow | null>(null)
  return (
    <Page title={t('dunning:contacts.title')}>
      <DataGrid<ContactRow>
        id="dunning-contacts"
        module="dunning"
        columns={useColumns()}
        filters={useFilters()}
        defaultSort={{ key: 'day', dir: 'desc' }}
        load={(input) => api.dunning.contacts(input as never)}
        summarise={(input) => api.dunning.contactsSummary(input as never)}
        rowKey={(row) => row.id}
        onOpen={(row) => void navigate({ to: `/customers/${row.customerId}` as never })}
        {...(mayRun
          ? {
              bulk: (rows: readonly ContactRow[]) =>
                rows.length === 1 && rows[0]?.void === null ? (
                  <Button size="small" danger onClick={() => setVoiding(rows[0] ?? null)}>
                    {t('dunning:contacts.void')}
                  </Button>
                ) : null,
            }
          : {})}
        {...(mayExport ? { exportRows: (asked: ExportAsked) => api.dunning.contactsExport(asked as never) } : {})}
        searchHint={t('dunning:contacts.search')}
        empty={{
          text: t('dunning:contacts.empty'),
          action: <Button onClick={() => void navigate({ to: '/dunning' as never })}>{t('dunning:work.open')}</Button>,
        }}
      />
      <VoidDrawer row={voiding} onClose={() => setVoiding(null)} />
    </Page>
  )
}

function useColumns(): GridColumn<ContactRow>[] {
  const t = useT()
  const { text } = columnMaker<ContactRow>((key) => t(`dunning:columns.${key}`))
  const result = (row: ContactRow) => t(`dunning:contacts.results.${row.result}`)
  return [
    text('contactDay', 98, (row) => row.day, { sort: 'day' }),
    text('customerName', 186, (row) => row.customerName),
    text('way', 84, (row) => t(`dunning:contacts.ways.${row.way}`)),
    text('result', 116, result, {
      render: (row) =>
        row.void === null ? result(row) : <StatusTag tone="neutral">{t('dunning:contacts.voided')}</StatusTag>,
    }),
    text('person', 88, (row) => row.person),
    text('reason', 92, (row) => (row.reason === null ? '' : t(`dunning:delayReasons.${row.reason}`))),
    text('note', 240, (row) => row.void?.reason ?? row.note),
    text('nextStep', 150, (row) => row.nextStep),
    text('nextDay', 98, (row) => row.nextDay ?? ''),
    text('createdByName', 84, (row) => row.createdByName),
    text('ownerName', 84, (row) => row.ownerName),
  ]
}

function useFilters(): GridFilter[] {
  const t = useT()
  const head = (key: string) => t(`dunning:columns.${key}`)
  return [
    choiceFilter('way', head('way'), CONTACT_WAYS, (value) => t(`dunning:contacts.ways.${value}`)),
    choiceFilter('result', head('result'), CONTACT_RESULTS, (value) => t(`dunning:contacts.results.${value}`)),
    choiceFilter('reason', head('reason'), DELAY_REASONS, (value) => t(`dunning:delayReasons.${value}`)),
    { kind: 'select', name: 'ownerId', label: head('ownerName'), options: usePeopleChoices() },
    { kind: 'day', name: 'from', label: t('visits:from') },
    { kind: 'day', name: 'to', label: t('visits:to') },
  ]
}

const schema = z.strictObject({ reason: shortText(200) })

function VoidDrawer(props: { row: ContactRow | null; onClose: () => void }) {
  const t = useT()
  const { row } = props
  return (
    <ActionForm
      title={t('dunning:contacts.void')}
      hint={t('dunning:contacts.voidHint')}
      open={row !== null}
      schema={schema}
      initial={{ reason: '' }}
      submitLabel={t('dunning:contacts.void')}
      danger
      onClose={props.onClose}
      submit={async ({ reason }) => {
        if (row) await api.dunning.voidContact({ id: row.id, version: row.version, reason })
      }}
    >
      <TextField name="reason" label={t('dunning:contacts.voidReason')} max={200} required />
    </ActionForm>
  )
}
