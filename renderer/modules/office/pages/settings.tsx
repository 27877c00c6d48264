import { Tabs } from 'antd'
import { CustomFieldsEditor } from '#renderer/modules/customers/parts/custom-fields-editor.tsx'
import { CalendarForm } from '#renderer/modules/office/parts/calendar-form.tsx'
import { CallBacksForm } from '#renderer/modules/office/parts/call-backs-form.tsx'
import { FirmForm } from '#renderer/modules/office/parts/firm-form.tsx'
import { LawForm } from '#renderer/modules/office/parts/law-form.tsx'
import { NumberingForm } from '#renderer/modules/office/parts/numbering-form.tsx'
import { PreferencesForm } from '#renderer/modules/office/parts/preferences-form.tsx'
import { RemindersForm } from '#renderer/modules/office/parts/reminders-form.tsx'
import { TargetsForm } from '#renderer/modules/office/parts/targets-form.tsx'
import { TaxRatesForm } from '#renderer/modules/office/parts/tax-rates-form.tsx'
import { VisitsForm } from '#renderer/modules/office/parts/visits-form.tsx'
import { useCan } from '#renderer/rpc/session.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { Page } from '#renderer/ui/parts.tsx'

/** The firm and how it works; each part has a form and a version of its own. */
export function SettingsPage() {
  const t = useT()
  const fields = useCan('customers.rules')
  return (
    <Page title={t('office:settings.title')}>
      <Tabs
        destroyOnHidden
        items={[
          { key: 'firm', label: t('office:firm.title'), children: <FirmForm /> },
          { key: 'numbering', label: t('office:numbering.title'), children: <NumberingForm /> },
          { key: 'taxRates', label: t('office:taxRates.title'), children: <TaxRatesForm /> },
          { key: 'contractLaw', label: t('office:contractLaw.title'), children: <LawForm /> },
          { key: 'contractReminders', label: t('office:contractReminders.title'), children: <RemindersForm /> },
          { key: 'calendar', label: t('office:calendar.title'), children: <CalendarForm /> },
          { key: 'targets', label: t('office:targets.title'), children: <TargetsForm /> },
          { key: 'callBacks', label: t('office:callBacks.title'), children: <CallBacksForm /> },
          { key: 'visits', label: t('office:visits.title'), children: <VisitsForm /> },
          ...(fields ? [{ key: 'fields', label: t('fields:page'), children: <CustomFieldsEditor /> }] : []),
          { key: 'preferences', label: t('office:preferences.title'), children: <PreferencesForm /> },
        ]}
      />
    </Page>
  )
}
