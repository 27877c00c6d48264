import { entryFields } from '#shared/modules/performance/performance.schema.ts'
import { api } from '#renderer/rpc/api.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { FigureField } from './figure-fields.tsx'
import type { SourcesOf } from './sources-drawer.tsx'

/** Enters a figure that no record gives, with what it rests on; a new one takes the place of the one before. */
export function EntryDrawer(props: {
  of: (SourcesOf & { readonly actual: number | null }) | null
  onClose: () => void
}) {
  const t = useT()
  const notice = useNotice()
  const { of } = props
  if (!of) return null
  const { month, userId, userName, indicator } = of
  const word = (key: string, params?: Record<string, string>) => t(`performance:entry.${key}`, params)
  return (
    <ActionForm
      title={word('title', { name: userName, indicator: t(`performance:indicators.${indicator}`) })}
      hint={word('hint')}
      open
      schema={entryFields}
      initial={{ month, userId, indicator, value: of.actual, note: '', evidence: '' }}
      submitLabel={word('save')}
      onClose={props.onClose}
      submit={async (fields) => {
        await api.performance.saveEntry(fields)
        notice.done(word('saved'))
      }}
    >
      <FigureField
        name="value"
        label={`${word('value')} (${t(`performance:unitOf.${indicator}`)})`}
        indicator={indicator}
      />
      <TextField name="note" label={word('note')} max={200} required />
      <TextField name="evidence" label={word('evidence')} max={200} hint={word('evidenceHint')} />
    </ActionForm>
  )
}
