import { Modal } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { shownError, type ShownError } from '#renderer/rpc/api.ts'
import { PdfPreview } from '#renderer/ui/pdf-preview.tsx'

/** A paper of the register in a window of its own. */
export function StoredPaper(props: {
  title: string
  open: boolean
  load: () => Promise<{ url: string; name: string }>
  onClose: () => void
}) {
  const [paper, setPaper] = useState<{ name: string; bytes: Uint8Array<ArrayBuffer> } | null>(null)
  const [failure, setFailure] = useState<ShownError | null>(null)
  const { open } = props
  const load = useRef(props.load)
  useEffect(() => {
    load.current = props.load
  })
  useEffect(() => {
    if (!open) return
    let stopped = false
    setPaper(null)
    setFailure(null)
    void (async () => {
      try {
        const ticket = await load.current()
        const answer = await fetch(ticket.url)
        const bytes = new Uint8Array(await answer.arrayBuffer())
        if (!stopped) setPaper({ name: ticket.name, bytes })
      } catch (error) {
        if (!stopped) setFailure(shownError(error))
      }
    })()
    return () => {
      stopped = true
    }
  }, [open])
  return (
    <Modal
      open={open}
      title={paper?.name ?? props.title}
      footer={null}
      width="min(1000px, 94vw)"
      className="pdf-dialog"
      onCancel={props.onClose}
      destroyOnHidden
    >
      <PdfPreview bytes={paper?.bytes ?? null} name={paper?.name ?? props.title} error={failure} />
    </Modal>
  )
}
