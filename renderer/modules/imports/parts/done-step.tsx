import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import type { ImportEntity } from '#shared/modules/imports/imports.schema.ts'
import { jobFailure, useAwaitedJob, type RunResult } from '#renderer/modules/imports/imports.queries.ts'
import { CountStrip } from '#renderer/modules/imports/parts/import-tags.tsx'
import { isOver } from '#renderer/rpc/jobs.ts'
import { saveFile } from '#renderer/ui/files.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { JobCard } from '#renderer/ui/job-tray.tsx'
import { useNotice } from '#renderer/ui/notices.tsx'
import { ErrorNotice, Panel } from '#renderer/ui/parts.tsx'

const LISTS: Readonly<Record<ImportEntity, string>> = {
  customers: '/customers',
  invoices: '/invoices',
  receivables: '/receivables',
}

/** The import as it goes on, and what came of it. */
export function DoneStep(props: { entity: ImportEntity; jobId: string; onAgain: () => void }) {
  const t = useT()
  const notice = useNotice()
  const navigate = useNavigate()
  const [result, setResult] = useState<RunResult | null>(null)
  const job = useAwaitedJob(props.jobId, (done) => setResult(done.result as RunResult))
  const failure = jobFailure(job)
  const again = <Button onClick={props.onAgain}>{t('imports:done.again')}</Button>
  if (failure) {
    return (
      <Panel>
        {failure.code === 'CANCELLED' ? <p>{t('imports:done.cancelled')}</p> : <ErrorNotice error={failure} />}
        {again}
      </Panel>
    )
  }
  if (!result) {
    return (
      <Panel>
        <p className="muted">{t('imports:done.running')}</p>
        {job && !isOver(job) ? <JobCard job={job} /> : null}
      </Panel>
    )
  }
  const file = job?.files[0]
  return (
    <Panel title={t('imports:done.title')}>
      <CountStrip counts={result} />
      <p role="status">{t('imports:done.sum', { ...result, importId: '' })}</p>
      <div className="action-bar">
        <Button type="primary" onClick={() => void navigate({ to: LISTS[props.entity] as never })}>
          {t('imports:done.list')}
        </Button>
        <Button onClick={() => void navigate({ to: `/imports/${result.importId}` as never })}>
          {t('imports:done.open')}
        </Button>
        {file ? (
          <Button onClick={() => void saveFile(file.fileId).catch(notice.fail)}>{t('imports:check.errorSheet')}</Button>
        ) : null}
        {again}
      </div>
    </Panel>
  )
}
