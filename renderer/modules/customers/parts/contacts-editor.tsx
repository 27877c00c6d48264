import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { CONSENT_BASES, DECISION_ROLES, type ContactFields } from '#shared/modules/customers/customers.schema.ts'
import { useScreening } from '#renderer/modules/customers/customers.queries.ts'
import { SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { PhoneField, TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useField } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { StatusTag } from '#renderer/ui/parts.tsx'

const NEW: ContactFields = {
  name: '',
  title: '',
  phone: '',
  mobile: '',
  email: '',
  wechat: '',
  decisionRole: 'unknown',
  primary: false,
  consentBasis: 'contract',
  consentDay: null,
  birthday: null,
}

/** The people one talks to at a customer; exactly one of them is the primary contact. */
export function ContactsEditor() {
  const t = useT()
  const field = useField<readonly ContactFields[]>('contacts')
  const contacts = field.value ?? []
  const birthdays = useScreening().data?.value.birthdays ?? false
  const add = () => field.set([...contacts, { ...NEW, primary: contacts.length === 0 }])
  const remove = (at: number) => {
    const rest = contacts.filter((_, i) => i !== at)
    const anyPrimary = rest.some((contact) => contact.primary)
    field.set(rest.map((contact, i) => ({ ...contact, primary: anyPrimary ? contact.primary : i === 0 })))
  }
  const makePrimary = (at: number) => field.set(contacts.map((contact, i) => ({ ...contact, primary: i === at })))
  return (
    <fieldset className="form-group">
      <legend>{t('customers:groups.contacts')}</legend>
      {contacts.length === 0 ? <p className="muted">{t('customers:contact.empty')}</p> : null}
      {contacts.map((contact, at) => (
        // A contact has no id of its own; its place is what the fields beneath are bound to.
        <ContactRow
          key={at}
          at={at}
          contact={contact}
          birthdays={birthdays}
          onPrimary={() => makePrimary(at)}
          onRemove={() => remove(at)}
        />
      ))}
      <Button icon={<PlusOutlined aria-hidden />} onClick={add} disabled={field.disabled || contacts.length >= 50}>
        {t('customers:contact.add')}
      </Button>
    </fieldset>
  )
}

function ContactRow(props: {
  at: number
  contact: ContactFields
  birthdays: boolean
  onPrimary: () => void
  onRemove: () => void
}) {
  const t = useT()
  const { at, contact } = props
  const word = (key: string) => t(`customers:contact.${key}`)
  const path = (key: keyof ContactFields) => `contacts.${at}.${key}`
  return (
    <div className="contact-row">
      <div className="form-grid">
        <TextField name={path('name')} label={word('name')} max={40} required />
        <TextField name={path('title')} label={word('title')} max={40} />
        <PhoneField name={path('mobile')} label={word('mobile')} />
        <PhoneField name={path('phone')} label={word('phone')} />
        <TextField name={path('email')} label={word('email')} max={120} />
        <TextField name={path('wechat')} label={word('wechat')} max={40} />
        <SelectField
          name={path('decisionRole')}
          label={word('decisionRole')}
          options={DECISION_ROLES.map((value) => ({ value, label: t(`customers:decisionRole.${value}`) }))}
        />
        <SelectField
          name={path('consentBasis')}
          label={word('consentBasis')}
          options={CONSENT_BASES.map((value) => ({ value, label: t(`customers:consentBasis.${value}`) }))}
        />
        {contact.consentBasis === 'consent' ? (
          <DayField name={path('consentDay')} label={word('consentDay')} required />
        ) : null}
        {props.birthdays ? (
          <DayField name={path('birthday')} label={word('birthday')} hint={word('birthdayHint')} />
        ) : null}
      </div>
      <div className="contact-bar">
        {contact.primary ? (
          <StatusTag tone="active">{word('primary')}</StatusTag>
        ) : (
          <Button size="small" type="text" onClick={props.onPrimary}>
            {word('makePrimary')}
          </Button>
        )}
        <Button
          size="small"
          type="text"
          icon={<DeleteOutlined aria-hidden />}
          aria-label={t('customers:contact.remove', { name: contact.name })}
          onClick={props.onRemove}
        />
      </div>
    </div>
  )
}
