import { ColumnWidthOutlined, DownloadOutlined, MinusOutlined, PlusOutlined, PrinterOutlined } from '@ant-design/icons'
import { Button, Modal, Spin } from 'antd'
import type { PDFDocumentProxy } from 'pdfjs-dist'
import { useEffect, useRef, useState, type RefObject } from 'react'
import { shownError, type ShownError } from '#renderer/rpc/api.ts'
import { fetchFile } from './files.ts'
import { useT } from './i18n.ts'
import { useNotice } from './notices.tsx'
import { ErrorNotice } from './parts.tsx'

const ZOOMS = [0.5, 0.75, 1, 1.25, 1.5, 2, 3] as const
const THUMB_WIDTH = 96
/** PDF points are 1/72 inch, the page's pixels 1/96. */
const PX_PER_POINT = 96 / 72

/**
 * pdf.js comes when the first document is shown; its worker is a file of the program, never a blob. The legacy build
 * runs in the oldest Chromium that the program supports.
 */
async function openPdf(bytes: Uint8Array): Promise<PDFDocumentProxy> {
  const [pdfjs, worker] = await Promise.all([
    import('pdfjs-dist/legacy/build/pdf.mjs'),
    import('pdfjs-dist/legacy/build/pdf.worker.min.mjs?url'),
  ])
  pdfjs.GlobalWorkerOptions.workerSrc = worker.default
  // pdf.js takes the bytes over to its worker; the preview keeps its own for saving.
  return pdfjs.getDocument({ data: bytes.slice(), useWasm: false, useWorkerFetch: false, stopAtErrors: true }).promise
}

export interface PdfPreviewProps {
  /** The document; null while it is made. The pages of the one before stand until the new ones are there. */
  readonly bytes: Uint8Array<ArrayBuffer> | null
  /** Offered when saving. */
  readonly name: string
  readonly error?: ShownError | null
  /** Thumbnails at the left for documents of several pages. Default: true. */
  readonly thumbnails?: boolean
}

interface Opened {
  readonly data: Uint8Array<ArrayBuffer>
  readonly pdf: PDFDocumentProxy
}

