import {
  CloseOutlined,
  DeleteOutlined,
  DownloadOutlined,
  EditOutlined,
  FileExcelOutlined,
  FileImageOutlined,
  FilePdfOutlined,
  FilePptOutlined,
  FileTextOutlined,
  FileWordOutlined,
} from '@ant-design/icons'
import { Button, Progress, Spin } from 'antd'
import { useEffect, useRef, useState, type ComponentType, type DragEvent, type KeyboardEvent } from 'react'
import { z } from 'zod'
import { formatMoment } from '#shared/i18n/formatters.ts'
import { shortText } from '#shared/kernel/text.ts'
import {
  isPreviewed,
  KIND_FACTS,
  shownSize,
  type AttachedTo,
  type AttachmentKind,
} from '#shared/modules/attachments/attachments.rules.ts'
import type { AttachmentRow } from '#shared/modules/attachments/attachments.schema.ts'
import { api } from '#renderer/rpc/api.ts'
import { useCommand, useList } from '#renderer/rpc/queries.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { TextField } from '#renderer/ui/fields/text-fields.tsx'
import { saveTicket } from '#renderer/ui/files.ts'
import { failureWords } from '#renderer/ui/failure-words.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice, useWithReason } from '#renderer/ui/notices.tsx'
import { ErrorNotice, Panel } from '#renderer/ui/parts.tsx'
import { seatNow } from '#renderer/ui/seat-clock.ts'
import './attachments.css'
import { AttachmentPreview } from './attachment-preview.tsx'
import { useUploads } from './upload-queue.ts'

const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone
const ACCEPT = Object.values(KIND_FACTS)
  .flatMap((fact) => fact.endings.map((ending) => `.${ending}`))
  .join(',')
const TYPING = 'input, textarea, [contenteditable="true"]'

/**
 * The files of a record, on its page: drop them, paste a picture, or choose; look at pictures and PDFs, save, rename
 * with F2, remove with Delete. Who may add is said by the core: `<AttachmentsPanel to="customer" id={id} />`.
 */
export function AttachmentsPanel(props: { to: AttachedTo; id: string }) {
  const t = useT()
  const notice = useNotice()
  const { to, id } = props
  const found = useList('attachments', ['list', to, id], () => api.attachments.list({ to, id }))
  const uploads = useUploads(to, id, (name) => notice.done(t('attachments:added', { name })))
  const [dropping, setDropping] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const mayWrite = found.data?.mayWrite ?? false
  usePaste(mayWrite, uploads.add)

  const drop = {
    onDragOver: (event: DragEvent) => {
      if (!mayWrite || !event.dataTransfer.types.includes('Files')) return
      event.preventDefault()
      setDropping(true)
    },
    onDragLeave: (event: DragEvent) => {
      if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setDropping(false)
    },
    onDrop: (event: DragEvent) => {
      setDropping(false)
      if (!mayWrite || event.dataTransfer.files.length === 0) return
      event.preventDefault()
      uploads.add([...event.dataTransfer.files])
    },
  }
  return (
    <div className={dropping ? 'attachments dropping' : 'attachments'} {...drop}>
      <Panel
        title={t('attachments:title')}
        extra={
          mayWrite ? (
            <Button size="small" onClick={() => input.current?.click()}>
              {t('attachments:add')}
            </Button>
          ) : null
        }
      >
        <input
          ref={input}
          type="file"
          hidden
          multiple
          accept={ACCEPT}
          data-testid="attachment-input"
          onChange={(event) => {
            uploads.add([...(event.target.files ?? [])])
            event.target.value = ''
          }}
        />
        {found.shownError ? <ErrorNotice error={found.shownError} onRetry={() => void found.refetch()} /> : null}
        <Uploads uploads={uploads} />
        {found.data ? <Files rows={found.data.rows} mayWrite={mayWrite} /> : null}
        {mayWrite ? (
          <p className="muted attachments-hint">
            {dropping ? t('attachments:release') : `${t('attachments:drop')} · ${t('attachments:limits')}`}
          </p>
        ) : null}
      </Panel>
    </div>
  )
}

