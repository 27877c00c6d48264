import { DownloadOutlined, EyeOutlined, UnorderedListOutlined } from '@ant-design/icons'
import { App, Badge, Button, Drawer, Progress } from 'antd'
import { useEffect, useState } from 'react'
import type { JobView } from '#shared/modules/jobs/jobs.contract.ts'
import { api, shownError } from '#renderer/rpc/api.ts'
import { useSession } from '#renderer/rpc/session.ts'
import { saveFile } from '#renderer/ui/files.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { EmptyState, ErrorNotice, StatusTag } from '#renderer/ui/parts.tsx'
import { PdfDialog } from '#renderer/ui/pdf-preview.tsx'
import type { StatusTone } from '#renderer/ui/theme.ts'

const TONES: Readonly<Record<JobView['state'], StatusTone>> = {
  queued: 'neutral',
  running: 'active',
  done: 'done',
  failed: 'danger',
  cancelled: 'neutral',
}

/** Long work: what is going on, how far, and the files it made. */
export function JobTray() {
  const t = useT()
  const { message } = App.useApp()
  const online = useSession((state) => state.online)
  const [jobs, setJobs] = useState<readonly JobView[]>([])
  const [open, setOpen] = useState(false)
  const [pdf, setPdf] = useState<{ fileId: string; name: string } | null>(null)

  useEffect(() => {
    if (!online) return
    const stop = new AbortController()
    const listen = async () => {
      setJobs(await api.jobs.list({}))
      for await (const view of await api.jobs.watch({}, { signal: stop.signal })) {
        setJobs((old) => [view, ...old.filter((job) => job.id !== view.id)])
        if (view.state === 'done') message.success(`${t(`jobs:kinds.${view.kind.replaceAll('.', '-')}`)} · ${t('jobs:state.done')}`)
        if (view.state === 'failed') message.error(t(`errors:${view.error?.code ?? 'INTERNAL'}`, view.error?.data as never))
      }
    }
    void listen().catch(() => undefined)
    return () => stop.abort()
  }, [online, message, t])

  const running = jobs.filter((job) => job.state === 'running' || job.state === 'queued').length
  const attempt = async (work: () => Promise<unknown>) => {
    try {
      await work()
      setJobs(await api.jobs.list({}))
    } catch (error) {
      message.error(t(`errors:${shownError(error).code}`))
    }
  }

  return (
    <>
      <Badge count={running} size="small" title={t('common:top.jobs')}>
        <Button type="text" icon={<UnorderedListOutlined />} aria-label={t('common:top.jobs')} onClick={() => setOpen(true)} />
      </Badge>
      <Drawer open={open} onClose={() => setOpen(false)} title={t('jobs:title')} size={420}>
        {jobs.length === 0 ? <EmptyState text={t('jobs:empty')} /> : null}
        {jobs.map((job) => (
          <section className="tray-job" key={job.id} aria-label={t(`jobs:kinds.${job.kind.replaceAll('.', '-')}`)}>
            <strong>{t(`jobs:kinds.${job.kind.replaceAll('.', '-')}`)}</strong>{' '}
            <StatusTag tone={TONES[job.state]}>{t(`jobs:state.${job.state}`)}</StatusTag>
            {job.state === 'running' ? (
              <>
                <Progress
                  percent={Math.round(job.progress * 100)}
                  size="small"
                  aria-label={t(`jobs:kinds.${job.kind.replaceAll('.', '-')}`)}
                />
                <div className="muted">
                  {job.step ? t(job.step) : ''} {job.total > 0 ? t('jobs:progress', { done: job.done, total: job.total }) : ''}
                </div>
              </>
            ) : null}
            {job.error ? <ErrorNotice error={job.error} /> : null}
            {job.files.slice(0, 12).map((file) => (
              <div key={file.fileId} className="view-row">
                <span>{file.name}</span>
                <span>
                  {file.mime === 'application/pdf' ? (
                    <Button
                      type="text"
                      size="small"
                      icon={<EyeOutlined />}
                      aria-label={t('jobs:preview')}
                      onClick={() => setPdf(file)}
                    />
                  ) : null}
                  <Button
                    type="text"
                    size="small"
                    icon={<DownloadOutlined />}
                    aria-label={`${t('jobs:save')} ${file.name}`}
                    onClick={() => void attempt(() => saveFile(file.fileId))}
                  />
                </span>
              </div>
            ))}
            {job.finishedAt === null ? (
              <Button size="small" onClick={() => void attempt(() => api.jobs.cancel({ id: job.id }))}>
                {t('jobs:cancel')}
              </Button>
            ) : (
              <Button size="small" type="text" onClick={() => void attempt(() => api.jobs.dismiss({ id: job.id }))}>
                {t('jobs:dismiss')}
              </Button>
            )}
          </section>
        ))}
      </Drawer>
      <PdfDialog file={pdf} onClose={() => setPdf(null)} />
    </>
  )
}
