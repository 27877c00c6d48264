import { z } from 'zod'
import { LOCALES, type Locale } from '#shared/i18n/locale.ts'
import { plainMonth, shiftMonth } from '#shared/kernel/dates.ts'
import { api } from '#renderer/rpc/api.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { useLocale, useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { firmMonth } from '#renderer/ui/firm-day.ts'

const schema = z.strictObject({ month: plainMonth, language: z.enum(LOCALES) })
const MONTHS = 24

/** Chooses the month and the language of a digest; the PDF comes as a job. */
export function DigestDrawer(props: { open: boolean; onClose: () => void }) {
  const t = useT()
  const notice = useNotice()
  const locale = useLocale()
  const now = firmMonth()
  const months = Array.from({ length: MONTHS }, (_, back) => shiftMonth(now, -back))
  return (
    <ActionForm
      title={t('market:makeDigest')}
      hint=""
      open={props.open}
      schema={schema}
      initial={{ month: now, language: locale as Locale }}
      submitLabel={t('market:makeDigest')}
      onClose={props.onClose}
      submit={async (output) => {
        await api.market.digest(output)
        notice.done(t('market:digestStarted'))
      }}
    >
      <SelectField name="month" label={t('market:month')} options={months.map((value) => ({ value, label: value }))} />
      <SelectField
        name="language"
        label={t('market:language')}
        options={LOCALES.map((value) => ({ value, label: t(`common:languages.${value.replace('-', '')}`) }))}
      />
    </ActionForm>
  )
}