/** A picture from the clipboard becomes a file with the time as its name; what is typed into a field is left alone. */
function usePaste(enabled: boolean, add: (files: readonly File[]) => void): void {
  const t = useT()
  const latest = useRef(add)
  latest.current = add
  useEffect(() => {
    if (!enabled) return
    const take = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])]
      if (files.length === 0 || (event.target instanceof Element && event.target.closest(TYPING))) return
      event.preventDefault()
      const at = formatMoment(Math.round(seatNow()), ZONE).replaceAll(':', '-')
      latest.current(
        // The clipboard calls every picture the same.
        files.map((file) =>
          /^image\.\w+$/.test(file.name)
            ? new File([file], t('attachments:pasted', { at }), { type: file.type })
            : file,
        ),
      )
    }
    document.addEventListener('paste', take)
    return () => document.removeEventListener('paste', take)
  }, [enabled, t])
}

function Uploads({ uploads }: { uploads: ReturnType<typeof useUploads> }) {
  const t = useT()
  if (uploads.queue.length === 0) return null
  const { progress } = uploads
  return (
    <div className="attachments-queue" role="status">
      {progress && progress.total > 1 ? (
        <Progress
          size="small"
          percent={Math.round((progress.finished / progress.total) * 100)}
          aria-label={t('attachments:add')}
        />
      ) : null}
      {uploads.queue.map((one) => (
        <div key={one.key} className={one.error ? 'attachment-failed' : 'attachment-row'}>
          {one.error === null ? (
            <>
              <Spin size="small" /> {t('attachments:uploading', { name: one.name })}
            </>
          ) : (
            <>
              <span>
                <b>{one.name}</b> {failureWords(t, one.error)}
              </span>
              <Button
                type="text"
                size="small"
                icon={<CloseOutlined aria-hidden />}
                aria-label={t('attachments:dismiss', { name: one.name })}
                onClick={() => uploads.dismiss(one.key)}
              />
            </>
          )}
        </div>
      ))}
    </div>
  )
}

const ICONS: Partial<Record<AttachmentKind, ComponentType<{ 'aria-hidden'?: boolean }>>> = {
  pdf: FilePdfOutlined,
  docx: FileWordOutlined,
  xlsx: FileExcelOutlined,
  pptx: FilePptOutlined,
  png: FileImageOutlined,
  jpeg: FileImageOutlined,
  webp: FileImageOutlined,
  gif: FileImageOutlined,
}

