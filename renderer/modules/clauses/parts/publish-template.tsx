import { validity, type TemplateView } from '#shared/modules/clauses/clauses.schema.ts'
import { api } from '#renderer/rpc/api.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { firmToday } from '#renderer/ui/firm-day.ts'
import { TemplateProblems } from './template-problems.tsx'

/** Publishes the draft of a template from a day on; what is wrong with it stands beneath the days. */
export function PublishTemplate(props: { view: TemplateView; no: number; open: boolean; onClose: () => void }) {
  const t = useT()
  const notice = useNotice()
  const { view, no } = props
  const draft = view.editions.find((edition) => edition.no === no)!
  const pinned = new Map(view.clauses.map((choice) => [choice.editionId, choice]))
  return (
    <ActionForm
      title={t('clauses:publishing.templateTitle', { code: view.code, no })}
      hint={t('clauses:publishing.templateHint')}
      open={props.open}
      size={520}
      schema={validity}
      initial={{ validFrom: firmToday(), validTo: null }}
      submitLabel={t('clauses:publishing.templateSubmit')}
      onClose={props.onClose}
      submit={async (output) => {
        await api.clauses.templates.publish({ ...output, id: view.id as never, version: view.version })
        notice.done(t('clauses:publishing.templateDone'))
      }}
    >
      <DayField name="validFrom" label={t('clauses:fields.validFrom')} required />
      <DayField name="validTo" label={t('clauses:fields.validTo')} hint={t('clauses:hints.validTo')} />
      <TemplateProblems composition={draft as never} pinned={pinned} kind={view.kind} />
    </ActionForm>
  )
}
