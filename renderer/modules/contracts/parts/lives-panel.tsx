import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { formatMoment } from '#shared/i18n/formatters.ts'
import type { SupplementRow } from '#shared/modules/contracts/contracts.lives.schema.ts'
import type { ContractView } from '#shared/modules/contracts/contracts.schema.ts'
import { api } from '#renderer/rpc/api.ts'
import { useList } from '#renderer/rpc/queries.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { Amount, ErrorNotice, Panel, StatusTag } from '#renderer/ui/parts.tsx'
import { useGo } from '#renderer/ui/use-go.ts'
import { RedlineDrawer } from './redline-drawer.tsx'

const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone
const TONES = { draft: 'neutral', signed: 'done', void: 'danger' } as const

/** The state of a supplement, in words. */
export function SupplementTag({ state }: Pick<SupplementRow, 'state'>) {
  const t = useT()
  return <StatusTag tone={TONES[state]}>{t(`contracts:supplement.states.${state}`)}</StatusTag>
}

/** What became of a contract: what was changed in writing, and what was kept of it. */
export function LivesPanel({ view }: { view: ContractView }) {
  return (
    <>
      {view.state === 'signed' ? <SupplementsPanel view={view} /> : null}
      <VersionsPanel view={view} />
    </>
  )
}

function SupplementsPanel({ view }: { view: ContractView }) {
  const t = useT()
  const go = useGo()
  const may = useCan('contracts.update')
  const found = useList('contracts', ['supplements', view.id], () =>
    api.contracts.supplements.list({ contractId: view.id }),
  )
  const rows = found.data ?? []
  const open = rows.some((row) => row.state === 'draft')
  const draft = () => go(`/contracts/${view.id}/supplement`)
  return (
    <Panel
      title={t('contracts:supplement.list')}
      extra={
        may && !open && view.ended === null ? (
          <Button size="small" onClick={draft}>
            {t('contracts:supplement.draft')}
          </Button>
        ) : null
      }
    >
      {found.shownError ? <ErrorNotice error={found.shownError} /> : null}
      {found.data && rows.length === 0 ? <p className="muted">{t('contracts:supplement.none')}</p> : null}
      {rows.length === 0 ? null : (
        <table className="plain-table">
          <thead>
            <tr>
              <th>{t('contracts:supplement.document.number')}</th>
              <th>{t('contracts:supplement.reason')}</th>
              <th>{t('contracts:columns.stage')}</th>
              <th>{t('contracts:supplement.signDay')}</th>
              <th className="num">{t('contracts:supplement.amount')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <td>
                  <Link to={`/contracts/supplements/${row.id}` as never}>{row.number}</Link>
                </td>
                <td>{row.reason}</td>
                <td>
                  <SupplementTag state={row.state} />
                </td>
                <td>{row.signDay ?? ''}</td>
                <td className="num">
                  <Amount fen={row.amount} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  )
}

function VersionsPanel({ view }: { view: ContractView }) {
  const t = useT()
  const [no, setNo] = useState<number | null>(null)
  const found = useList('contracts', ['versions', view.id], () => api.contracts.versions({ id: view.id }))
  const rows = found.data ?? []
  if (rows.length === 0) return null
  return (
    <Panel title={t('contracts:versions.title')}>
      <table className="plain-table">
        <tbody>
          {rows.map((row) => (
            <tr key={row.no}>
              <td>{t('contracts:versions.no', { no: row.no })}</td>
              <td>{[t(`contracts:versions.reasons.${row.reason}`), row.supplementNumber].filter(Boolean).join(' ')}</td>
              <td>{[formatMoment(row.at, ZONE), row.byName].join(' ')}</td>
              <td className="num">
                <Amount fen={row.amount} />
              </td>
              <td className="num">
                {rows.length > 1 || view.state === 'draft' ? (
                  <Button size="small" type="link" onClick={() => setNo(row.no)}>
                    {t('contracts:versions.changes')}
                    <span className="visually-hidden"> {row.no}</span>
                  </Button>
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <RedlineDrawer contractId={view.id} versions={rows} no={no} onClose={() => setNo(null)} />
    </Panel>
  )
}
