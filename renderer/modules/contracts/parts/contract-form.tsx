import { Fragment, memo, type ReactNode } from 'react'
import { LOCALES } from '#shared/i18n/locale.ts'
import { normaliseCode } from '#shared/kernel/text.ts'
import { buyerOf } from '#shared/modules/contracts/contracts.draft.rules.ts'
import { AUTHORITY_KINDS, type Party } from '#shared/modules/contracts/contracts.schema.ts'
import { SIZES } from '#shared/modules/customers/customers.schema.ts'
import { CustomerPicker } from '#renderer/modules/customers/parts/customer-picker.tsx'
import { api } from '#renderer/rpc/api.ts'
import { CheckField, SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { CountField, MoneyField, RateField } from '#renderer/ui/fields/number-fields.tsx'
import { PhoneField, TextAreaField, TextField } from '#renderer/ui/fields/text-fields.tsx'
import { FormGroup } from '#renderer/ui/entity-form.tsx'
import { FormPart } from '#renderer/ui/form-part.tsx'
import { useForm } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { LinesEditor } from './lines-editor.tsx'
import { PlanEditor } from './plan-editor.tsx'

/** Marks a field's place, so that a finding of the check can go there. */
function Slot(props: { path: string; children: ReactNode }) {
  return (
    <div className="field-slot" data-path={props.path}>
      {props.children}
    </div>
  )
}

/** The contract's fields in the order in which a contract is read. */
export function ContractForm(props: { rates: readonly { value: number; label: string }[]; customerName: string }) {
  const t = useT()
  const word = (key: string) => t(`contracts:fields.${key}`)
  return (
    <>
      <FormGroup title={t('contracts:groups.basics')}>
        <CustomerField chosenLabel={props.customerName} />
        <Slot path="title">
          <TextField name="title" label={word('title')} max={80} required />
        </Slot>
        <SelectField
          name="language"
          label={word('language')}
          options={LOCALES.map((value) => ({ value, label: t(`contracts:languages.${value}`) }))}
        />
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
}

/** What both sides agreed, in a contract as in a supplement to one. */
export function AgreedGroups(props: { rates: readonly { value: number; label: string }[] }) {
  const t = useT()
  return (
    <>
      <FormPart path="buyer">
        <BuyerGroup />
      </FormPart>
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
      <FormPart path="terms">
        <TermsGroups />
      </FormPart>
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

/** What the check needs to know of the sides: how large they are, by what right they sign, where letters are served. */
function LawGroup() {
  const t = useT()
  const word = (key: string) => t(`contracts:fields.terms.${key}`)
  const sizes = SIZES.map((value) => ({ value, label: t(`customers:size.${value}`) }))
  const kinds = AUTHORITY_KINDS.map((value) => ({ value, label: t(`contracts:authorities.${value}`) }))
  return (
    <FormGroup title={t('contracts:groups.law')}>
      {(['ourSize', 'buyerSize'] as const).map((side) => (
        <Slot key={side} path={`terms.${side}`}>
          <SelectField name={`terms.${side}`} label={word(side)} options={sizes} />
        </Slot>
      ))}
      <Slot path="terms.smeNotice">
        <CheckField name="terms.smeNotice" label={word('smeNotice')} />
      </Slot>
      <Slot path="terms.estimatedLoss">
        <MoneyField
          name="terms.estimatedLoss"
          label={word('estimatedLoss')}
          hint={t('contracts:hints.estimatedLoss')}
        />
      </Slot>
      {(['ourAuthority', 'theirAuthority'] as const).map((side) => (
        <Fragment key={side}>
          <Slot path={`terms.${side}.kind`}>
            <SelectField name={`terms.${side}.kind`} label={word(side)} options={kinds} />
          </Slot>
          <Slot path={`terms.${side}.letter`}>
            <TextField name={`terms.${side}.letter`} label={t(`contracts:authority.letter.${side}`)} max={60} />
          </Slot>
          <Slot path={`terms.${side}.validTo`}>
            <DayField name={`terms.${side}.validTo`} label={t(`contracts:authority.validTo.${side}`)} />
          </Slot>
        </Fragment>
      ))}
      <Slot path="terms.serviceAddress">
        <TextField name="terms.serviceAddress" label={word('serviceAddress')} max={200} />
      </Slot>
      <Slot path="terms.serviceEmail">
        <TextField name="terms.serviceEmail" label={word('serviceEmail')} max={120} />
      </Slot>
    </FormGroup>
  )
}

const TermsGroups = memo(function TermsGroups() {
  const t = useT()
  const word = (key: string) => t(`contracts:fields.terms.${key}`)
  const area = (key: string, max: number) => (
    <Slot path={`terms.${key}`}>
      <TextAreaField name={`terms.${key}`} label={word(key)} max={max} rows={2} />
    </Slot>
  )
  return (
    <>
      <FormGroup title={t('contracts:groups.delivery')}>
        <Slot path="terms.deliveryPlace">
          <TextField name="terms.deliveryPlace" label={word('deliveryPlace')} max={120} />
        </Slot>
        <Slot path="terms.deliveryDay">
          <DayField name="terms.deliveryDay" label={word('deliveryDay')} />
        </Slot>
        {area('deliveryTerms', 500)}
        {area('packaging', 500)}
      </FormGroup>
      <FormGroup title={t('contracts:groups.quality')}>
        {area('quality', 1000)}
        {area('inspection', 1000)}
        <Slot path="terms.inspectionDays">
          <CountField name="terms.inspectionDays" label={word('inspectionDays')} />
        </Slot>
        <Slot path="terms.warrantyMonths">
          <CountField name="terms.warrantyMonths" label={word('warrantyMonths')} />
        </Slot>
        {area('warranty', 1000)}
      </FormGroup>
      <FormGroup title={t('contracts:groups.breach')}>
        <Slot path="terms.penaltyPerDay">
          <RateField
            name="terms.penaltyPerDay"
            label={word('penaltyPerDay')}
            hint={t('contracts:hints.penaltyPerDay')}
          />
        </Slot>
        <RateField name="terms.penaltyCap" label={word('penaltyCap')} />
        {area('breach', 2000)}
        <SelectField
          name="terms.disputeWay"
          label={word('disputeWay')}
          options={(['court', 'arbitration'] as const).map((value) => ({
            value,
            label: t(`contracts:disputes.${value}`),
          }))}
        />
        <Slot path="terms.disputePlace">
          <TextField name="terms.disputePlace" label={word('disputePlace')} max={80} />
        </Slot>
      </FormGroup>
      <FormGroup title={t('contracts:groups.other')}>
        <CountField name="terms.copies" label={word('copies')} hint={t('contracts:hints.copies')} />
        <Slot path="terms.startDay">
          <DayField name="terms.startDay" label={word('startDay')} />
        </Slot>
        <Slot path="terms.endDay">
          <DayField name="terms.endDay" label={word('endDay')} />
        </Slot>
        <Slot path="terms.settlement">
          <TextField name="terms.settlement" label={word('settlement')} max={300} />
        </Slot>
        <CheckField name="terms.retainTitle" label={word('retainTitle')} />
        {area('other', 4000)}
      </FormGroup>
      <LawGroup />
    </>
  )
})
