import { useParams } from '@tanstack/react-router'
import { Button, Spin } from 'antd'
import { useState } from 'react'
import { formatMoment } from '#shared/i18n/formatters.ts'
import type { ImportRecord, RevertView } from '#shared/modules/imports/imports.schema.ts'
import { useAwaitedJob } from '#renderer/modules/imports/imports.queries.ts'
import { CountStrip, ImportStateTag } from '#renderer/modules/imports/parts/import-tags.tsx'
import { api } from '#renderer/rpc/api.ts'
import { isOver, type JobView } from '#renderer/rpc/jobs.ts'
import { useCommand, useEntry } from '#renderer/rpc/queries.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { JobCard } from '#renderer/ui/job-tray.tsx'
import { useConfirm, useNotice } from '#renderer/ui/notices.tsx'
import { ErrorNotice, Facts, Page, Panel } from '#renderer/ui/parts.tsx'
import '#renderer/modules/imports/imports.css'

const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone

/** One past import: what it did, and the way back. */
export function ImportRecordPage() {
  const t = useT()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const record = useEntry('imports', id, () => api.imports.get({ id }))
  if (record.shownError) {
    return (
      <Page title={t('imports:record')}>
        <ErrorNotice error={record.shownError} onRetry={() => void record.refetch()} />
      </Page>
    )
  }
  if (!record.data) return <Spin className="grid-spin" />
  const { data } = record
  return (
    <Page
      title={data.fileName}
      extra={<ImportStateTag reverted={data.revertedAt !== null} />}
      action={data.revertedAt === null ? <Revert record={data} onDone={() => void record.refetch()} /> : null}
    >
      <CountStrip counts={data} />
      <Panel>
        <Facts
          items={[
            { label: t('imports:columns.what'), value: t(`imports:entity.${data.entity}`) },
            { label: t('imports:columns.user'), value: data.userName ?? '' },
            { label: t('imports:columns.at'), value: formatMoment(data.at, ZONE) },
            ...(data.revertedAt === null
              ? []
              : [{ label: t('imports:state.reverted'), value: formatMoment(data.revertedAt, ZONE) }]),
          ]}
        />
      </Panel>
    </Page>
  )
}

function Revert(props: { record: ImportRecord & { revert: RevertView }; onDone: () => void }) {
  const t = useT()
  const notice = useNotice()
  const confirm = useConfirm()
  const [jobId, setJobId] = useState<string | null>(null)
  const { record } = props
  const { same, changed, inUse } = record.revert
  const kept = changed + inUse > 0
  const revert = useCommand((input: Parameters<typeof api.imports.revert>[0], options) =>
    api.imports.revert(input, options),
  )
  const job = useAwaitedJob(jobId, (done: JobView) => {
    notice.done(t('imports:revert.done', done.result as { reverted: number; kept: number }))
    setJobId(null)
    props.onDone()
  })
  const ask = async () => {
    const text = (
      <>
        <p>{t('imports:revert.text', { same })}</p>
        {kept ? <p>{t('imports:revert.kept', { changed, inUse })}</p> : null}
      </>
    )
    const sure = await confirm({ title: t('imports:revert.title'), text, action: t('imports:revert.action') })
    if (sure === null) return
    try {
      setJobId((await revert.run({ id: record.id, version: record.version, keepChanged: kept })).jobId)
    } catch (error) {
      notice.fail(error)
      props.onDone()
    }
  }
  return (
    <>
      {job && job.state !== 'done' ? <JobCard job={job} /> : null}
      <Button loading={revert.busy || (job !== null && !isOver(job))} disabled={same === 0} onClick={() => void ask()}>
        {t('imports:revert.action')}
      </Button>
    </>
  )
}
