import type { z } from 'zod'
import { sealFields, SEALED_DOCUMENTS, SEALS } from '#shared/modules/contracts/contracts.papers.schema.ts'
import type { ContractView } from '#shared/modules/contracts/contracts.schema.ts'
import { usePeopleChoices } from '#renderer/modules/customers/customers.queries.ts'
import { useMe } from '#renderer/modules/tasks/tasks.queries.ts'
import { api } from '#renderer/rpc/api.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { CountField } from '#renderer/ui/fields/number-fields.tsx'
import { TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { firmToday } from '#renderer/ui/firm-day.ts'

type Typed = z.input<typeof sealFields>

/** Writes a use of a seal down; it cannot be changed afterwards. `pages`: those of what was signed. */
export function SealDrawer(props: { view: ContractView; pages: number; open: boolean; onClose: () => void }) {
  const t = useT()
  const notice = useNotice()
  const people = usePeopleChoices()
  const me = useMe()
  const { view } = props
  const head = (key: string) => t(`contracts:seals.columns.${key}`)
  const initial: Typed = {
    seal: 'contract',
    document: 'contract',
    documentName: view.title,
    copies: view.terms.copies,
    pages: props.pages,
    askedBy: view.ownerId as Typed['askedBy'],
    sealedBy: me as Typed['sealedBy'],
    day: firmToday(),
    purpose: '',
  }
  return (
    <ActionForm
      title={t('contracts:papers.recordSeal')}
      hint={t('contracts:seals.recordHint')}
      open={props.open}
      schema={sealFields}
      initial={initial}
      submitLabel={t('contracts:papers.recordSeal')}
      onClose={props.onClose}
      submit={async (output) => {
        const { number } = await api.contracts.seals.record({ ...output, id: view.id as never })
        notice.done(t('contracts:seals.done', { number }))
      }}
    >
      <SelectField
        name="seal"
        label={head('seal')}
        options={SEALS.map((value) => ({ value, label: t(`contracts:seals.kinds.${value}`) }))}
        required
      />
      <SelectField
        name="document"
        label={head('document')}
        options={SEALED_DOCUMENTS.map((value) => ({ value, label: t(`contracts:seals.documents.${value}`) }))}
        required
      />
      <TextField name="documentName" label={head('documentName')} max={80} />
      <CountField name="copies" label={head('copies')} required />
      <CountField name="pages" label={head('pages')} required />
      <SelectField name="askedBy" label={head('askedBy')} options={people} required />
      <SelectField name="sealedBy" label={head('sealedBy')} options={people} required />
      <DayField name="day" label={head('day')} required />
      <TextField name="purpose" label={head('purpose')} max={200} required />
    </ActionForm>
  )
}
