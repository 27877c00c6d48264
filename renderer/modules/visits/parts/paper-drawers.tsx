import { z } from 'zod'
import { LOCALES, type Locale } from '#shared/i18n/locale.ts'
import { addDays, plainDay } from '#shared/kernel/dates.ts'
import { api } from '#renderer/rpc/api.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { jobFile, saveFile } from '#renderer/ui/files.ts'
import { useLocale, useT } from '#renderer/ui/i18n.ts'
import { useLanguageChoices } from '#renderer/modules/visits/visits.queries.ts'
import { firmToday } from '#renderer/ui/firm-day.ts'

const sheetFields = z.strictObject({ language: z.enum(LOCALES) })
const planRange = z
  .strictObject({ from: plainDay, to: plainDay })
  .refine((range) => range.to >= range.from, { path: ['to'], message: 'validation:noSuchDay' })
const PLAN_DAYS = 30

/** The page to take along, in the language of whoever reads it. */
export function SheetDrawer(props: { visitId: string; open: boolean; onClose: () => void }) {
  const t = useT()
  const locale = useLocale()
  const languages = useLanguageChoices()
  return (
    <ActionForm
      title={t('visits:sheet.make')}
      hint={t('visits:sheet.hint')}
      open={props.open}
      schema={sheetFields}
      initial={{ language: locale as Locale }}
      submitLabel={t('visits:sheet.make')}
      onClose={props.onClose}
      submit={async ({ language }) => {
        const { jobId } = await api.visits.sheet({ id: props.visitId, language })
        await saveFile((await jobFile(jobId)).fileId)
      }}
    >
      <SelectField name="language" label={t('visits:sheet.language')} options={languages} />
    </ActionForm>
  )
}

/** One's own plan for a calendar elsewhere. */
export function CalendarFileDrawer(props: { open: boolean; onClose: () => void }) {
  const t = useT()
  const from = firmToday()
  return (
    <ActionForm
      title={t('visits:ics.make')}
      hint={t('visits:ics.hint')}
      open={props.open}
      schema={planRange}
      initial={{ from, to: addDays(from, PLAN_DAYS) }}
      submitLabel={t('visits:ics.make')}
      onClose={props.onClose}
      submit={async (range) => {
        const { jobId } = await api.visits.calendarFile(range)
        await saveFile((await jobFile(jobId)).fileId)
      }}
    >
      <DayField name="from" label={t('visits:from')} required />
      <DayField name="to" label={t('visits:to')} required />
    </ActionForm>
  )
}
