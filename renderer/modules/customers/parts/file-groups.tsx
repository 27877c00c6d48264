import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Select } from 'antd'
import { ADDRESS_KINDS, REJECT_REASONS, type AddressFields } from '#shared/modules/customers/customers.schema.ts'
import { useCampaignChoices } from '#renderer/modules/customers/customers.queries.ts'
import { api } from '#renderer/rpc/api.ts'
import { SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { FieldFrame } from '#renderer/ui/fields/field-frame.tsx'
import { PhoneField, TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useField, useForm } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'

/** Where the customer came from, by fair or campaign; its tags; and why it was rejected, where it was. */
export function ScreeningFields() {
  const t = useT()
  const { values } = useForm()
  const label = (key: string) => t(`customers:fields.${key}`)
  return (
    <>
      <SelectField name="campaignId" label={label('campaignId')} options={useCampaignChoices()} allowClear />
      <TagsField />
      {values['stage'] === 'rejected' ? (
        <>
          <SelectField
            name="rejectReason"
            label={label('rejectReason')}
            hint={t('customers:hints.reject')}
            required
            options={REJECT_REASONS.map((value) => ({ value, label: t(`customers:rejectReason.${value}`) }))}
          />
          <TextField name="rejectNote" label={label('rejectNote')} max={200} />
        </>
      ) : null}
    </>
  )
}

function TagsField() {
  const t = useT()
  const field = useField<readonly string[]>('tags')
  const known = useQuery({ queryKey: ['customers', 'tags'], queryFn: () => api.customers.tags({}) })
  return (
    <FieldFrame
      field={{ name: 'tags', label: t('customers:fields.tags'), hint: t('customers:hints.tags') }}
      error={field.error}
    >
      {(frame) => (
        <Select
          {...frame}
          mode="tags"
          maxTagCount="responsive"
          value={[...(field.value ?? [])]}
          options={(known.data ?? []).map((value) => ({ value, label: value }))}
          disabled={field.disabled}
          onChange={(next: string[]) => field.set(next.map((tag) => tag.trim()).filter(Boolean))}
        />
      )}
    </FieldFrame>
  )
}

/** Places beside the customer's own address: where goods go, where invoices are sent. */
export function AddressesEditor() {
  const t = useT()
  const field = useField<readonly AddressFields[]>('addresses')
  const places = field.value ?? []
  const word = (key: string) => t(`customers:address.${key}`)
  const add = () => field.set([...places, { kind: 'delivery', address: '', contact: '', phone: '' }])
  return (
    <fieldset className="form-group">
      <legend>{t('customers:groups.addresses')}</legend>
      {places.map((place, at) => (
        // An address has no id of its own; its place is what the fields beneath are bound to.
        <div key={at} className="contact-row">
          <div className="form-grid">
            <SelectField
              name={`addresses.${at}.kind`}
              label={word('kind')}
              options={ADDRESS_KINDS.map((value) => ({ value, label: t(`customers:addressKind.${value}`) }))}
            />
            <TextField name={`addresses.${at}.address`} label={word('address')} max={120} required />
            <TextField name={`addresses.${at}.contact`} label={word('contact')} max={40} />
            <PhoneField name={`addresses.${at}.phone`} label={word('phone')} />
          </div>
          <div className="contact-bar">
            <Button
              size="small"
              type="text"
              icon={<DeleteOutlined aria-hidden />}
              aria-label={t('customers:address.remove', { address: place.address })}
              onClick={() => field.set(places.filter((_, i) => i !== at))}
            />
          </div>
        </div>
      ))}
      <Button icon={<PlusOutlined aria-hidden />} onClick={add} disabled={field.disabled || places.length >= 20}>
        {word('add')}
      </Button>
    </fieldset>
  )
}
