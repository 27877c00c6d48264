import { z } from 'zod'
import { shortText } from '#shared/kernel/text.ts'
import type { LetterRow } from '#shared/modules/dunning/dunning.schema.ts'
import { api } from '#renderer/rpc/api.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'

const voidSchema = z.strictObject({ reason: shortText(200) })

/** Takes a letter out of the count; its number and file stay. */
export function VoidLetterDialog(props: { letter: LetterRow | null; onClose: () => void }) {
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
