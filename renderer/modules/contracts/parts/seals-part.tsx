import { Button } from 'antd'
import { useState } from 'react'
import type { SealRow } from '#shared/modules/contracts/contracts.papers.schema.ts'
import type { ContractView } from '#shared/modules/contracts/contracts.schema.ts'
import { api } from '#renderer/rpc/api.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useWithReason } from '#renderer/ui/notices.tsx'
import { StatusTag } from '#renderer/ui/parts.tsx'
import { SealDrawer } from './seal-drawer.tsx'

/** Asks for a reason and cancels an entry of the register, which stays on record. */
export function useSealCancel(): (row: SealRow) => Promise<void> {
  const t = useT()
  const withReason = useWithReason()
  return (row) =>
    withReason(
      {
        title: t('contracts:seals.cancelTitle', { number: row.number }),
        text: t('contracts:seals.cancelText'),
        action: t('contracts:seals.cancelAction'),
        danger: true,
        reason: { label: t('contracts:seals.reason') },
      },
      (reason) => api.contracts.seals.cancel({ id: row.id as never, version: row.version, reason }),
      t('contracts:seals.cancelled'),
    )
}

/** Whether an entry still holds, and why not. */
export function SealState({ row }: { row: SealRow }) {
  const t = useT()
  if (row.cancelled === null) return <StatusTag tone="done">{t('contracts:seals.states.valid')}</StatusTag>
  return <StatusTag tone="neutral">{t('contracts:seals.states.cancelled')}</StatusTag>
}

/** The seals on a contract, and the next one. */
export function SealsPart({ view, seals, pages }: { view: ContractView; seals: readonly SealRow[]; pages: number }) {
  const t = useT()
  const may = useCan('contracts.seal')
  const cancel = useSealCancel()
  const [open, setOpen] = useState(false)
  const head = (key: string) => t(`contracts:seals.columns.${key}`)
  return (
    <section aria-label={t('contracts:papers.seals')} className="papers-part">
      <div className="papers-head">
        <h3>{t('contracts:papers.seals')}</h3>
        {may && view.state !== 'void' ? (
          <Button size="small" onClick={() => setOpen(true)}>
            {t('contracts:papers.recordSeal')}
          </Button>
        ) : null}
      </div>
      {seals.length === 0 ? (
        <p className="muted">{t('contracts:papers.noSeals')}</p>
      ) : (
        <table className="plain-table">
          <thead>
            <tr>
              <th>{head('number')}</th>
              <th>{head('day')}</th>
              <th>{head('seal')}</th>
              <th>{head('document')}</th>
              <th className="num">{head('copies')}</th>
              <th className="num">{head('pages')}</th>
              <th>{head('sealedBy')}</th>
              <th>{head('state')}</th>
              {may ? <th>{head('actions')}</th> : null}
            </tr>
          </thead>
          <tbody>
            {seals.map((row) => (
              <tr key={row.id}>
                <td>{row.number}</td>
                <td>{row.day}</td>
                <td>{t(`contracts:seals.kinds.${row.seal}`)}</td>
                <td>{t(`contracts:seals.documents.${row.document}`)}</td>
                <td className="num">{row.copies}</td>
                <td className="num">{row.pages}</td>
                <td>{row.sealedByName}</td>
                <td>
                  <SealState row={row} /> {row.cancelled?.reason}
                </td>
                {may ? (
                  <td>
                    {row.cancelled === null ? (
                      <Button
                        size="small"
                        aria-label={t('contracts:seals.cancelOf', { number: row.number })}
                        onClick={() => void cancel(row)}
                      >
                        {t('contracts:seals.cancel')}
                      </Button>
                    ) : null}
                  </td>
                ) : null}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <SealDrawer view={view} pages={pages} open={open} onClose={() => setOpen(false)} />
    </section>
  )
}
