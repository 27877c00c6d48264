import { answerFields, GIVEN_ANSWERS, type NoteRow } from '#shared/modules/market/market.schema.ts'
import { api } from '#renderer/rpc/api.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { TextAreaField } from '#renderer/ui/fields/text-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'

/** Adopted or not, and why. */
export function AnswerDrawer(props: { note: NoteRow; open: boolean; onClose: () => void }) {
  const t = useT()
  const notice = useNotice()
  const { note } = props
  return (
    <ActionForm
      title={t('market:give.title')}
      hint={t('market:give.hint')}
      open={props.open}
      schema={answerFields}
      initial={{ answer: 'adopted', note: '' }}
      submitLabel={t('market:give.submit')}
      onClose={props.onClose}
      submit={async (output) => {
        await api.market.answer({ ...output, id: note.id, version: note.version })
        notice.done(t('market:give.done'))
      }}
    >
      <SelectField
        name="answer"
        label={t('market:fields.answer')}
        options={GIVEN_ANSWERS.map((value) => ({ value, label: t(`market:answer.${value}`) }))}
      />
      <TextAreaField name="note" label={t('market:fields.answerNote')} max={500} rows={4} required />
    </ActionForm>
  )
}
