import { Modal, Spin } from 'antd'
import { useEffect, useState } from 'react'
import type { AttachmentRow } from '#shared/modules/attachments/attachments.schema.ts'
import { api, shownError, type ShownError } from '#renderer/rpc/api.ts'
import { fetchTicket } from '#renderer/ui/files.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { ErrorNotice } from '#renderer/ui/parts.tsx'
import { PdfPreview } from '#renderer/ui/pdf-preview.tsx'

/** The bytes of an attachment, by a one-time address. */
async function fetchAttachment(id: string): Promise<{ bytes: Uint8Array<ArrayBuffer>; mime: string }> {
  const ticket = await api.attachments.ticket({ id })
  return { bytes: await fetchTicket(ticket.url), mime: ticket.mime }
}

/** A picture or a PDF inside the program. */
export function AttachmentPreview(props: { row: AttachmentRow | null; onClose: () => void }) {
  const { row } = props
  return (
    <Modal
      open={row !== null}
      title={row?.name}
      footer={null}
      width="min(1000px, 94vw)"
      onCancel={props.onClose}
      className={row?.kind === 'pdf' ? 'pdf-dialog' : 'picture-dialog'}
      destroyOnHidden
    >
      {row ? <Content key={row.id} row={row} /> : null}
    </Modal>
  )
}

function Content({ row }: { row: AttachmentRow }) {
  const t = useT()
  const [bytes, setBytes] = useState<Uint8Array<ArrayBuffer> | null>(null)
  const [picture, setPicture] = useState<string | null>(null)
  const [failure, setFailure] = useState<ShownError | null>(null)
  const { id, kind } = row
  useEffect(() => {
    let stopped = false
    let url: string | null = null
    fetchAttachment(id)
      .then((found) => {
        if (stopped) return
        if (kind === 'pdf') return setBytes(found.bytes)
        url = URL.createObjectURL(new Blob([found.bytes], { type: found.mime }))
        setPicture(url)
      })
      .catch((error: unknown) => {
        if (!stopped) setFailure(shownError(error))
      })
    return () => {
      stopped = true
      if (url !== null) URL.revokeObjectURL(url)
    }
  }, [id, kind])
  if (kind === 'pdf') return <PdfPreview bytes={bytes} name={row.name} error={failure} />
  if (failure) return <ErrorNotice error={failure} />
  return picture === null ? (
    <Spin className="grid-spin" />
  ) : (
    <img className="attachment-picture" src={picture} alt={t('attachments:picture', { name: row.name })} />
  )
}
