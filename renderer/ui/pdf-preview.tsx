import { DownloadOutlined, PrinterOutlined, ZoomInOutlined, ZoomOutOutlined } from '@ant-design/icons'
import { Button, Modal, Spin } from 'antd'
import * as pdfjs from 'pdfjs-dist/legacy/build/pdf.mjs'
import workerUrl from 'pdfjs-dist/legacy/build/pdf.worker.mjs?url'
import { useEffect, useRef, useState } from 'react'
import { shownError, type ShownError } from '#renderer/rpc/api.ts'
import { fetchFile } from './files.ts'
import { useT } from './i18n.ts'
import { ErrorNotice } from './parts.tsx'

pdfjs.GlobalWorkerOptions.workerSrc = workerUrl

/** A PDF as pages inside the program: zoom, print, save. Takes the file's bytes, or nothing while they are made. */
export function PdfPreview(props: { bytes: Uint8Array<ArrayBuffer> | null; name: string; error?: ShownError | null }) {
  const t = useT()
  const pages = useRef<HTMLDivElement>(null)
  const [zoom, setZoom] = useState(1)
  const [count, setCount] = useState(0)
  const [failure, setFailure] = useState<ShownError | null>(null)

  useEffect(() => {
    const holder = pages.current
    if (!props.bytes || !holder) return
    let stopped = false
    const draw = async (bytes: Uint8Array<ArrayBuffer>) => {
      const task = pdfjs.getDocument({ data: bytes.slice(), isEvalSupported: false, useSystemFonts: false })
      const document_ = await task.promise
      const made: HTMLCanvasElement[] = []
      for (let n = 1; n <= document_.numPages; n += 1) {
        const page = await document_.getPage(n)
        const viewport = page.getViewport({ scale: zoom * 1.25 })
        const ratio = Math.min(window.devicePixelRatio || 1, 2)
        const canvas = document.createElement('canvas')
        canvas.width = Math.floor(viewport.width * ratio)
        canvas.height = Math.floor(viewport.height * ratio)
        canvas.style.width = `${Math.floor(viewport.width)}px`
        canvas.setAttribute('role', 'img')
        canvas.setAttribute('aria-label', t('common:pdf.page', { page: n }))
        await page.render({ canvas, viewport, transform: [ratio, 0, 0, ratio, 0, 0] }).promise
        if (stopped) break
        made.push(canvas)
      }
      if (!stopped) {
        holder.replaceChildren(...made)
        setCount(document_.numPages)
        setFailure(null)
      }
      await task.destroy()
    }
    draw(props.bytes).catch((error: unknown) => setFailure(shownError(error)))
    return () => {
      stopped = true
    }
  }, [props.bytes, zoom, t])

  const save = () => {
    if (!props.bytes) return
    const url = URL.createObjectURL(new Blob([props.bytes], { type: 'application/pdf' }))
    const link = document.createElement('a')
    link.href = url
    link.download = props.name
    link.click()
    setTimeout(() => URL.revokeObjectURL(url), 10_000)
  }
  const error = props.error ?? failure

  return (
    <div className="pdf">
      <div className="pdf-bar">
        <Button
          type="text"
          size="small"
          icon={<ZoomOutOutlined />}
          aria-label={t('common:pdf.zoomOut')}
          onClick={() => setZoom(Math.max(0.4, zoom - 0.2))}
        />
        <span>{Math.round(zoom * 100)}%</span>
        <Button
          type="text"
          size="small"
          icon={<ZoomInOutlined />}
          aria-label={t('common:pdf.zoomIn')}
          onClick={() => setZoom(Math.min(3, zoom + 0.2))}
        />
        <span className="muted">{count > 0 ? t('common:pdf.pages', { count }) : ''}</span>
        <span className="spacer" />
        <Button size="small" icon={<PrinterOutlined />} disabled={count === 0} onClick={() => window.print()}>
          {t('common:print')}
        </Button>
        <Button size="small" icon={<DownloadOutlined />} disabled={!props.bytes} onClick={save}>
          {t('common:download')}
        </Button>
      </div>
      {error ? <ErrorNotice error={error} /> : null}
      {!error && !props.bytes ? <Spin className="grid-spin" /> : null}
      <div className="pdf-pages" ref={pages} tabIndex={0} role="group" aria-label={props.name} />
    </div>
  )
}

/** A finished file in a large dialog. */
export function PdfDialog(props: { file: { fileId: string; name: string } | null; onClose: () => void }) {
  const [bytes, setBytes] = useState<Uint8Array<ArrayBuffer> | null>(null)
  const [failure, setFailure] = useState<ShownError | null>(null)
  const { file } = props
  useEffect(() => {
    setBytes(null)
    setFailure(null)
    if (!file) return
    fetchFile(file.fileId)
      .then((found) => setBytes(found.bytes))
      .catch((error: unknown) => setFailure(shownError(error)))
  }, [file])
  return (
    <Modal open={file !== null} title={file?.name} footer={null} width="90vw" onCancel={props.onClose} destroyOnHidden>
      <div className="pdf-dialog">
        <PdfPreview bytes={bytes} name={file?.name ?? ''} error={failure} />
      </div>
    </Modal>
  )
}
