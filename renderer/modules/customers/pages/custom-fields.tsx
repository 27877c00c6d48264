import { CustomFieldsEditor } from '#renderer/modules/customers/parts/custom-fields-editor.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { Page } from '#renderer/ui/parts.tsx'

/** What this firm adds to its customer file. */
export function CustomFieldsPage() {
  const t = useT()
  return (
    <Page title={t('fields:page')}>
      <CustomFieldsEditor />
    </Page>
  )
}
