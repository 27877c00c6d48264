import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import type { ContractView } from '#shared/modules/contracts/contracts.schema.ts'
import type { ObligationRow } from '#shared/modules/obligations/obligations.schema.ts'
import { whatOf, whenOf } from '#shared/modules/obligations/obligations.words.ts'
import '#renderer/modules/obligations/obligations.css'
import { mayStep, useObligationsOf } from '#renderer/modules/obligations/obligations.queries.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { ErrorNotice, Panel } from '#renderer/ui/parts.tsx'
import { CreateObligation } from './create-drawer.tsx'
import { ObligationTag } from './state-tag.tsx'
import { useObligationSteps } from './step-drawers.tsx'

/** What a contract binds both sides to, on its page: what is open first, what is finished when asked for. */
export function ObligationsPanel({ view }: { view: ContractView }) {
  const t = useT()
  const may = useCan('contracts.perform')
  const found = useObligationsOf(view.id)
  const [creating, setCreating] = useState(false)
  const steps = useObligationSteps()
  const rows = found.data?.rows ?? []
  const open = rows.filter((row) => row.done === null && row.dropped === null)
  const late = open.filter((row) => row.state === 'overdue').length
  return (
    <Panel
      title={t('obligations:title')}
      extra={
        <>
          <span className="muted">{t('obligations:panel.summary', { open: open.length, late })}</span>
          {may && view.ended === null ? (
            <Button size="small" onClick={() => setCreating(true)}>
              {t('obligations:create.submit')}
            </Button>
          ) : null}
        </>
      }
    >
      {found.shownError ? <ErrorNotice error={found.shownError} onRetry={() => void found.refetch()} /> : null}
      {found.data && rows.length === 0 ? <p className="muted">{t('obligations:none')}</p> : null}
      {(['ours', 'theirs'] as const).map((side) => (
        <SideTable
          key={side}
          side={side}
          rows={rows.filter((row) => row.side === side)}
          onDone={may ? (row) => steps.ask('done', [row]) : null}
        />
      ))}
      <CreateObligation
        contractId={view.id}
        ownerId={view.ownerId}
        open={creating}
        onClose={() => setCreating(false)}
      />
      {steps.drawers}
    </Panel>
  )
}

function SideTable(props: {
  side: ObligationRow['side']
  rows: readonly ObligationRow[]
  onDone: ((row: ObligationRow) => void) | null
}) {
  const t = useT()
  const head = (key: string) => t(`obligations:columns.${key}`)
  if (props.rows.length === 0) return null
  return (
    <table className="plain-table obligations-side">
      <caption>{t(`obligations:sides.${props.side}`)}</caption>
      <thead>
        <tr>
          <th>{head('detail')}</th>
          <th>{head('dueDay')}</th>
          <th>{head('owner')}</th>
          <th>{head('state')}</th>
          {props.onDone ? <th>{head('actions')}</th> : null}
        </tr>
      </thead>
      <tbody>
        {props.rows.map((row) => (
          <tr key={row.id} className={row.dropped ? 'muted' : ''}>
            <td>
              <Link to={`/obligations/${row.id}` as never}>{whatOf(t, row)}</Link>
            </td>
            <td>{row.dueDay ?? <span className="muted">{whenOf(t, row)}</span>}</td>
            <td>{row.ownerName}</td>
            <td>
              <ObligationTag row={row} />
            </td>
            {props.onDone ? (
              <td>
                {mayStep(row, 'done') ? (
                  <Button
                    size="small"
                    aria-label={`${t('obligations:done.submit')}: ${whatOf(t, row)}`}
                    onClick={() => props.onDone?.(row)}
                  >
                    {t('obligations:done.submit')}
                  </Button>
                ) : null}
              </td>
            ) : null}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