/** A PDF as it will be printed: pages, thumbnails, zoom, print and save. */
export function PdfPreview(props: PdfPreviewProps) {
  const t = useT()
  const notice = useNotice()
  const [chosen, setChosen] = useState<number | 'fit'>('fit')
  const [page, setPage] = useState(1)
  const [opened, setOpened] = useState<Opened | null>(null)
  const [failure, setFailure] = useState<ShownError | null>(null)
  const scroller = useRef<HTMLDivElement>(null)
  const { bytes } = props

  useEffect(() => {
    if (bytes === null) return
    let stopped = false
    openPdf(bytes)
      .then((pdf) => {
        if (stopped) return void pdf.loadingTask.destroy()
        setFailure(null)
        setOpened({ data: bytes, pdf })
      })
      .catch((error: unknown) => {
        if (!stopped) setFailure(shownError(error))
      })
    return () => {
      stopped = true
    }
  }, [bytes])
  useEffect(() => () => void opened?.pdf.loadingTask.destroy(), [opened])

  const fit = useFit(scroller, opened?.pdf ?? null)
  const zoom = chosen === 'fit' ? fit : chosen
  const step = (by: 1 | -1) => {
    const next = by > 0 ? ZOOMS.find((z) => z > zoom + 0.01) : ZOOMS.findLast((z) => z < zoom - 0.01)
    if (next !== undefined) setChosen(next)
  }
  const goTo = (number: number) => {
    setPage(number)
    scroller.current?.querySelector(`[data-page="${number}"]`)?.scrollIntoView({ block: 'start' })
  }
  const save = () => {
    if (!opened) return
    const url = URL.createObjectURL(new Blob([opened.data], { type: 'application/pdf' }))
    const link = document.createElement('a')
    link.href = url
    link.download = props.name
    link.click()
    setTimeout(() => URL.revokeObjectURL(url), 60_000)
  }
  const print = async () => {
    if (!opened) return
    try {
      await printPdf(opened.pdf)
    } catch (error) {
      notice.fail(error)
    }
  }

  const error = props.error ?? failure
  const count = opened?.pdf.numPages ?? 0
  const numbers = Array.from({ length: count }, (_, i) => i + 1)
  return (
    <section className="pdf" aria-label={props.name}>
      <div className="pdf-bar" role="toolbar" aria-label={t('common:pdf.tools')}>
        <Button
          size="small"
          type="text"
          icon={<MinusOutlined aria-hidden />}
          aria-label={t('common:pdf.zoomOut')}
          onClick={() => step(-1)}
        />
        <span className="pdf-zoom">{Math.round(zoom * 100)}%</span>
        <Button
          size="small"
          type="text"
          icon={<PlusOutlined aria-hidden />}
          aria-label={t('common:pdf.zoomIn')}
          onClick={() => step(1)}
        />
        <Button
          size="small"
          type="text"
          icon={<ColumnWidthOutlined aria-hidden />}
          aria-label={t('common:pdf.fit')}
          title={t('common:pdf.fit')}
          aria-pressed={chosen === 'fit'}
          onClick={() => setChosen('fit')}
        />
        <span className="muted">{count > 0 ? t('common:pdf.pages', { count }) : ''}</span>
        <span className="spacer" />
        <Button size="small" icon={<PrinterOutlined aria-hidden />} disabled={!opened} onClick={() => void print()}>
          {t('common:print')}
        </Button>
        <Button size="small" icon={<DownloadOutlined aria-hidden />} disabled={!opened} onClick={save}>
          {t('common:download')}
        </Button>
      </div>
      {error ? <ErrorNotice error={error} /> : null}
      <div className="pdf-body">
        {opened && count > 1 && props.thumbnails !== false ? (
          <ol className="pdf-thumbs" aria-label={t('common:pdf.thumbnails')}>
            {numbers.map((number) => (
              <li key={number}>
                <button
                  type="button"
                  aria-current={number === page ? 'page' : undefined}
                  aria-label={t('common:pdf.page', { page: number })}
                  onClick={() => goTo(number)}
                >
                  <PdfPage pdf={opened.pdf} number={number} width={THUMB_WIDTH} />
                  <span aria-hidden>{number}</span>
                </button>
              </li>
            ))}
          </ol>
        ) : null}
        <div className="pdf-pages" ref={scroller} tabIndex={0} role="group" aria-label={props.name}>
          {opened ? (
            numbers.map((number) => <PdfPage key={number} pdf={opened.pdf} number={number} zoom={zoom} />)
          ) : error ? null : (
            <Spin className="grid-spin" />
          )}
        </div>
      </div>
    </section>
  )
}

/** Space beside a page, and the scroll bar. */
const MARGIN = 40

/** The zoom at which the first page is as wide as the window it is shown in. */
function useFit(scroller: RefObject<HTMLElement | null>, pdf: PDFDocumentProxy | null): number {
  const [pageWidth, setPageWidth] = useState(595)
  const [room, setRoom] = useState(0)
  useEffect(() => {
    if (!pdf) return
    pdf
      .getPage(1)
      .then((page) => setPageWidth(page.getViewport({ scale: 1 }).width))
      .catch(() => undefined)
  }, [pdf])
  useEffect(() => {
    const element = scroller.current
    if (!element) return
    const watch = new ResizeObserver(() => setRoom(element.clientWidth))
    watch.observe(element)
    return () => watch.disconnect()
  }, [scroller])
  if (room === 0) return 1
  const exact = (room - MARGIN) / (pageWidth * PX_PER_POINT)
  return Math.max(0.3, Math.min(1.5, Math.floor(exact * 100) / 100))
}

