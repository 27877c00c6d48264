import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { LOCALES } from '#shared/i18n/locale.ts'
import { formatMoment } from '#shared/i18n/formatters.ts'
import { STANDINGS, type TemplateRow } from '#shared/modules/clauses/clauses.schema.ts'
import { CONTRACT_KINDS } from '#shared/modules/contracts/contracts.schema.ts'
import { LibraryLinks } from '#renderer/modules/clauses/parts/library-links.tsx'
import { StandingTag, useFaultWords } from '#renderer/modules/clauses/parts/standing-tag.tsx'
import { useShortLanguages, useWordsIn } from '#renderer/modules/clauses/parts/use-words.ts'
import { SEAT_ZONE } from '#renderer/modules/customers/customers.queries.ts'
import { api } from '#renderer/rpc/api.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { DataGrid, type GridColumn } from '#renderer/ui/data-grid.tsx'
import type { ExportAsked } from '#renderer/ui/grid-state.ts'
import type { GridFilter } from '#renderer/ui/grid-toolbar.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { Page } from '#renderer/ui/parts.tsx'

/** The templates that contracts are written by, and why one cannot be used. */
export function TemplateListPage() {
  const t = useT()
  const navigate = useNavigate()
  const may = useCan('clauses.write')
  const mayExport = useCan('clauses.export')
  const go = (to: string) => void navigate({ to: to as never })
  const create = <Button onClick={() => go('/contract-templates/new')}>{t('clauses:templates.create')}</Button>
  return (
    <Page
      title={t('clauses:templates.title')}
      extra={<LibraryLinks at="templates" />}
      action={
        may ? (
          <span className="action-bar">
            <Button onClick={() => go('/contract-templates/import')}>{t('clauses:templates.importFile')}</Button>
            <Button type="primary" onClick={() => go('/contract-templates/new')}>
              {t('clauses:templates.create')}
            </Button>
          </span>
        ) : null
      }
    >
      <DataGrid<TemplateRow>
        id="contract-templates"
        module="clauses"
        columns={useColumns()}
        filters={useFilters()}
        defaultSort={{ key: 'code', dir: 'asc' }}
        load={(input) => api.clauses.templates.list(input as never)}
        summarise={(input) => api.clauses.templates.summary(input as never)}
        rowKey={(row) => row.id}
        onOpen={(row) => go(`/contract-templates/${row.id}`)}
        {...(mayExport ? { exportRows: (asked: ExportAsked) => api.clauses.templates.exportRows(asked as never) } : {})}
        searchHint={t('clauses:templates.search')}
        empty={{ text: t('clauses:templates.empty'), ...(may ? { action: create } : {}) }}
      />
    </Page>
  )
}

function useColumns(): GridColumn<TemplateRow>[] {
  const t = useT()
  const nameOf = useWordsIn()
  const languages = useShortLanguages()
  const faultWords = useFaultWords()
  const column = (key: string, width: number, text: (row: TemplateRow) => string, sort?: string) => ({
    key,
    title: t(`clauses:columns.${key}`),
    width,
    ...(sort ? { sort } : {}),
    render: text,
    text,
  })
  return [
    column('code', 84, (row) => row.code, 'code'),
    column('name', 190, (row) => nameOf(row.names)),
    column('kind', 108, (row) => t(`contracts:kinds.${row.kind}`), 'kind'),
    column('standard', 72, (row) => (row.standard ? t('clauses:templates.standard') : '')),
    {
      ...column('standing', 88, (row) => t(`clauses:standings.${row.standing}`)),
      render: (row) => <StandingTag standing={row.standing} />,
    },
    column(
      'edition',
      96,
      (row) =>
        `${t('clauses:page.edition', { no: row.editionNo })}${row.hasDraft && row.standing !== 'draft' ? ` · ${t('clauses:draftOpen')}` : ''}`,
    ),
    column('languages', 112, (row) => languages(row.languages)),
    column('fault', 220, (row) =>
      row.fault && row.standing !== 'draft' && row.standing !== 'scheduled' ? faultWords(row.fault, row.code) : '',
    ),
    { ...column('contracts', 72, (row) => String(row.contracts)), align: 'right' },
    column('updatedAt', 138, (row) => formatMoment(row.updatedAt, SEAT_ZONE), 'updatedAt'),
  ]
}

function useFilters(): GridFilter[] {
  const t = useT()
  const label = (key: string) => t(`clauses:filters.${key}`)
  return [
    {
      kind: 'select',
      name: 'kind',
      label: label('kind'),
      options: CONTRACT_KINDS.map((value) => ({ value, label: t(`contracts:kinds.${value}`) })),
    },
    {
      kind: 'select',
      name: 'standing',
      label: label('standing'),
      options: STANDINGS.map((value) => ({ value, label: t(`clauses:standings.${value}`) })),
    },
    {
      kind: 'select',
      name: 'language',
      label: label('language'),
      options: LOCALES.map((value) => ({ value, label: t(`contracts:languages.${value}`) })),
    },
    {
      kind: 'select',
      name: 'standard',
      label: label('standard'),
      options: [{ value: true as never, label: t('clauses:standardOnly') }],
    },
    {
      kind: 'select',
      name: 'hasDraft',
      label: label('hasDraft'),
      options: [{ value: true as never, label: t('clauses:draftOpen') }],
    },
  ]
}
