import { memo } from 'react'
import type { ContractDraft, ContractTerms } from '#shared/modules/contracts/contracts.schema.ts'
import { RENEWALS } from '#shared/modules/contracts/contracts.texts.schema.ts'
import { CheckField, SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { CountField, RateField } from '#renderer/ui/fields/number-fields.tsx'
import { TextAreaField, TextField } from '#renderer/ui/fields/text-fields.tsx'
import { FormGroup } from '#renderer/ui/entity-form.tsx'
import { useField } from '#renderer/ui/form-state.ts'
import { useHasWords, useT } from '#renderer/ui/i18n.ts'
import { LawGroup } from './law-group.tsx'
import { Slot } from './slot.tsx'

type Kind = ContractDraft['kind']
type Term = keyof ContractTerms

/** Terms that only some kinds of contracts have; one in which something is said is shown in any. */
const ONLY_FOR: Readonly<Partial<Record<Term, readonly Kind[]>>> = {
  packaging: ['goods_sale', 'frame'],
  deliveryDay: ['goods_sale'],
  warrantyMonths: ['goods_sale', 'frame'],
  warranty: ['goods_sale', 'frame'],
  retainTitle: ['goods_sale', 'frame'],
  startDay: ['services', 'frame'],
  endDay: ['services', 'frame'],
  renewal: ['services', 'frame'],
  noticeDays: ['services', 'frame'],
  serviceLevel: ['services'],
  callOff: ['frame'],
  priceDay: ['frame'],
  priceAdjust: ['frame'],
}
const SAYS_NOTHING: readonly unknown[] = ['', null, undefined, false, 'unsaid']

/** The clauses, as far as they suit the kind of contract. */
export const TermsGroups = memo(function TermsGroups({ kind }: { kind: Kind }) {
  const t = useT()
  const hasWords = useHasWords()
  const terms = useField<ContractTerms>('terms').value
  const suits = (name: Term) => ONLY_FOR[name]?.includes(kind) !== false || !SAYS_NOTHING.includes(terms[name])
  const word = (name: Term) => {
    const own = `contracts:kindFields.${kind}.${name}`
    return t(hasWords(own) ? own : `contracts:fields.terms.${name}`)
  }
  const field = (name: Term, draw: (name: string, label: string) => React.ReactNode) =>
    suits(name) ? (
      <Slot key={name} path={`terms.${name}`}>
        {draw(`terms.${name}`, word(name))}
      </Slot>
    ) : null
  const area = (name: Term, max: number) =>
    field(name, (path, label) => <TextAreaField name={path} label={label} max={max} rows={2} />)
  const line = (name: Term, max: number) =>
    field(name, (path, label) => <TextField name={path} label={label} max={max} />)
  const day = (name: Term) => field(name, (path, label) => <DayField name={path} label={label} />)
  const count = (name: Term) => field(name, (path, label) => <CountField name={path} label={label} />)
  const run = (['startDay', 'endDay', 'renewal', 'noticeDays'] as const).some(suits)
  const frame = (['callOff', 'priceDay', 'priceAdjust'] as const).some(suits)
  return (
    <>
      {run ? (
        <FormGroup title={t('contracts:groups.run')}>
          {day('startDay')}
          {day('endDay')}
          {field('renewal', (path, label) => (
            <SelectField
              name={path}
              label={label}
              options={RENEWALS.map((value) => ({ value, label: t(`contracts:renewals.${value}`) }))}
            />
          ))}
          {field('noticeDays', (path, label) => (
            <CountField name={path} label={label} hint={t('contracts:hints.noticeDays')} />
          ))}
        </FormGroup>
      ) : null}
      {frame ? (
        <FormGroup title={t('contracts:groups.frame')}>
          {day('priceDay')}
          {area('callOff', 1000)}
          {area('priceAdjust', 1000)}
        </FormGroup>
      ) : null}
      <FormGroup title={t(`contracts:groups.${kind === 'services' ? 'service' : 'delivery'}`)}>
        {line('deliveryPlace', 120)}
        {day('deliveryDay')}
        {area('deliveryTerms', 500)}
        {area('serviceLevel', 2000)}
        {area('packaging', 500)}
      </FormGroup>
      <FormGroup title={t(`contracts:groups.${kind === 'services' ? 'acceptance' : 'quality'}`)}>
        {area('quality', 1000)}
        {area('inspection', 1000)}
        {count('inspectionDays')}
        {count('warrantyMonths')}
        {area('warranty', 1000)}
      </FormGroup>
      <FormGroup title={t('contracts:groups.breach')}>
        {field('penaltyPerDay', (path, label) => (
          <RateField name={path} label={label} hint={t('contracts:hints.penaltyPerDay')} />
        ))}
        {field('penaltyCap', (path, label) => (
          <RateField name={path} label={label} />
        ))}
        {area('breach', 2000)}
        {field('disputeWay', (path, label) => (
          <SelectField
            name={path}
            label={label}
            options={(['court', 'arbitration'] as const).map((value) => ({
              value,
              label: t(`contracts:disputes.${value}`),
            }))}
          />
        ))}
        {line('disputePlace', 80)}
      </FormGroup>
      <FormGroup title={t('contracts:groups.other')}>
        {field('copies', (path, label) => (
          <CountField name={path} label={label} hint={t('contracts:hints.copies')} />
        ))}
        {line('settlement', 300)}
        {field('retainTitle', (path, label) => (
          <CheckField name={path} label={label} />
        ))}
        {area('other', 4000)}
      </FormGroup>
      <LawGroup />
    </>
  )
})
