import { Link } from '@tanstack/react-router'
import { Button, Spin } from 'antd'
import type { SchemeRow } from '#shared/modules/performance/performance.schemes.schema.ts'
import { useSchemes } from '#renderer/modules/performance/performance.queries.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { EmptyState, ErrorNotice, Page } from '#renderer/ui/parts.tsx'
import { useGo } from '#renderer/ui/use-go.ts'
import '../performance.css'

/** The firm's schemes: for whom, since when, and by how many indicators. */
export function SchemeListPage() {
  const t = useT()
  const go = useGo()
  const may = useCan('performance.schemes')
  const found = useSchemes()
  const word = (key: string) => t(`performance:schemes.${key}`)
  const create = (
    <Button type="primary" onClick={() => go('/performance/schemes/new')}>
      {word('create')}
    </Button>
  )
  return (
    <Page title={word('title')} action={may ? create : null}>
      {found.shownError ? <ErrorNotice error={found.shownError} onRetry={() => void found.refetch()} /> : null}
      {found.isPending ? <Spin className="grid-spin" /> : null}
      {found.data?.rows.length === 0 ? <EmptyState text={word('empty')} /> : null}
      {found.data && found.data.rows.length > 0 ? (
        <table className="plain-table">
          <thead>
            <tr>
              {['name', 'roles', 'teamIds', 'items', 'fromMonth', 'lastMonth'].map((key) => (
                <th key={key} scope="col">
                  {word(`fields.${key}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {found.data.rows.map((row) => (
              <Row key={row.id} row={row} teams={found.data?.teams ?? []} />
            ))}
          </tbody>
        </table>
      ) : null}
    </Page>
  )
}

function Row({ row, teams }: { row: SchemeRow; teams: readonly { id: string; name: string }[] }) {
  const t = useT()
  const [newest] = row.editions
  if (!newest) return null
  const { body, fromMonth, no } = newest
  return (
    <tr>
      <td>
        <Link to={`/performance/schemes/${row.id}` as never}>{row.name}</Link>
      </td>
      <td>{body.roles.map((role) => t(`policy:roles.${role}`)).join(t('performance:rules.between'))}</td>
      <td>{teamWords(body.teamIds, teams, t('performance:schemes.everybody'))}</td>
      <td>{body.items.length}</td>
      <td>
        {fromMonth} <span className="muted">{t('performance:schemes.edition', { no })}</span>
      </td>
      <td>{row.lastMonth ?? t('performance:schemes.ongoing')}</td>
    </tr>
  )
}

/** The teams of a scheme by their names; one that is gone is left out. */
export function teamWords(ids: readonly string[], teams: readonly { id: string; name: string }[], all: string): string {
  if (ids.length === 0) return all
  return teams
    .filter((team) => ids.includes(team.id))
    .map((team) => team.name)
    .join(' · ')
}
