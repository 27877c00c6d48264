import { Button } from 'antd'
import { useRef, useState } from 'react'
import { z } from 'zod'
import { formatMoment } from '#shared/i18n/formatters.ts'
import { optionalText } from '#shared/kernel/text.ts'
import type { ScanView } from '#shared/modules/contracts/contracts.papers.schema.ts'
import type { ContractView } from '#shared/modules/contracts/contracts.schema.ts'
import { SEAT_ZONE } from '#renderer/modules/customers/customers.queries.ts'
import { api } from '#renderer/rpc/api.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { FieldFrame } from '#renderer/ui/fields/field-frame.tsx'
import { TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useField } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { PaperFileLine } from './paper-file.tsx'

const ACCEPT = '.pdf,.png,.jpg,.jpeg,.webp'
const schema = z.strictObject({
  files: z.array(z.instanceof(File)).min(1, 'validation:required').max(30),
  note: optionalText(200),
})

/** The scan of the signed paper; those it replaced stay below. */
export function ScanPart({ view, scans }: { view: ContractView; scans: readonly ScanView[] }) {
  const t = useT()
  const may = useCan('contracts.archive')
  const [open, setOpen] = useState(false)
  const present = scans.find((scan) => scan.replacedAt === null)
  const replaced = scans.filter((scan) => scan.replacedAt !== null)
  const action = t(`contracts:papers.${present ? 'replaceScan' : 'addScan'}`)
  return (
    <section aria-label={t('contracts:papers.scans')} className="papers-part">
      <div className="papers-head">
        <h3>{t('contracts:papers.scans')}</h3>
        {may ? (
          <Button size="small" onClick={() => setOpen(true)}>
            {action}
          </Button>
        ) : null}
      </div>
      {present ? <Scan view={view} scan={present} /> : <p className="muted">{t('contracts:papers.noScan')}</p>}
      {replaced.length === 0 ? null : (
        <details>
          <summary>{t('contracts:papers.replaced', { count: replaced.length })}</summary>
          {replaced.map((scan) => (
            <Scan key={scan.id} view={view} scan={scan} />
          ))}
        </details>
      )}
      <ScanDrawer view={view} title={action} open={open} onClose={() => setOpen(false)} />
    </section>
  )
}

function Scan({ view, scan }: { view: ContractView; scan: ScanView }) {
  const t = useT()
  const at = formatMoment(scan.at, SEAT_ZONE)
  return (
    <div className="paper-scan">
      <p className="muted">
        {t('contracts:papers.scanOf', { no: scan.no, count: scan.pages, name: scan.byName, at })}
        {scan.note === '' ? null : ` · ${scan.note}`}
      </p>
      {scan.files.map((file) => (
        <PaperFileLine key={file.fileId} contractId={view.id} file={file} />
      ))}
    </div>
  )
}

function ScanDrawer(props: { view: ContractView; title: string; open: boolean; onClose: () => void }) {
  const t = useT()
  const notice = useNotice()
  return (
    <ActionForm
      title={props.title}
      hint={t('contracts:papers.scanHint')}
      open={props.open}
      schema={schema}
      initial={{ files: [], note: '' }}
      submitLabel={props.title}
      onClose={props.onClose}
      submit={async ({ files, note }) => {
        const ids: string[] = []
        for (const file of files) ids.push((await api.files.upload({ file })).fileId)
        const { pages } = await api.contracts.papers.addScan({ id: props.view.id as never, files: ids, note })
        notice.done(t('contracts:papers.scanDone', { count: pages }))
      }}
    >
      <FilesField />
      <TextField name="note" label={t('contracts:papers.scanNote')} max={200} />
    </ActionForm>
  )
}

/** Files from the disk, by name: scanners number their pages. */
function FilesField() {
  const t = useT()
  const input = useRef<HTMLInputElement>(null)
  const field = useField<readonly File[]>('files')
  const files = field.value ?? []
  return (
    <FieldFrame field={{ name: 'files', label: t('contracts:papers.scanFiles'), required: true }} error={field.error}>
      {(ids) => (
        <>
          <Button {...ids} disabled={field.disabled} onClick={() => input.current?.click()}>
            {t('contracts:papers.chooseFiles')}
          </Button>
          <input
            ref={input}
            type="file"
            hidden
            multiple
            accept={ACCEPT}
            data-testid="scan-input"
            onChange={(event) => {
              const chosen = [...(event.target.files ?? [])]
              event.target.value = ''
              field.set(chosen.toSorted((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true })))
            }}
          />
          {files.length === 0 ? null : (
            <ol className="scan-files">
              {files.map((file) => (
                <li key={file.name}>{file.name}</li>
              ))}
            </ol>
          )}
        </>
      )}
    </FieldFrame>
  )
}
