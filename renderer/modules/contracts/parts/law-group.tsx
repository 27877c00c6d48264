import { AUTHORITY_KINDS } from '#shared/modules/contracts/contracts.schema.ts'
import { SIZES } from '#shared/modules/customers/customers.schema.ts'
import { CheckField, SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { MoneyField } from '#renderer/ui/fields/number-fields.tsx'
import { TextField } from '#renderer/ui/fields/text-fields.tsx'
import { FormGroup } from '#renderer/ui/entity-form.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { Slot } from './slot.tsx'

const SIGNERS = ['ourAuthority', 'theirAuthority'] as const

/** What the check needs to know of the sides: how large they are, by what right they sign, where letters are served. */
export function LawGroup() {
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
      {/* Side beside side: each row asks both the same. */}
      {SIGNERS.map((side) => (
        <Slot key={side} path={`terms.${side}.kind`}>
          <SelectField name={`terms.${side}.kind`} label={word(side)} options={kinds} />
        </Slot>
      ))}
      {SIGNERS.map((side) => (
        <Slot key={side} path={`terms.${side}.letter`}>
          <TextField name={`terms.${side}.letter`} label={t(`contracts:authority.letter.${side}`)} max={60} />
        </Slot>
      ))}
      {SIGNERS.map((side) => (
        <Slot key={side} path={`terms.${side}.validTo`}>
          <DayField name={`terms.${side}.validTo`} label={t(`contracts:authority.validTo.${side}`)} />
        </Slot>
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
