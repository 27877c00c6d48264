import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { LOCALES } from '#shared/i18n/locale.ts'
import { formatMoment } from '#shared/i18n/formatters.ts'
import { STANDINGS, TOPICS, type ClauseRow } from '#shared/modules/clauses/clauses.schema.ts'
import { CONTRACT_KINDS } from '#shared/modules/contracts/contracts.schema.ts'
import { LibraryLinks } from '#renderer/modules/clauses/parts/library-links.tsx'
import { StandingTag } from '#renderer/modules/clauses/parts/standing-tag.tsx'
import { useShortLanguages, useWordsIn } from '#renderer/modules/clauses/parts/use-words.ts'
import { SEAT_ZONE } from '#renderer/modules/customers/customers.queries.ts'
import { api } from '#renderer/rpc/api.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { DataGrid, type GridColumn } from '#renderer/ui/data-grid.tsx'
import type { ExportAsked } from '#renderer/ui/grid-state.ts'
import type { GridFilter } from '#renderer/ui/grid-toolbar.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { Page } from '#renderer/ui/parts.tsx'

/** Every clause of the firm, by what it is about. */
export function ClauseListPage() {
  const t = useT()
  const navigate = useNavigate()
  const may = useCan('clauses.write')
  const mayExport = useCan('clauses.export')
  const create = () => void navigate({ to: '/clauses/new' as never })
  const button = <Button onClick={create}>{t('clauses:list.create')}</Button>
  return (
    <Page
      title={t('clauses:list.title')}
      extra={<LibraryLinks at="clauses" />}
      action={
        may ? (
          <Button type="primary" onClick={create}>
            {t('clauses:list.create')}
          </Button>
        ) : null
      }
    >
      <DataGrid<ClauseRow>
        id="clauses"
        module="clauses"
        columns={useColumns()}
        filters={useFilters()}
        defaultSort={{ key: 'code', dir: 'asc' }}
        load={(input) => api.clauses.list(input as never)}
        summarise={(input) => api.clauses.summary(input as never)}
        rowKey={(row) => row.id}
        onOpen={(row) => void navigate({ to: `/clauses/${row.id}` as never })}
        {...(mayExport ? { exportRows: (asked: ExportAsked) => api.clauses.exportRows(asked as never) } : {})}
        searchHint={t('clauses:list.search')}
        empty={{ text: t('clauses:list.empty'), ...(may ? { action: button } : {}) }}
      />
    </Page>
  )
}

function useColumns(): GridColumn<ClauseRow>[] {
  const t = useT()
  const nameOf = useWordsIn()
  const languages = useShortLanguages()
  const column = (key: string, width: number, text: (row: ClauseRow) => string, sort?: string) => ({
    key,
    title: t(`clauses:columns.${key}`),
    width,
    ...(sort ? { sort } : {}),
    render: text,
    text,
  })
  return [
    column('code', 84, (row) => row.code, 'code'),
    column('name', 220, (row) => nameOf(row.names)),
    column('topic', 116, (row) => t(`clauses:topics.${row.topic}`), 'topic'),
    column('kinds', 170, (row) => row.kinds.map((kind) => t(`contracts:kinds.${kind}`)).join(' · ')),
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
    column('major', 104, (row) => (row.major ? t('clauses:major') : '')),
    { ...column('usedBy', 84, (row) => String(row.usedBy)), align: 'right' },
    column('updatedAt', 138, (row) => formatMoment(row.updatedAt, SEAT_ZONE), 'updatedAt'),
  ]
}

function useFilters(): GridFilter[] {
  const t = useT()
  const label = (key: string) => t(`clauses:filters.${key}`)
  return [
    {
      kind: 'select',
      name: 'topic',
      label: label('topic'),
      options: TOPICS.map((value) => ({ value, label: t(`clauses:topics.${value}`) })),
    },
    {
      kind: 'select',
      name: 'standing',
      label: label('standing'),
      options: STANDINGS.map((value) => ({ value, label: t(`clauses:standings.${value}`) })),
    },
    {
      kind: 'select',
      name: 'kind',
      label: label('kind'),
      options: CONTRACT_KINDS.map((value) => ({ value, label: t(`contracts:kinds.${value}`) })),
    },
    {
      kind: 'select',
      name: 'language',
      label: label('language'),
      options: LOCALES.map((value) => ({ value, label: t(`contracts:languages.${value}`) })),
    },
    {
      kind: 'select',
      name: 'major',
      label: label('major'),
      options: [true, false].map((value) => ({
        value: value as never,
        label: t(`clauses:yesNo.${value ? 'yes' : 'no'}`),
      })),
    },
    {
      kind: 'select',
      name: 'hasDraft',
      label: label('hasDraft'),
      options: [{ value: true as never, label: t('clauses:draftOpen') }],
    },
  ]
}