function Files(props: { rows: readonly AttachmentRow[]; mayWrite: boolean }) {
  const t = useT()
  const notice = useNotice()
  const withReason = useWithReason()
  const [shown, setShown] = useState<AttachmentRow | null>(null)
  const [naming, setNaming] = useState<AttachmentRow | null>(null)
  const [withRemoved, setWithRemoved] = useState(false)
  const remove = useCommand((input: { id: string; version: number; reason: string }, options) =>
    api.attachments.remove(input, options),
  )
  const present = props.rows.filter((row) => row.removed === null)
  const removed = props.rows.filter((row) => row.removed !== null)

  const save = async (row: AttachmentRow) => {
    try {
      const ticket = await api.attachments.ticket({ id: row.id })
      saveTicket(ticket.url, ticket.name)
    } catch (error) {
      notice.fail(error)
    }
  }
  const ask = (row: AttachmentRow) =>
    withReason(
      {
        title: t('attachments:removeTitle', { name: row.name }),
        text: t('attachments:removeText'),
        action: t('attachments:remove'),
        reason: { label: t('attachments:reason') },
      },
      (reason) => remove.run({ id: row.id, version: row.version, reason }),
      t('common:removed'),
    )
  const onKey = (row: AttachmentRow) => (event: KeyboardEvent) => {
    if (!props.mayWrite || (event.key !== 'Delete' && event.key !== 'F2')) return
    event.preventDefault()
    if (event.key === 'Delete') void ask(row)
    else setNaming(row)
  }
  return (
    <>
      {present.length === 0 ? <p className="muted">{t('attachments:none')}</p> : null}
      <ul className="attachment-list" aria-label={t('attachments:list')}>
        {present.map((row) => (
          <li key={row.id} className="attachment-row" onKeyDown={onKey(row)}>
            <FileLine
              row={row}
              mayWrite={props.mayWrite}
              onOpen={() => (isPreviewed(row.kind) ? setShown(row) : void save(row))}
              onSave={() => void save(row)}
              onRename={() => setNaming(row)}
              onRemove={() => void ask(row)}
            />
          </li>
        ))}
      </ul>
      {removed.length > 0 ? (
        <Button type="link" size="small" aria-expanded={withRemoved} onClick={() => setWithRemoved(!withRemoved)}>
          {withRemoved ? t('attachments:hideRemoved') : t('attachments:showRemoved', { count: removed.length })}
        </Button>
      ) : null}
      {withRemoved ? (
        <ul className="attachment-list muted" aria-label={t('attachments:removed')}>
          {removed.map((row) => (
            <li key={row.id} className="attachment-row">
              <s>{row.name}</s>
              <span>
                {t('attachments:removedBy', {
                  name: row.removed?.byName ?? '',
                  at: formatMoment(row.removed?.at ?? 0, ZONE),
                  reason: row.removed?.reason ?? '',
                })}
              </span>
            </li>
          ))}
        </ul>
      ) : null}
      <AttachmentPreview row={shown} onClose={() => setShown(null)} />
      <RenameDrawer row={naming} onClose={() => setNaming(null)} />
    </>
  )
}

function FileLine(props: {
  row: AttachmentRow
  mayWrite: boolean
  onOpen: () => void
  onSave: () => void
  onRename: () => void
  onRemove: () => void
}) {
  const t = useT()
  const { row } = props
  const Icon = ICONS[row.kind] ?? FileTextOutlined
  const button = (label: string, icon: React.ReactNode, run: () => void) => (
    <Button type="text" size="small" icon={icon} aria-label={`${label}: ${row.name}`} title={label} onClick={run} />
  )
  return (
    <>
      <Icon aria-hidden />
      <span className="attachment-words">
        <button
          type="button"
          className="link-button"
          title={t(isPreviewed(row.kind) ? 'attachments:preview' : 'attachments:save')}
          onClick={props.onOpen}
        >
          {row.name}
        </button>
        <span className="muted">
          {shownSize(row.size)} ·{' '}
          {t('attachments:by', { name: row.createdByName ?? '', at: formatMoment(row.createdAt, ZONE) })}
        </span>
      </span>
      <span className="attachment-actions">
        {button(t('attachments:save'), <DownloadOutlined aria-hidden />, props.onSave)}
        {props.mayWrite ? button(t('attachments:rename'), <EditOutlined aria-hidden />, props.onRename) : null}
        {props.mayWrite ? button(t('attachments:remove'), <DeleteOutlined aria-hidden />, props.onRemove) : null}
      </span>
    </>
  )
}

const naming = z.strictObject({ name: shortText(120) })

function RenameDrawer(props: { row: AttachmentRow | null; onClose: () => void }) {
  const t = useT()
  const notice = useNotice()
  const { row } = props
  const rename = useCommand((input: { id: string; version: number; name: string }, options) =>
    api.attachments.rename(input, options),
  )
  return (
    <ActionForm
      title={t('attachments:rename')}
      hint={t('attachments:renameHint')}
      open={row !== null}
      schema={naming}
      initial={{ name: row?.name ?? '' }}
      submitLabel={t('attachments:rename')}
      onClose={props.onClose}
      submit={async ({ name }) => {
        if (!row) return
        await rename.run({ id: row.id, version: row.version, name })
        notice.done(t('attachments:renamed'))
      }}
    >
      <TextField name="name" label={t('attachments:fields.name')} max={120} required autoFocus />
    </ActionForm>
  )
}
