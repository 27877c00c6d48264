import { LOCALES } from '#shared/i18n/locale.ts'
import { FormGroup } from '#renderer/ui/entity-form.tsx'
import { SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { CountField, RateField } from '#renderer/ui/fields/number-fields.tsx'
import { TextAreaField, TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { LinesGrid } from './lines-grid.tsx'

/** The quotation's fields in the order in which it is read. */
export function QuotationForm(props: { rates: readonly { value: number; label: string }[]; seesCost: boolean }) {
  const t = useT()
  const word = (key: string) => t(`quotations:fields.${key}`)
  return (
    <>
      <FormGroup title={t('quotations:groups.basics')}>
        <TextField name="title" label={word('title')} max={80} required />
        <TextField name="attention" label={word('attention')} max={40} />
        <SelectField
          name="language"
          label={word('language')}
          options={LOCALES.map((value) => ({ value, label: t(`contracts:languages.${value}`) }))}
        />
        <CountField name="validDays" label={word('validDays')} required />
        <DayField name="validUntil" label={word('validUntil')} hint={t('quotations:hints.validUntil')} />
      </FormGroup>
      <fieldset className="form-group">
        <legend>{t('quotations:groups.lines')}</legend>
        <p className="form-hint muted">{t('quotations:hints.internal')}</p>
        <div className="cells-scroll">
          <LinesGrid rates={props.rates} seesCost={props.seesCost} />
        </div>
      </fieldset>
      <FormGroup title={t('quotations:groups.terms')}>
        <RateField name="prepay" label={word('prepay')} />
        <CountField name="paymentDays" label={word('paymentDays')} />
        <TextField name="payment" label={word('payment')} max={500} />
        <TextField name="deliveryPlace" label={word('deliveryPlace')} max={120} />
        <TextField name="delivery" label={word('delivery')} max={500} />
        <CountField name="warrantyMonths" label={word('warrantyMonths')} />
        <TextField name="warranty" label={word('warranty')} max={500} />
        <TextAreaField name="notes" label={word('notes')} max={2000} rows={3} />
      </FormGroup>
    </>
  )
}
