import { App } from 'antd'
import { z } from 'zod'
import { plainDay } from '#shared/kernel/dates.ts'
import { shortText } from '#shared/kernel/text.ts'
import { canBeSigned } from '#shared/modules/contracts/contracts.check.ts'
import type { ContractView } from '#shared/modules/contracts/contracts.schema.ts'
import { today } from '#renderer/modules/contracts/contracts.queries.ts'
import { api } from '#renderer/rpc/api.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useDraftCheck } from './draft-check.tsx'
import { FindingsList } from './findings-list.tsx'

const schema = z.strictObject({ signDay: plainDay, ourSigner: shortText(40), theirSigner: shortText(40) })

/** Signing: the day and who signed; not possible while a required part is missing, and the list says which. */
export function SignDrawer(props: { view: ContractView; open: boolean; onClose: () => void }) {
  const t = useT()
  const { message } = App.useApp()
  const { view } = props
  const check = useDraftCheck(view)
  const errors = (check.data ?? []).filter((finding) => finding.severity === 'error')
  const ready = check.data !== undefined && canBeSigned(check.data)
  return (
    <ActionForm
      title={t('contracts:sign.title')}
      hint={t('contracts:sign.hint')}
      open={props.open}
      schema={schema}
      initial={{ signDay: today(), ourSigner: view.ourSigner, theirSigner: view.theirSigner }}
      submitLabel={t('contracts:sign.submit')}
      disabled={!ready}
      onClose={props.onClose}
      submit={async (output) => {
        await api.contracts.sign({ ...output, id: view.id as never, version: view.version })
        message.success(t('contracts:sign.done', { number: view.number }))
      }}
    >
      {errors.length > 0 ? (
        <>
          <p role="alert">{t('contracts:sign.blocked', { count: errors.length })}</p>
          <FindingsList findings={errors} />
        </>
      ) : null}
      <DayField name="signDay" label={t('contracts:sign.day')} required />
      <TextField name="ourSigner" label={t('contracts:fields.ourSigner')} max={40} required />
      <TextField name="theirSigner" label={t('contracts:fields.theirSigner')} max={40} required />
    </ActionForm>
  )
}
