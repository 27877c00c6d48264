import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { formatCount, formatMoment } from '#shared/i18n/formatters.ts'
import { IMPORT_ENTITIES, type ImportEntity, type ImportRecord } from '#shared/modules/imports/imports.schema.ts'
import { ImportStateTag } from '#renderer/modules/imports/parts/import-tags.tsx'
import { api } from '#renderer/rpc/api.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { DataGrid, type GridColumn } from '#renderer/ui/data-grid.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { Page } from '#renderer/ui/parts.tsx'

const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone

/** What was imported, by whom, and whether it still stands. */
export function ImportListPage() {
  const t = useT()
  const navigate = useNavigate()
  const may = {
    customers: useCan('customers.import'),
    invoices: useCan('invoices.write'),
    receivables: useCan('receivables.plan'),
  }
  const offered = IMPORT_ENTITIES.filter((entity) => may[entity])
  const start = (entity: ImportEntity) => void navigate({ to: `/imports/new/${entity}` as never })
  const head = (key: string) => t(`imports:columns.${key}`)
  const text = (key: string, width: number, of: (row: ImportRecord) => string): GridColumn<ImportRecord> => ({
    key,
    title: head(key),
    width,
    render: of,
    text: of,
  })
  const count = (key: 'rows' | 'created' | 'updated' | 'skipped' | 'failed'): GridColumn<ImportRecord> => ({
    ...text(key, 78, (row) => formatCount(row[key])),
    align: 'right',
  })
  const columns: GridColumn<ImportRecord>[] = [
    { ...text('at', 140, (row) => formatMoment(row.at, ZONE)), sort: 'at' },
    text('file', 220, (row) => row.fileName),
    text('what', 92, (row) => capitalised(t(`imports:entity.${row.entity}`))),
    text('user', 92, (row) => row.userName ?? ''),
    count('rows'),
    count('created'),
    count('updated'),
    count('skipped'),
    count('failed'),
    {
      key: 'state',
      title: head('state'),
      width: 100,
      render: (row) => <ImportStateTag reverted={row.revertedAt !== null} />,
      text: (row) => t(`imports:state.${row.revertedAt === null ? 'standing' : 'reverted'}`),
    },
  ]
  return (
    <Page
      title={t('imports:title')}
      action={
        <span className="action-bar">
          {offered.map((entity, at) => (
            <Button key={entity} type={at === 0 ? 'primary' : 'default'} onClick={() => start(entity)}>
              {t('imports:new', { what: t(`imports:entity.${entity}`) })}
            </Button>
          ))}
        </span>
      }
    >
      <DataGrid<ImportRecord>
        id="imports"
        module="imports"
        columns={columns}
        defaultSort={{ key: 'at', dir: 'desc' }}
        load={(input) => api.imports.list(input as never)}
        summarise={(input) => api.imports.summary(input as never)}
        rowKey={(row) => row.id}
        onOpen={(row) => void navigate({ to: `/imports/${row.id}` as never })}
        empty={{ text: t('imports:empty') }}
      />
    </Page>
  )
}

/** The name of a kind of record as it stands alone; within a sentence it is small. */
const capitalised = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1)
