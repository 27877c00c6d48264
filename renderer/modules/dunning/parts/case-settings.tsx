import { LOCALES } from '#shared/i18n/locale.ts'
import { TRUST } from '#shared/modules/dunning/dunning.ladder.rules.ts'
import { caseSettings, type CaseView } from '#shared/modules/dunning/dunning.worklist.schema.ts'
import { api } from '#renderer/rpc/api.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'

const schema = caseSettings.omit({ customerId: true, version: true })

/** How far a customer is trusted, the language it is written to in, and what to know about it. */
export function CaseSettingsDrawer(props: { open: boolean; view: CaseView; onClose: () => void }) {
  const t = useT()
  const { customer, settings } = props.view
  return (
    <ActionForm
      title={t('dunning:work.settings')}
      hint={t('dunning:settings.trustHint')}
      open={props.open}
      schema={schema}
      initial={{ trust: settings.trust, language: settings.language, note: settings.note }}
      submitLabel={t('dunning:settings.submit')}
      onClose={props.onClose}
      submit={async (output) => {
        await api.dunning.saveCase({ ...output, customerId: customer.id, version: settings.version })
      }}
    >
      <SelectField
        name="trust"
        label={t('dunning:settings.trust')}
        required
        options={TRUST.map((value) => ({ value, label: t(`dunning:trust.${value}`) }))}
      />
      <SelectField
        name="language"
        label={t('dunning:settings.language')}
        hint={t('dunning:settings.languageDefault')}
        allowClear
        options={LOCALES.map((value) => ({ value, label: t(`common:languages.${value.replace('-', '')}`) }))}
      />
      <TextField name="note" label={t('dunning:settings.note')} max={200} />
    </ActionForm>
  )
}
