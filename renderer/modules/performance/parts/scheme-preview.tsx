import { Button } from 'antd'
import { useState } from 'react'
import { shiftMonth } from '#shared/kernel/dates.ts'
import { formatScore } from '#shared/modules/performance/performance.words.ts'
import { api } from '#renderer/rpc/api.ts'
import { useForm } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { firmMonth } from '#renderer/ui/firm-day.ts'
import { schemeFormSchema } from './scheme-form.ts'

type Preview = Awaited<ReturnType<typeof api.performance.schemes.preview>>

/** Tries the scheme in the form on last month's records, beside what counts there. */
export function SchemePreview() {
  const t = useT()
  const form = useForm()
  const notice = useNotice()
  const [found, setFound] = useState<Preview | null>(null)
  const [busy, setBusy] = useState(false)
  const month = shiftMonth(firmMonth(), -1)
  const parsed = schemeFormSchema.safeParse(form.values)
  const word = (key: string, params?: Record<string, string>) => t(`performance:schemes.${key}`, params)
  const run = async () => {
    if (!parsed.success) return
    setBusy(true)
    try {
      setFound(await api.performance.schemes.preview({ month, body: parsed.data.body }))
    } catch (error) {
      notice.fail(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <p className="action-bar">
        <Button size="small" loading={busy} disabled={!parsed.success} onClick={() => void run()}>
          {word('preview', { month })}
        </Button>
        <span className="muted">{word('previewHint')}</span>
      </p>
      {found ? <PreviewTable found={found} /> : null}
    </>
  )
}

function PreviewTable({ found }: { found: Preview }) {
  const t = useT()
  const head = (key: string) => t(`performance:${key}`)
  if (found.rows.length === 0) return <p className="muted">{head('schemes.previewEmpty')}</p>
  return (
    <table className="plain-table scheme-preview" aria-live="polite">
      <thead>
        <tr>
          <th scope="col">{head('columns.person')}</th>
          {['previewNow', 'previewThen', 'previewChange'].map((key) => (
            <th key={key} scope="col" className="num">
              {head(`schemes.${key}`)}
            </th>
          ))}
          <th scope="col">{head('columns.grade')}</th>
        </tr>
      </thead>
      <tbody>
        {found.rows.map((row) => (
          <tr key={row.userId}>
            <td>{row.userName}</td>
            <td className="num">{formatScore(row.now)}</td>
            <td className="num">{formatScore(row.then)}</td>
            <td className={row.then < row.now ? 'num negative' : 'num'}>{formatScore(row.then - row.now)}</td>
            <td>{row.grade ?? ''}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
