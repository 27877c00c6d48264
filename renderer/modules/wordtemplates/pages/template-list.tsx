import { Link, useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { formatMoment } from '#shared/i18n/formatters.ts'
import { LOCALES } from '#shared/i18n/locale.ts'
import { CONTRACT_KINDS } from '#shared/modules/contracts/contracts.schema.ts'
import { STANDINGS } from '#shared/modules/wordtemplates/wordtemplates.rules.ts'
import type { TemplateRow } from '#shared/modules/wordtemplates/wordtemplates.schema.ts'
import { SEAT_ZONE } from '#renderer/modules/customers/customers.queries.ts'
import { StandingTag } from '#renderer/modules/wordtemplates/parts/standing-tag.tsx'
import { UploadDrawer } from '#renderer/modules/wordtemplates/parts/upload-drawer.tsx'
import '#renderer/modules/wordtemplates/wordtemplates.css'
import { api } from '#renderer/rpc/api.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { DataGrid, type GridColumn } from '#renderer/ui/data-grid.tsx'
import type { ExportAsked } from '#renderer/ui/grid-state.ts'
import type { GridFilter } from '#renderer/ui/grid-toolbar.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { Page, StatusTag } from '#renderer/ui/parts.tsx'

/** The firm's own Word templates. */
export function TemplateListPage() {
  const t = useT()
  const navigate = useNavigate()
  const may = useCan('wordtemplates.write')
  const [open, setOpen] = useState(false)
  const show = (id: string) => void navigate({ to: `/word-templates/${id}` as never })
  const fields = <Link to={'/word-templates/fields' as never}>{t('wordtemplates:actions.fields')}</Link>
  return (
    <Page
      title={t('wordtemplates:title')}
      extra={
        <span className="muted">
          {t('wordtemplates:hint')} · {fields}
        </span>
      }
      action={
        may ? (
          <Button type="primary" onClick={() => setOpen(true)}>
            {t('wordtemplates:actions.upload')}
          </Button>
        ) : null
      }
    >
      <DataGrid<TemplateRow>
        id="word-templates"
        module="wordtemplates"
        columns={useColumns()}
        filters={useFilters()}
        defaultSort={{ key: 'updatedAt', dir: 'desc' }}
        load={(input) => api.wordTemplates.list(input as never)}
        summarise={(input) => api.wordTemplates.summary(input as never)}
        rowKey={(row) => row.id}
        onOpen={(row) => show(row.id)}
        exportRows={(asked: ExportAsked) => api.wordTemplates.exportRows(asked as never)}
        searchHint={t('wordtemplates:search')}
        empty={{
          text: t('wordtemplates:empty'),
          action: (
            <Button onClick={() => void navigate({ to: '/word-templates/fields' as never })}>
              {t('wordtemplates:actions.fields')}
            </Button>
          ),
        }}
      />
      <UploadDrawer open={open} onClose={() => setOpen(false)} onDone={show} />
    </Page>
  )
}

function useColumns(): GridColumn<TemplateRow>[] {
  const t = useT()
  const column = (
    key: string,
    width: number,
    text: (row: TemplateRow) => string,
    sort?: string,
  ): GridColumn<TemplateRow> => ({
    key,
    title: t(`wordtemplates:columns.${key}`),
    width,
    ...(sort ? { sort } : {}),
    render: text,
    text,
  })
  const count = (no: number | null) => (no === null ? '' : String(no))
  const found = (row: TemplateRow) => {
    const said = (['broken', 'unknown', 'missing'] as const)
      .filter((what) => row[what] > 0)
      .map((what) => t(`wordtemplates:found.${what}`, { count: row[what] }))
    return said.length === 0 ? t('wordtemplates:found.ready') : said.join(' · ')
  }
  return [
    column('name', 210, (row) => row.name, 'name'),
    column('kind', 108, (row) => t(`contracts:kinds.${row.kind}`), 'kind'),
    column('language', 128, (row) => t(`contracts:languages.${row.language}`)),
    {
      ...column('standing', 96, (row) => t(`wordtemplates:standings.${row.standing}`)),
      render: (row) => <StandingTag standing={row.standing} />,
    },
    { ...column('no', 64, (row) => count(row.no)), align: 'right' },
    column('validFrom', 100, (row) => row.validFrom ?? ''),
    { ...column('draftNo', 84, (row) => count(row.draftNo)), align: 'right' },
    {
      ...column('findings', 250, found),
      render: (row) => (
        <StatusTag tone={row.broken + row.unknown > 0 ? 'danger' : row.missing > 0 ? 'attention' : 'done'}>
          {found(row)}
        </StatusTag>
      ),
    },
    column('updatedBy', 76, (row) => row.updatedByName),
    column('updatedAt', 138, (row) => formatMoment(row.updatedAt, SEAT_ZONE), 'updatedAt'),
  ]
}

function useFilters(): GridFilter[] {
  const t = useT()
  const select = (name: string, values: readonly string[], label: (value: string) => string): GridFilter => ({
    kind: 'select',
    name,
    label: t(`wordtemplates:filters.${name}`),
    options: values.map((value) => ({ value, label: label(value) })),
  })
  const shown = STANDINGS.filter((standing) => standing !== 'replaced')
  return [
    select('standing', shown, (value) => t(`wordtemplates:standings.${value}`)),
    select('kind', CONTRACT_KINDS, (value) => t(`contracts:kinds.${value}`)),
    select('language', LOCALES, (value) => t(`contracts:languages.${value}`)),
  ]
}
