import { z } from 'zod'
import { asDay } from '#shared/kernel/dates.ts'
import {
  templateFields,
  useFields,
  type EditionView,
  type TemplateView,
} from '#shared/modules/wordtemplates/wordtemplates.schema.ts'
import { api } from '#renderer/rpc/api.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useConfirm, useNotice } from '#renderer/ui/notices.tsx'
import { firmToday } from '#renderer/ui/firm-day.ts'
import { MissingList } from './findings-panel.tsx'

interface EditionProps {
  readonly view: TemplateView
  readonly edition: EditionView
}

/** From which day an edition is used, with what it has no fields for. */
export function UseDrawer({ view, edition, ...props }: EditionProps & { open: boolean; onClose: () => void }) {
  const t = useT()
  const notice = useNotice()
  const { no } = edition
  const { missing } = edition.findings
  const title = t('wordtemplates:actions.putInUse', { no })
  return (
    <ActionForm
      title={title}
      hint={t('wordtemplates:use.hint')}
      open={props.open}
      size={560}
      schema={useFields}
      initial={{ validFrom: asDay(firmToday()), remark: edition.remark }}
      submitLabel={title}
      onClose={props.onClose}
      submit={async (output) => {
        await api.wordTemplates.putInUse({ ...output, id: view.id as never, version: view.version, no })
        notice.done(t('wordtemplates:use.done', { no }))
      }}
    >
      <p>{t(missing.length === 0 ? 'wordtemplates:use.none' : 'wordtemplates:use.missing')}</p>
      <MissingList missing={missing} language={view.language} />
      <DayField name="validFrom" label={t('wordtemplates:fields.validFrom')} required />
      <TextField name="remark" label={t('wordtemplates:fields.remark')} max={200} />
    </ActionForm>
  )
}

/** Asks why, and withdraws an edition. */
export function useWithdraw(): (of: EditionProps) => Promise<void> {
  const t = useT()
  const notice = useNotice()
  const confirm = useConfirm()
  return async ({ view, edition: { no } }) => {
    const action = t('wordtemplates:actions.withdraw', { no })
    const reason = await confirm({
      title: action,
      text: t('wordtemplates:withdraw.hint'),
      action,
      reason: { label: t('wordtemplates:fields.reason') },
    })
    if (reason === null) return
    try {
      await api.wordTemplates.withdraw({ id: view.id as never, version: view.version, no, reason })
      notice.done(t('wordtemplates:withdraw.done', { no }))
    } catch (error) {
      notice.fail(error)
    }
  }
}

const renaming = z.strictObject({ name: templateFields.shape.name })

export function RenameDrawer({ view, ...props }: { view: TemplateView; open: boolean; onClose: () => void }) {
  const t = useT()
  const notice = useNotice()
  const title = t('wordtemplates:actions.rename')
  return (
    <ActionForm
      title={title}
      hint=""
      open={props.open}
      schema={renaming}
      initial={{ name: view.name }}
      submitLabel={title}
      onClose={props.onClose}
      submit={async ({ name }) => {
        await api.wordTemplates.rename({ id: view.id as never, version: view.version, name })
        notice.done(t('wordtemplates:rename.done'))
      }}
    >
      <TextField name="name" label={t('wordtemplates:fields.name')} max={60} required autoFocus />
    </ActionForm>
  )
}
