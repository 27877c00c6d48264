import { App } from 'antd'
import { z } from 'zod'
import { shortText } from '#shared/kernel/text.ts'
import type { ContractView } from '#shared/modules/contracts/contracts.schema.ts'
import { api } from '#renderer/rpc/api.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { TextAreaField } from '#renderer/ui/fields/text-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'

const schema = z.strictObject({ reason: shortText(200) })

/** Makes a contract void, with its reason; the number stays. */
export function VoidDialog(props: { view: ContractView; open: boolean; onClose: () => void }) {
  const t = useT()
  const { message } = App.useApp()
  const { view } = props
  return (
    <ActionForm
      title={t('contracts:void.title')}
      hint={t('contracts:void.hint')}
      open={props.open}
      schema={schema}
      initial={{ reason: '' }}
      submitLabel={t('contracts:void.submit')}
      danger
      onClose={props.onClose}
      submit={async ({ reason }) => {
        await api.contracts.void({ reason, id: view.id as never, version: view.version })
        message.success(t('contracts:void.done'))
      }}
    >
      <TextAreaField name="reason" label={t('contracts:void.reason')} max={200} required />
    </ActionForm>
  )
}
