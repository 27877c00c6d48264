import {
  CAMPAIGN_KINDS,
  campaignFields,
  type CampaignFields,
  type CampaignRow,
} from '#shared/modules/customers/campaigns.contract.ts'
import { api } from '#renderer/rpc/api.ts'
import { useCommand } from '#renderer/rpc/queries.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { MoneyField } from '#renderer/ui/fields/number-fields.tsx'
import { TextAreaField, TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { firmToday } from '#renderer/ui/firm-day.ts'

/** A fair or campaign: made, or changed where one is given. */
export function CampaignDrawer(props: { campaign: CampaignRow | null; open: boolean; onClose: () => void }) {
  const t = useT()
  const notice = useNotice()
  const { campaign } = props
  const today = firmToday()
  const label = (key: keyof CampaignFields) => t(`customers:campaigns.fields.${key}`)
  const save = useCommand((fields: CampaignFields, options) =>
    campaign
      ? api.campaigns.update({ ...fields, id: campaign.id as never, version: campaign.version }, options)
      : api.campaigns.create(fields, options),
  )
  const initial = campaign
    ? Object.fromEntries(Object.keys(FIELDS).map((key) => [key, campaign[key as keyof CampaignRow]]))
    : { ...FIELDS, fromDay: today, toDay: today }
  return (
    <ActionForm
      title={t(campaign ? 'customers:campaigns.edit' : 'customers:campaigns.new')}
      hint=""
      open={props.open}
      schema={campaignFields}
      initial={initial}
      submitLabel={t('common:save')}
      onClose={props.onClose}
      submit={async (fields) => {
        await save.run(fields)
        notice.done(t('customers:campaigns.saved', { name: fields.name }))
      }}
    >
      <TextField name="name" label={label('name')} max={60} required />
      <SelectField
        name="kind"
        label={label('kind')}
        options={CAMPAIGN_KINDS.map((value) => ({ value, label: t(`customers:campaigns.kind.${value}`) }))}
      />
      <DayField name="fromDay" label={label('fromDay')} required />
      <DayField name="toDay" label={label('toDay')} required />
      <TextField name="place" label={label('place')} max={60} />
      <MoneyField name="cost" label={label('cost')} />
      <TextAreaField name="note" label={label('note')} max={500} />
    </ActionForm>
  )
}

const FIELDS = { name: '', kind: 'exhibition', fromDay: '', toDay: '', place: '', cost: 0, note: '' }
