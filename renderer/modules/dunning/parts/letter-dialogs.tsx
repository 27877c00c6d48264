import { z } from 'zod'
import { shortText } from '#shared/kernel/text.ts'
import { SENT_WAYS, sentFields, type LetterRow } from '#shared/modules/dunning/dunning.schema.ts'
import { api } from '#renderer/rpc/api.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'

interface DialogProps {
  readonly letter: LetterRow | null
  readonly onClose: () => void
}

/** How and when a letter went out: what proves the demand later. */
export function SentDialog(props: DialogProps) {
  const t = useT()
  const { letter } = props
  return (
    <ActionForm
      title={t('dunning:sent.title')}
      hint={t('dunning:sent.hint')}
      open={letter !== null}
      schema={sentFields}
      initial={{
        sentWay: letter?.sentWay ?? 'ems',
        sentDay: letter?.sentDay ?? letter?.day ?? '',
        sentReference: letter?.sentReference ?? '',
      }}
      submitLabel={t('dunning:sent.title')}
      onClose={props.onClose}
      submit={async (output) => {
        if (letter) await api.dunning.markSent({ ...output, id: letter.id, version: letter.version })
      }}
    >
      <SelectField
        name="sentWay"
        label={t('dunning:sent.way')}
        required
        options={SENT_WAYS.map((value) => ({ value, label: t(`dunning:sent.ways.${value}`) }))}
      />
      <DayField name="sentDay" label={t('dunning:columns.sentDay')} required />
      <TextField name="sentReference" label={t('dunning:columns.sentReference')} max={60} />
    </ActionForm>
  )
}

const voidSchema = z.strictObject({ reason: shortText(200) })

/** Takes a letter out of the count; its number and file stay. */
export function VoidLetterDialog(props: DialogProps) {
  const t = useT()
  const { letter } = props
  return (
    <ActionForm
      title={t('dunning:void.title')}
      hint={letter ? `${letter.number} ${letter.customerName}` : ''}
      open={letter !== null}
      schema={voidSchema}
      initial={{ reason: '' }}
      submitLabel={t('dunning:void.title')}
      danger
      onClose={props.onClose}
      submit={async ({ reason }) => {
        if (letter) await api.dunning.voidLetter({ reason, id: letter.id, version: letter.version })
      }}
    >
      <TextField name="reason" label={t('dunning:void.reason')} max={200} required />
    </ActionForm>
  )
}
