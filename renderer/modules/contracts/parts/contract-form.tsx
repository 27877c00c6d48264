import { memo } from 'react'
import { LOCALES } from '#shared/i18n/locale.ts'
import { normaliseCode } from '#shared/kernel/text.ts'
import { buyerOf } from '#shared/modules/contracts/contracts.draft.rules.ts'
import type { ContractDraft, Party } from '#shared/modules/contracts/contracts.schema.ts'
import { CustomerPicker } from '#renderer/modules/customers/parts/customer-picker.tsx'
import { api } from '#renderer/rpc/api.ts'
import { SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { PhoneField, TextField } from '#renderer/ui/fields/text-fields.tsx'
import { FormGroup } from '#renderer/ui/entity-form.tsx'
import { useField, useForm } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { AnnexesEditor } from './annexes-editor.tsx'
import { LinesEditor } from './lines-editor.tsx'
import { PlanEditor } from './plan-editor.tsx'
import { LanguageFields, SecondTextsGroup } from './second-language.tsx'
import { Slot } from './slot.tsx'
import { KindField, TemplateField } from './template-fields.tsx'
import { TermsGroups } from './terms-groups.tsx'

/** The contract's fields in the order in which a contract is read; not drawn again for what is typed into one of them. */
export const ContractForm = memo(function ContractForm(props: {
  rates: readonly { value: number; label: string }[]
  customerName: string
}) {
  const t = useT()
  const word = (key: string) => t(`contracts:fields.${key}`)
  return (
    <>
      <FormGroup title={t('contracts:groups.basics')}>
        <CustomerField chosenLabel={props.customerName} />
        <Slot path="title">
          <TextField name="title" label={word('title')} max={80} required />
        </Slot>
        <KindField />
        <TemplateField />
        <SelectField
          name="language"
          label={word('language')}
          options={LOCALES.map((value) => ({ value, label: t(`contracts:languages.${value}`) }))}
        />
        <LanguageFields />
        <Slot path="ourSigner">
          <TextField name="ourSigner" label={word('ourSigner')} max={40} />
        </Slot>
        <Slot path="theirSigner">
          <TextField name="theirSigner" label={word('theirSigner')} max={40} />
        </Slot>
        <Slot path="signPlace">
          <TextField name="signPlace" label={word('signPlace')} max={80} />
        </Slot>
      </FormGroup>
      <AgreedGroups rates={props.rates} />
    </>
  )
})

/** What both sides agreed, in a contract as in a supplement to one. */
export function AgreedGroups(props: { rates: readonly { value: number; label: string }[] }) {
  const t = useT()
  const kind = useField<ContractDraft['kind']>('kind').value
  return (
    <>
      <BuyerGroup />
      <fieldset className="form-group">
        <legend>{t('contracts:groups.lines')}</legend>
        <div className="cells-scroll">
          <LinesEditor rates={props.rates} />
        </div>
      </fieldset>
      <fieldset className="form-group">
        <legend>{t('contracts:groups.plan')}</legend>
        <div className="cells-scroll">
          <PlanEditor />
        </div>
      </fieldset>

      <TermsGroups kind={kind} />
      <SecondTextsGroup />
      <AnnexesEditor />
    </>
  )
}

/** Choosing a customer fills the buyer's side from the file; it stays editable. */
function CustomerField(props: { chosenLabel: string }) {
  const t = useT()
  const form = useForm()
  const fill = async (id: string) => {
    const customer = await api.customers.get({ id: id as never })
    form.set('buyer', buyerOf(customer, form.values['buyer'] as Party))
  }
  return (
    <Slot path="customerId">
      <CustomerPicker
        name="customerId"
        label={t('contracts:fields.customerId')}
        required
        chosenLabel={props.chosenLabel}
        onPicked={(option) => {
          if (option) void fill(option.value)
        }}
      />
    </Slot>
  )
}

const BuyerGroup = memo(function BuyerGroup() {
  const t = useT()
  const word = (key: string) => t(`contracts:fields.buyer.${key}`)
  return (
    <FormGroup title={t('contracts:groups.buyer')}>
      <Slot path="buyer.name">
        <TextField name="buyer.name" label={word('name')} max={80} />
      </Slot>
      <Slot path="buyer.uscc">
        <TextField name="buyer.uscc" label={word('uscc')} max={18} normalise={normaliseCode} />
      </Slot>
      <Slot path="buyer.address">
        <TextField name="buyer.address" label={word('address')} max={120} />
      </Slot>
      <TextField name="buyer.legalRepresentative" label={word('legalRepresentative')} max={40} />
      <PhoneField name="buyer.phone" label={word('phone')} />
      <TextField name="buyer.bankName" label={word('bankName')} max={80} />
      <TextField name="buyer.bankAccount" label={word('bankAccount')} max={40} />
    </FormGroup>
  )
})
