import { Button } from 'antd'
import { useState } from 'react'
import { shownSize } from '#shared/modules/attachments/attachments.rules.ts'
import type { PaperFile } from '#shared/modules/contracts/contracts.papers.schema.ts'
import { api } from '#renderer/rpc/api.ts'
import { saveFile } from '#renderer/ui/files.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { StatusTag } from '#renderer/ui/parts.tsx'
import { PdfDialog } from '#renderer/ui/pdf-preview.tsx'

/** A file of a contract's papers: its pages, its fingerprint, and whether its bytes are still those that were kept. */
export function PaperFileLine({ contractId, file }: { contractId: string; file: PaperFile }) {
  const t = useT()
  const notice = useNotice()
  const [pdf, setPdf] = useState<{ fileId: string; name: string } | null>(null)
  const [intact, setIntact] = useState<boolean | null>(null)
  const [busy, setBusy] = useState(false)
  const input = { id: contractId as never, fileId: file.fileId as never }
  const attempt = async (work: () => Promise<void>) => {
    setBusy(true)
    try {
      await work()
    } catch (error) {
      notice.fail(error)
    } finally {
      setBusy(false)
    }
  }
  const open = () =>
    attempt(async () => {
      const found = await api.contracts.papers.open(input)
      if (file.kind === 'pdf') setPdf(found)
      else await saveFile(found.fileId)
    })
  const verify = () => attempt(async () => setIntact((await api.contracts.papers.verify(input)).intact))
  return (
    <div className="paper-file">
      <span className="paper-file-head">
        <button type="button" className="link-button" onClick={() => void open()}>
          {file.name}
        </button>
        <span className="muted">
          {t('contracts:papers.pages', { count: file.pages })} · {shownSize(file.size)}
        </span>
        <Button
          size="small"
          loading={busy}
          aria-label={t('contracts:papers.verifyFile', { name: file.name })}
          onClick={() => void verify()}
        >
          {t('contracts:papers.verify')}
        </Button>
      </span>
      <code className="muted fingerprint">SHA-256 {file.sha256}</code>
      <span role="status">
        {intact === null ? null : (
          <StatusTag tone={intact ? 'done' : 'danger'} icon>
            {t(`contracts:papers.${intact ? 'intact' : 'broken'}`, { name: file.name })}
          </StatusTag>
        )}
      </span>
      <PdfDialog file={pdf} onClose={() => setPdf(null)} />
    </div>
  )
}
