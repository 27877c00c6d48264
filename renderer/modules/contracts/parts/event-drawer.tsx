import { App } from 'antd'
import { z } from 'zod'
import { plainDay } from '#shared/kernel/dates.ts'
import { optionalText } from '#shared/kernel/text.ts'
import { EVENT_KINDS, type ContractView } from '#shared/modules/contracts/contracts.schema.ts'
import { api } from '#renderer/rpc/api.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { firmToday } from '#renderer/ui/firm-day.ts'

const schema = z.strictObject({ kind: z.enum(EVENT_KINDS), day: plainDay, note: optionalText(200) })

/** Records delivery, acceptance or the end of the warranty; the instalments are dated anew from it. */
export function EventDrawer(props: { view: ContractView; open: boolean; onClose: () => void }) {
  const t = useT()
  const { message } = App.useApp()
  const { view } = props
  const next = EVENT_KINDS.find((kind) => !view.events.some((event) => event.kind === kind)) ?? 'delivery'
  return (
    <ActionForm
      title={t('contracts:event.title')}
      hint={t('contracts:event.hint')}
      open={props.open}
      schema={schema}
      initial={{ kind: next, day: firmToday(), note: '' }}
      submitLabel={t('contracts:event.submit')}
      onClose={props.onClose}
      submit={async (output) => {
        await api.contracts.recordEvent({ ...output, id: view.id as never, version: view.version })
        message.success(t('contracts:event.done'))
      }}
    >
      <SelectField
        name="kind"
        label={t('contracts:event.kind')}
        options={EVENT_KINDS.map((value) => ({ value, label: t(`contracts:events.${value}`) }))}
      />
      <DayField name="day" label={t('contracts:event.day')} required />
      <TextField name="note" label={t('contracts:event.note')} max={200} />
    </ActionForm>
  )
}