/** A finished file in a window of its own. */
export function PdfDialog(props: { file: { fileId: string; name: string } | null; onClose: () => void }) {
  const [bytes, setBytes] = useState<Uint8Array<ArrayBuffer> | null>(null)
  const [failure, setFailure] = useState<ShownError | null>(null)
  const fileId = props.file?.fileId ?? null
  useEffect(() => {
    setBytes(null)
    setFailure(null)
    if (fileId === null) return
    let stopped = false
    fetchFile(fileId)
      .then((found) => {
        if (!stopped) setBytes(found.bytes)
      })
      .catch((error: unknown) => {
        if (!stopped) setFailure(shownError(error))
      })
    return () => {
      stopped = true
    }
  }, [fileId])
  return (
    <Modal
      open={props.file !== null}
      title={props.file?.name}
      footer={null}
      width="min(1000px, 94vw)"
      onCancel={props.onClose}
      className="pdf-dialog"
      destroyOnHidden
    >
      <PdfPreview bytes={bytes} name={props.file?.name ?? ''} error={failure} />
    </Modal>
  )
}

/** One page on a canvas, drawn when it comes near the window; its words are read out from the text of the page. */
function PdfPage(props: { pdf: PDFDocumentProxy; number: number; zoom?: number; width?: number }) {
  const holder = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const [near, setNear] = useState(false)
  const [size, setSize] = useState<{ width: number; height: number } | null>(null)
  const [words, setWords] = useState('')
  const { pdf, number, zoom, width } = props

  useEffect(() => {
    const element = holder.current
    if (!element) return
    const watch = new IntersectionObserver((entries) => setNear(entries.some((e) => e.isIntersecting)), {
      rootMargin: '600px',
    })
    watch.observe(element)
    return () => watch.disconnect()
  }, [])

  useEffect(() => {
    let stopped = false
    let stopDrawing = () => {}
    void (async () => {
      const page = await pdf.getPage(number)
      const natural = page.getViewport({ scale: 1 })
      const scale = width === undefined ? (zoom ?? 1) * PX_PER_POINT : width / natural.width
      if (stopped) return
      setSize({ width: natural.width * scale, height: natural.height * scale })
      const target = canvas.current
      if (!near || !target) return
      const viewport = page.getViewport({ scale: scale * window.devicePixelRatio })
      // Drawn aside and put in place at once: a page that is made anew while one types does not flicker.
      const aside = document.createElement('canvas')
      aside.width = Math.floor(viewport.width)
      aside.height = Math.floor(viewport.height)
      const task = page.render({ canvas: aside, viewport })
      stopDrawing = () => task.cancel()
      await task.promise
      target.width = aside.width
      target.height = aside.height
      target.getContext('2d')?.drawImage(aside, 0, 0)
      if (width === undefined && !stopped) {
        const text = await page.getTextContent()
        if (!stopped) setWords(text.items.map((item) => ('str' in item ? item.str : '')).join(' '))
      }
    })().catch(() => undefined)
    return () => {
      stopped = true
      stopDrawing()
    }
  }, [pdf, number, zoom, width, near])

  return (
    <div
      ref={holder}
      data-page={width === undefined ? number : undefined}
      className="pdf-page"
      style={size ?? { width: width ?? 595, height: 842 }}
    >
      <canvas ref={canvas} aria-hidden style={size ?? undefined} />
      {words === '' ? null : <p className="visually-hidden">{words}</p>}
    </div>
  )
}

const PRINT_SCALE = 200 / 72

/** Draws every page for the printer, prints, and clears away. Works where no PDF viewer is built in. */
async function printPdf(pdf: PDFDocumentProxy): Promise<void> {
  const sheet = document.createElement('div')
  sheet.className = 'print-sheet'
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const page = await pdf.getPage(number)
    const viewport = page.getViewport({ scale: PRINT_SCALE })
    const canvas = document.createElement('canvas')
    canvas.width = Math.floor(viewport.width)
    canvas.height = Math.floor(viewport.height)
    await page.render({ canvas, viewport, intent: 'print' }).promise
    sheet.append(canvas)
  }
  document.body.append(sheet)
  document.body.classList.add('printing')
  try {
    window.print()
  } finally {
    document.body.classList.remove('printing')
    sheet.remove()
  }
}
