import { FileTextOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Button, Upload } from 'antd'
import { useState, type ReactNode } from 'react'
import type { ReadInvoice } from '#shared/modules/invoices/invoices.schema.ts'
import { api } from '#renderer/rpc/api.ts'
import { useForm } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { ErrorNotice } from '#renderer/ui/parts.tsx'
import { useAttempt } from '#renderer/ui/use-attempt.ts'

/** Fills the form from the XML file of a digital invoice; the file is kept with the invoice once it is saved. */
export function FileFill(props: { onFile: (fileId: string) => void }) {
  const t = useT()
  const form = useForm()
  const { attempt, busy, failure } = useAttempt()
  const [read, setRead] = useState<ReadInvoice | null>(null)
  const fill = (file: File) =>
    attempt(async () => {
      setRead(null)
      const { fileId } = await api.files.upload({ file })
      const said = await api.invoices.readFile({ fileId: fileId as never })
      setRead(said)
      if (said.amount <= 0 || said.known !== null) return
      for (const key of ['kind', 'number', 'day', 'buyer', 'lines', 'amount', 'note'] as const) form.set(key, said[key])
      form.set('code', '')
      if (said.customer !== null && form.values['customerId'] === null) form.set('customerId', said.customer.id)
      props.onFile(fileId)
    })
  return (
    <>
      <div className="invoice-file">
        <Upload
          accept=".xml"
          showUploadList={false}
          beforeUpload={(file) => {
            void fill(file)
            return false
          }}
        >
          <Button icon={<FileTextOutlined aria-hidden />} loading={busy}>
            {t('invoices:file.choose')}
          </Button>
        </Upload>
        {read ? <Said read={read} /> : null}
      </div>
      {failure ? <ErrorNotice error={failure} /> : null}
    </>
  )
}

/** What came of reading the file, and where to go on where it is not filled in. */
function Said({ read }: { read: ReadInvoice }): ReactNode {
  const t = useT()
  const word = (key: string, params?: Record<string, string>) => t(`invoices:file.${key}`, params)
  if (read.known !== null) {
    return (
      <span role="status">
        {word('known')} <Link to={`/invoices/${read.known.id}` as never}>{word('openKnown')}</Link>
      </span>
    )
  }
  if (read.amount <= 0) {
    return read.blueId === null ? (
      <span role="status">{word('blueUnknown', { number: read.blueNumber ?? '' })}</span>
    ) : (
      <span role="status">
        {word('red')} <Link to={`/invoices/${read.blueId}` as never}>{word('openBlue')}</Link>
      </span>
    )
  }
  return (
    <span role="status" className="muted">
      {word('filled')} {read.ours ? null : <strong className="negative">{word('notOurs')}</strong>}
    </span>
  )
}
