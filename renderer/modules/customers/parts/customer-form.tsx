import { Button } from 'antd'
import type { ReactNode } from 'react'
import { normaliseCode } from '#shared/kernel/text.ts'
import { GRADES, KINDS, SIZES, SOURCES, STAGES } from '#shared/modules/customers/customers.schema.ts'
import { FormGroup } from '#renderer/ui/entity-form.tsx'
import { SelectField, type Choice } from '#renderer/ui/fields/choice-fields.tsx'
import { PhoneField, TextAreaField, TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useForm } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { usePeopleChoices } from '#renderer/modules/customers/customers.queries.ts'
import { ContactsEditor } from './contacts-editor.tsx'
import { AddressesEditor, ScreeningFields } from './file-groups.tsx'
import { DuplicateHint } from './duplicate-hint.tsx'

/** The fields of a customer file, in the order in which one learns them. */
export function CustomerForm(props: { exceptId: string | null; own: ReactNode }) {
  const t = useT()
  const people = usePeopleChoices()
  const label = (key: string) => t(`customers:fields.${key}`)
  const choices = <V extends string>(group: string, values: readonly V[]): Choice<V>[] =>
    values.map((value) => ({ value, label: t(`customers:${group}.${value}`) }))
  return (
    <>
      <FormGroup title={t('customers:groups.basics')}>
        <TextField name="name" label={label('name')} max={80} required />
        <TextField name="shortName" label={label('shortName')} max={40} />
        <TextField
          name="uscc"
          label={label('uscc')}
          hint={t('customers:hints.uscc')}
          max={36}
          normalise={normaliseCode}
        />
        <TextField name="industry" label={label('industry')} max={40} />
        <SelectField name="kind" label={label('kind')} options={choices('kind', KINDS)} />
        <SelectField
          name="size"
          label={label('size')}
          hint={t('customers:hints.size')}
          options={choices('size', SIZES)}
        />
      </FormGroup>
      <DuplicateHint exceptId={props.exceptId} />
      <FormGroup title={t('customers:groups.trade')}>
        <SelectField name="source" label={label('source')} required options={choices('source', SOURCES)} />
        <SelectField name="stage" label={label('stage')} options={choices('stage', STAGES)} />
        <SelectField name="grade" label={label('grade')} options={choices('grade', GRADES)} />
        <SelectField
          name="ownerId"
          label={label('ownerId')}
          hint={t('customers:hints.owner')}
          options={people}
          allowClear
        />
        <ScreeningFields />
      </FormGroup>
      <FormGroup title={t('customers:groups.place')}>
        <PhoneField name="phone" label={label('phone')} />
        <TextField name="website" label={label('website')} max={120} />
        <TextField name="region" label={label('region')} max={40} />
        <TextField name="address" label={label('address')} max={120} />
      </FormGroup>
      <AddressesEditor />
      {props.own}
      <ContactsEditor />
      <InvoiceGroup />
      <FormGroup title={t('customers:groups.notes')}>
        <TextAreaField name="needs" label={label('needs')} max={2000} rows={2} />
        <TextAreaField name="note" label={label('note')} max={2000} rows={2} />
      </FormGroup>
    </>
  )
}

/** What a special VAT invoice needs; most of it stands above already. */
function InvoiceGroup() {
  const t = useT()
  const form = useForm()
  const label = (key: string) => t(`customers:invoice.${key}`)
  const fill = () => {
    const { name, uscc, address, phone } = form.values
    const invoice = (form.values['invoice'] ?? {}) as Record<string, unknown>
    const known = { title: name, taxId: uscc, address, phone }
    const added = Object.fromEntries(Object.entries(known).filter(([key]) => !invoice[key]))
    form.set('invoice', { ...invoice, ...added })
  }
  return (
    <FormGroup title={t('customers:groups.invoice')}>
      <TextField name="invoice.title" label={label('title')} max={80} />
      <TextField name="invoice.taxId" label={label('taxId')} max={36} normalise={normaliseCode} />
      <TextField name="invoice.bankName" label={label('bankName')} max={80} />
      <TextField name="invoice.bankAccount" label={label('bankAccount')} max={40} />
      <TextField name="invoice.address" label={label('address')} max={120} />
      <PhoneField name="invoice.phone" label={label('phone')} />
      <div className="wide">
        <Button size="small" onClick={fill} disabled={form.disabled}>
          {label('copy')}
        </Button>
      </div>
    </FormGroup>
  )
}
