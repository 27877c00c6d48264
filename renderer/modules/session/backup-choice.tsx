import { useQuery } from '@tanstack/react-query'
import { Button, Radio, Spin } from 'antd'
import { useEffect, useState } from 'react'
import { formatMoment } from '#shared/kernel/dates.ts'
import { api, shownError } from '#renderer/rpc/api.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { EmptyState, ErrorNotice, StatusTag } from '#renderer/ui/parts.tsx'
import { FolderInput } from '#renderer/ui/folder-input.tsx'

interface Chosen {
  readonly dir?: string
  readonly name: string
}

const MB = 1024 * 1024
/** The firm's zone is inside the file that does not open; the computer's own is the best there is. */
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone

/** The backups of the data folder or of another one, newest first; damaged ones cannot be chosen. */
export function BackupChoice(props: { chosen: Chosen | null; onChosen: (chosen: Chosen | null) => void }) {
  const t = useT()
  const [typed, setTyped] = useState('')
  const [dir, setDir] = useState('')
  // The gate empties the cache as it opens, after what stands in it was drawn; a question asked before is lost.
  const [open, setOpen] = useState(false)
  useEffect(() => setOpen(true), [])
  const found = useQuery({
    enabled: open,
    queryKey: ['backups', 'recovery', dir],
    queryFn: () => api.backups.recoveryList(dir === '' ? {} : { dir }),
  })
  const look = (path: string) => {
    props.onChosen(null)
    setDir(path.trim())
  }
  const rows = found.data?.rows ?? []
  return (
    <section aria-label={t('session:recovery.backups.title')} className="backup-choice">
      {found.isError ? <ErrorNotice error={shownError(found.error)} onRetry={() => void found.refetch()} /> : null}
      {found.isPending ? <Spin className="grid-spin" /> : null}
      {found.isSuccess && rows.length === 0 ? <EmptyState text={t('session:recovery.backups.none')} /> : null}
      {rows.length > 0 ? (
        <div className="backup-list">
          <table className="plain-table">
            <thead>
              <tr>
                <td />
                <th scope="col">{t('session:recovery.backups.at')}</th>
                <th scope="col">{t('session:recovery.backups.version')}</th>
                <th scope="col" className="num">
                  {t('session:recovery.backups.size')}
                </th>
                <th scope="col">{t('session:recovery.backups.state')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => {
                const at = formatMoment(row.createdAt, zone)
                return (
                  <tr key={row.name}>
                    <td>
                      <Radio
                        name="backup"
                        checked={props.chosen?.name === row.name}
                        disabled={!row.intact}
                        aria-label={at}
                        onChange={() => props.onChosen({ ...(dir === '' ? {} : { dir }), name: row.name })}
                      />
                    </td>
                    <td>{at}</td>
                    <td>{row.appVersion}</td>
                    <td className="num">{(row.size / MB).toFixed(1)} MB</td>
                    <td>
                      <StatusTag tone={row.intact ? 'done' : 'danger'} icon>
                        {t(row.intact ? 'session:recovery.backups.whole' : 'session:recovery.backups.broken')}
                      </StatusTag>
                    </td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </div>
      ) : null}
      <div className="gate-actions">
        <FolderInput value={typed} label={t('session:recovery.backups.folder')} onChange={setTyped} onChosen={look} />
        <Button onClick={() => look(typed)}>{t('session:recovery.backups.look')}</Button>
      </div>
    </section>
  )
}
