import { DownOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { useState } from 'react'
import type { Translate } from '#shared/i18n/translate.ts'
import { PRINT_FORMATS, type PrintFormat } from '#shared/modules/contracts/contracts.papers.schema.ts'
import type { ContractDraft, ContractView } from '#shared/modules/contracts/contracts.schema.ts'
import { FromTemplateDrawer } from '#renderer/modules/wordtemplates/parts/from-template.tsx'
import { api } from '#renderer/rpc/api.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { saveFile } from '#renderer/ui/files.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { PdfDialog } from '#renderer/ui/pdf-preview.tsx'

interface Printed {
  readonly fileId: string
  readonly name: string
}

/** One thing that can be had on paper or as a file. */
export interface PrintChoice {
  readonly key: string
  readonly label: string
  readonly make: () => Promise<Printed>
}

/** Everything that a record can be printed or exported as: a PDF opens in a window, anything else is saved. */
export function PrintMenu(props: {
  choices: readonly PrintChoice[]
  /** What opens something of its own instead. */
  more?: readonly { readonly key: string; readonly label: string; readonly open: () => void }[]
  disabled?: boolean
}) {
  const t = useT()
  const notice = useNotice()
  const [pdf, setPdf] = useState<Printed | null>(null)
  const [busy, setBusy] = useState(false)
  const more = props.more ?? []
  const take = async (choice: PrintChoice | undefined) => {
    if (!choice) return
    setBusy(true)
    try {
      const made = await choice.make()
      if (made.name.endsWith('.pdf')) setPdf(made)
      else await saveFile(made.fileId)
    } catch (error) {
      notice.fail(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <Dropdown
        trigger={['click']}
        autoFocus
        disabled={props.disabled ?? false}
        menu={{
          items: [...props.choices, ...more].map(({ key, label }) => ({ key, label })),
          onClick: ({ key }) => {
            more.find((choice) => choice.key === key)?.open()
            void take(props.choices.find((choice) => choice.key === key))
          },
        }}
      >
        <Button icon={<DownOutlined aria-hidden />} iconPlacement="end" loading={busy}>
          {t('contracts:print.title')}
        </Button>
      </Dropdown>
      <PdfDialog file={pdf} onClose={() => setPdf(null)} />
    </>
  )
}

/** Everything that a stored contract can be had as, the firm's own Word templates among it. */
export function ContractPrintMenu({ view }: { view: ContractView }) {
  const t = useT()
  const may = useCan('wordtemplates.read')
  const [open, setOpen] = useState(false)
  const own = { key: 'template', label: t('wordtemplates:actions.generate'), open: () => setOpen(true) }
  return (
    <>
      <PrintMenu choices={contractPrints(view.id, null, t)} more={may ? [own] : []} />
      {open ? <FromTemplateDrawer view={view} onClose={() => setOpen(false)} /> : null}
    </>
  )
}

/** A contract whole as PDF or for Word, and the warehouse's copy; as stored, or as it is typed at the moment. */
export function contractPrints(id: string | null, fields: ContractDraft | null, t: Translate): PrintChoice[] {
  const make = (variant: 'full' | 'warehouse', format: PrintFormat) => () =>
    api.contracts.preview({ id: id as never, fields: fields as never, variant, format })
  return [
    { key: 'pdf', label: t('contracts:print.pdf'), make: make('full', 'pdf') },
    { key: 'docx', label: t('contracts:print.docx'), make: make('full', 'docx') },
    { key: 'warehouse', label: t('contracts:print.warehouse'), make: make('warehouse', 'pdf') },
  ]
}

/** The same paper as PDF and for Word. */
export function twoFormats(make: (format: PrintFormat) => Promise<Printed>, t: Translate): PrintChoice[] {
  return PRINT_FORMATS.map((format) => ({
    key: format,
    label: t(`contracts:print.${format}`),
    make: () => make(format),
  }))
}
