import { Button } from 'antd'
import type { CourtFileRow, CourtPreview } from '#shared/modules/dunning/dunning.court.schema.ts'
import { api } from '#renderer/rpc/api.ts'
import { saveTicket } from '#renderer/ui/files.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { Amount, StatusTag } from '#renderer/ui/parts.tsx'

/** The evidence in its order, as the index will list it. */
export function CourtPieces({ pieces }: { pieces: CourtPreview['pieces'] }) {
  const t = useT()
  const head = (key: string) => t(`dunning:court.columns.${key}`)
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th scope="col" className="num">
            {head('no')}
          </th>
          <th scope="col">{head('name')}</th>
          <th scope="col">{head('proves')}</th>
          <th scope="col">{head('source')}</th>
        </tr>
      </thead>
      <tbody>
        {pieces.map((piece) => (
          <tr key={piece.no}>
            <td className="num">{piece.no}</td>
            <td>{t(piece.name.key, piece.name.params)}</td>
            <td>{t(piece.proves.key, piece.proves.params)}</td>
            <td>{piece.made ? <span className="muted">{t('dunning:court.program')}</span> : piece.source}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** What is missing, the serious first. */
export function CourtGaps({ gaps }: { gaps: CourtPreview['gaps'] }) {
  const t = useT()
  if (gaps.length === 0) return <p>{t('dunning:court.noGaps')}</p>
  const ordered = gaps.toSorted((a, b) => Number(b.grave) - Number(a.grave))
  return (
    <ul className="court-gaps">
      {ordered.map(({ section, reason, grave }) => (
        <li key={`${reason.key} ${JSON.stringify(reason.params)}`}>
          <StatusTag tone={grave ? 'danger' : 'attention'}>{t(`dunning:court.sections.${section}`)}</StatusTag>{' '}
          {t(reason.key, reason.params)}
        </li>
      ))}
    </ul>
  )
}

/** The files that were made of this customer's debts; the index of each is kept. */
export function CourtFiles({ files }: { files: readonly CourtFileRow[] }) {
  const t = useT()
  const notice = useNotice()
  if (files.length === 0) return <p className="muted">{t('dunning:court.noEarlier')}</p>
  const open = async (id: string) => {
    try {
      const { url, name } = await api.dunning.court.index({ id: id as never })
      saveTicket(url, name)
    } catch (error) {
      notice.fail(error)
    }
  }
  return (
    <ul className="court-files">
      {files.map((file) => (
        <li key={file.id}>
          <span>
            {file.day} · {file.createdByName} · <Amount fen={file.principal + file.interest} />
          </span>
          <span className="muted">
            {[
              t('dunning:court.pieceCount', { count: file.pieces }),
              t('dunning:court.gapCount', { count: file.gaps }),
              ...(file.closedDay === null ? [] : [t('dunning:court.closed', { day: file.closedDay })]),
            ].join(' · ')}
          </span>
          <Button type="link" size="small" onClick={() => void open(file.id)}>
            {t('dunning:court.openIndex')}
          </Button>
        </li>
      ))}
    </ul>
  )
}
