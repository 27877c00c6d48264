import { DownloadOutlined } from '@ant-design/icons'
import { App, Button, Drawer, Progress } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { api } from '#renderer/rpc/api.ts'
import { isOver, useJobs, type JobView } from '#renderer/rpc/jobs.ts'
import { saveFile } from './files.ts'
import { failureWords } from './failure-words.ts'
import { useT } from './i18n.ts'
import { useNotice } from './notices.tsx'
import { EmptyState, ErrorNotice, StatusTag } from './parts.tsx'
import { PdfDialog } from './pdf-preview.tsx'
import type { StatusTone } from './theme.ts'

const TONES: Readonly<Record<JobView['state'], StatusTone>> = {
  queued: 'neutral',
  running: 'active',
  done: 'done',
  failed: 'danger',
  cancelled: 'neutral',
}

/** The name of a kind of job: `jobs:kinds.customers-export`. */
export const jobKindKey = (kind: string) => `jobs:kinds.${kind.replaceAll('.', '-')}`

/** What runs in the background: progress, cancelling, and the files that came of it. */
export function JobTray() {
  const t = useT()
  const { jobs, open, setOpen } = useJobs()
  useFinishedNotice()
  return (
    <Drawer open={open} onClose={() => setOpen(false)} title={t('jobs:title')} size={560}>
      {jobs.length === 0 ? <EmptyState text={t('jobs:empty')} /> : null}
      {jobs.map((job) => (
        <JobCard key={job.id} job={job} />
      ))}
    </Drawer>
  )
}

/** One job with its progress and files; also used by pages that wait for the job they started. */
export function JobCard(props: { job: JobView; onDismissed?: () => void }) {
  const t = useT()
  const notice = useNotice()
  const { job } = props
  const running = !isOver(job)
  const dismiss = async () => {
    try {
      await api.jobs.dismiss({ id: job.id })
      useJobs.getState().drop(job.id)
      props.onDismissed?.()
    } catch (error) {
      notice.fail(error)
    }
  }
  return (
    <div className="tray-job">
      <div className="tray-head">
        <strong>{t(jobKindKey(job.kind))}</strong>
        <StatusTag tone={TONES[job.state]}>{t(`jobs:state.${job.state}`)}</StatusTag>
      </div>
      {running ? (
        <>
          <Progress
            percent={Math.round(job.progress * 100)}
            size="small"
            status="active"
            aria-label={t(jobKindKey(job.kind))}
          />
          <div className="tray-head">
            <span className="muted">
              {job.step === null ? '' : t(job.step)}{' '}
              {job.total > 0 ? t('jobs:progress', { done: job.done, total: job.total }) : ''}
            </span>
            <Button size="small" onClick={() => void api.jobs.cancel({ id: job.id }).catch(notice.fail)}>
              {t('jobs:cancel')}
            </Button>
          </div>
        </>
      ) : null}
      {job.error ? <ErrorNotice error={job.error} /> : null}
      {job.files.map((file) => (
        <JobFile key={file.fileId} file={file} />
      ))}
      {running ? null : (
        <Button size="small" type="text" className="tray-dismiss" onClick={() => void dismiss()}>
          {t('jobs:dismiss')}
        </Button>
      )}
    </div>
  )
}

/** A file of a job: saved where the person wants it, a PDF also shown. */
export function JobFile(props: { file: JobView['files'][number] }) {
  const t = useT()
  const notice = useNotice()
  const [shown, setShown] = useState(false)
  const { file } = props
  return (
    <div className="tray-file">
      <span className="tray-name" title={file.name}>
        {file.name}
      </span>
      {file.mime === 'application/pdf' ? (
        <Button size="small" onClick={() => setShown(true)}>
          {t('jobs:preview')}
        </Button>
      ) : null}
      <Button
        size="small"
        icon={<DownloadOutlined aria-hidden />}
        onClick={() => void saveFile(file.fileId).catch(notice.fail)}
      >
        {t('jobs:save')}
      </Button>
      <PdfDialog file={shown ? file : null} onClose={() => setShown(false)} />
    </div>
  )
}

/** Says once that a job is over, with its first file at hand. */
function useFinishedNotice(): void {
  const t = useT()
  const { notification } = App.useApp()
  const fail = useNotice().fail
  const jobs = useJobs((state) => state.jobs)
  const running = useRef(new Set<string>())
  useEffect(() => {
    for (const job of jobs) {
      if (!isOver(job)) {
        running.current.add(job.id)
        continue
      }
      if (!running.current.delete(job.id) || job.state === 'cancelled') continue
      const file = job.files[0]
      notification.open({
        key: job.id,
        title: t('jobs:over', { kind: t(jobKindKey(job.kind)), state: t(`jobs:state.${job.state}`) }),
        description: job.error ? failureWords(t, job.error) : file?.name,
        duration: job.state === 'failed' ? 0 : 8,
        ...(file
          ? {
              actions: (
                <Button
                  size="small"
                  type="primary"
                  onClick={() => {
                    notification.destroy(job.id)
                    void saveFile(file.fileId).catch(fail)
                  }}
                >
                  {t('jobs:save')}
                </Button>
              ),
            }
          : {}),
      })
    }
  }, [jobs, notification, t, fail])
}
