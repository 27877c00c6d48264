import { z } from 'zod'
import { entityId, longText } from '#shared/kernel/text.ts'
import { approvalAction, type ApprovalAction } from '#shared/modules/approvals/approvals.contract.ts'
import type { ApprovalView } from '#shared/modules/approvals/approvals.schema.ts'
import { usePeopleChoices } from '#renderer/modules/customers/customers.queries.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { TextAreaField } from '#renderer/ui/fields/text-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'

/** What is done with a few words: with a reason where one is needed. */
export type Deciding = 'approve' | 'reject' | 'return' | 'addSigner' | 'withdraw' | 'comment'

const APPLICANT = -1
const reason = longText(1000).refine((text) => text !== '', 'validation:required')

const SCHEMAS: Readonly<Record<Deciding, z.ZodType<Record<string, unknown>>>> = {
  approve: z.strictObject({ comment: longText(1000) }),
  reject: z.strictObject({ comment: reason }),
  return: z
    .strictObject({ to: z.number().int(), comment: reason })
    .transform(({ to, comment }) => ({ to: to === APPLICANT ? null : to, comment })),
  addSigner: z.strictObject({ userId: entityId, where: z.enum(['before', 'after']), comment: longText(1000) }),
  withdraw: z.strictObject({ comment: longText(1000) }),
  comment: z.strictObject({ comment: reason }),
}

const INITIAL: Readonly<Record<Deciding, Record<string, unknown>>> = {
  approve: { comment: '' },
  reject: { comment: '' },
  return: { to: APPLICANT, comment: '' },
  addSigner: { userId: null, where: 'before', comment: '' },
  withdraw: { comment: '' },
  comment: { comment: '' },
}

/** One step of a request at the side. */
export function DecisionDrawer(props: {
  view: ApprovalView
  step: Deciding | null
  act: (action: ApprovalAction) => Promise<void>
  onClose: () => void
}) {
  const t = useT()
  const people = usePeopleChoices()
  const { view, step } = props
  const kind = step ?? 'approve'
  const label = (key: string) => t(`approvals:act.${key}`)
  const needsReason = kind === 'reject' || kind === 'return' || kind === 'comment'
  return (
    <ActionForm
      key={kind}
      open={step !== null}
      title={label(kind)}
      hint={view.title}
      schema={SCHEMAS[kind]}
      initial={INITIAL[kind]}
      submitLabel={label(kind)}
      danger={kind === 'reject'}
      submit={(values) => props.act(approvalAction.parse({ kind, ...values }))}
      onClose={props.onClose}
    >
      {kind === 'return' ? (
        <SelectField
          name="to"
          label={label('returnTo')}
          options={[
            { value: APPLICANT, label: `${label('toApplicant')} · ${view.applicantName}` },
            ...view.may.returnTo.map((target) => ({
              value: target.step,
              label: `${target.step + 1} · ${target.name || t('approvals:steps.added')}`,
            })),
          ]}
        />
      ) : null}
      {kind === 'addSigner' ? (
        <>
          <SelectField name="userId" label={label('signer')} options={people} required />
          <SelectField
            name="where"
            label={label('where')}
            options={(['before', 'after'] as const).map((value) => ({ value, label: label(value) }))}
          />
        </>
      ) : null}
      <TextAreaField
        name="comment"
        label={t('approvals:fields.comment')}
        max={1000}
        rows={4}
        wide
        autoFocus
        {...(needsReason ? { required: true, hint: label('reason') } : { hint: label('commentHint') })}
      />
    </ActionForm>
  )
}
