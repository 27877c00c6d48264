import { Button } from 'antd'
import { useRef } from 'react'
import { z } from 'zod'
import { LOCALES } from '#shared/i18n/locale.ts'
import { MAX_UPLOAD_BYTES } from '#shared/modules/files/files.contract.ts'
import { CONTRACT_KINDS } from '#shared/modules/contracts/contracts.schema.ts'
import { editionRemark, templateFields, type TemplateView } from '#shared/modules/wordtemplates/wordtemplates.schema.ts'
import { api } from '#renderer/rpc/api.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { FieldFrame } from '#renderer/ui/fields/field-frame.tsx'
import { TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useField, useForm } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'

const file = z
  .instanceof(File, { error: 'validation:required' })
  .refine((given) => given.size <= MAX_UPLOAD_BYTES, 'validation:fileTooLarge')
const editionForm = z.strictObject({ file, remark: editionRemark })
const templateForm = templateFields.extend(editionForm.shape)

const upload = async (given: File) => (await api.files.upload({ file: given })).fileId

/** A new template: its first file, what it is called, and for which contracts it is. */
export function UploadDrawer(props: { open: boolean; onClose: () => void; onDone: (id: string) => void }) {
  const t = useT()
  const notice = useNotice()
  const label = (key: string) => t(`wordtemplates:fields.${key}`)
  return (
    <ActionForm
      title={t('wordtemplates:upload.title')}
      hint={t('wordtemplates:upload.hint')}
      open={props.open}
      schema={templateForm}
      initial={{ file: undefined, name: '', kind: 'goods_sale', language: 'zh-CN', remark: '' }}
      submitLabel={t('wordtemplates:actions.upload')}
      onClose={props.onClose}
      submit={async ({ file: given, ...fields }) => {
        const { id } = await api.wordTemplates.create({ ...fields, fileId: await upload(given) })
        notice.done(t('wordtemplates:upload.done'))
        props.onDone(id)
      }}
    >
      <FileField named />
      <TextField name="name" label={label('name')} max={60} required />
      <SelectField
        name="kind"
        label={label('kind')}
        options={CONTRACT_KINDS.map((value) => ({ value, label: t(`contracts:kinds.${value}`) }))}
        required
      />
      <SelectField
        name="language"
        label={label('language')}
        options={LOCALES.map((value) => ({ value, label: t(`contracts:languages.${value}`) }))}
        required
      />
      <TextField name="remark" label={label('remark')} max={200} />
    </ActionForm>
  )
}

/** The next edition of a template. */
export function EditionDrawer(props: {
  view: TemplateView
  open: boolean
  onClose: () => void
  onDone: (no: number) => void
}) {
  const t = useT()
  const notice = useNotice()
  const { view } = props
  return (
    <ActionForm
      title={t('wordtemplates:actions.addEdition')}
      hint={t('wordtemplates:upload.hint')}
      open={props.open}
      schema={editionForm}
      initial={{ file: undefined, remark: '' }}
      submitLabel={t('wordtemplates:actions.addEdition')}
      onClose={props.onClose}
      submit={async ({ file: given, remark }) => {
        const fileId = await upload(given)
        const { no } = await api.wordTemplates.addEdition({
          id: view.id as never,
          version: view.version,
          fileId,
          remark,
        })
        notice.done(t('wordtemplates:upload.next', { no }))
        props.onDone(no)
      }}
    >
      <FileField />
      <TextField name="remark" label={t('wordtemplates:fields.remark')} max={200} />
    </ActionForm>
  )
}

/** A Word file from the disk; `named`: an empty name of the template is taken from it. */
function FileField({ named = false }: { named?: boolean }) {
  const t = useT()
  const input = useRef<HTMLInputElement>(null)
  const form = useForm()
  const field = useField<File | undefined>('file')
  const take = (given: File | undefined) => {
    if (!given) return
    field.set(given)
    if (named && form.values['name'] === '') form.set('name', given.name.replace(/\.docx$/i, '').slice(0, 60))
  }
  return (
    <FieldFrame field={{ name: 'file', label: t('wordtemplates:fields.file'), required: true }} error={field.error}>
      {(ids) => (
        <span className="template-file">
          <Button {...ids} disabled={field.disabled} onClick={() => input.current?.click()}>
            {t('wordtemplates:fields.chooseFile')}
          </Button>
          <input
            ref={input}
            type="file"
            hidden
            accept=".docx"
            data-testid="template-input"
            onChange={(event) => {
              take(event.target.files?.[0])
              event.target.value = ''
            }}
          />
          <span>{field.value?.name ?? ''}</span>
        </span>
      )}
    </FieldFrame>
  )
}
