import { useState } from 'react'
import type { z } from 'zod'
import type { ApprovalKind } from '#shared/modules/approvals/approvals.kinds.rules.ts'
import {
  approvalFacts,
  type ApprovalFacts,
  type DefinitionBody,
  type dryRunResult,
} from '#shared/modules/approvals/approvals.schema.ts'
import { GRADES } from '#shared/modules/customers/customers.schema.ts'
import { usePeopleChoices } from '#renderer/modules/customers/customers.queries.ts'
import { useMe } from '#renderer/modules/tasks/tasks.queries.ts'
import { api } from '#renderer/rpc/api.ts'
import { SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { CountField, MoneyField, RateField } from '#renderer/ui/fields/number-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { Panel } from '#renderer/ui/parts.tsx'
import { PlainForm } from '#renderer/ui/plain-form.tsx'
import { useDepartmentChoices } from './way-steps.tsx'

type Answer = z.infer<typeof dryRunResult>

/** "Who would approve this?": under the way as it is typed, or under the one that would be taken. */
export function DryRun({ body, kind }: { body: DefinitionBody | null; kind: ApprovalKind }) {
  const t = useT()
  const me = useMe()
  const people = usePeopleChoices()
  const departments = useDepartmentChoices()
  const [answer, setAnswer] = useState<Answer | null>(null)
  const word = (key: string) => t(`approvals:test.${key}`)
  const initial = {
    kind,
    applicantId: me,
    ownerId: me,
    amount: null,
    discount: null,
    grade: null,
    paymentDays: null,
    departmentId: null,
  }
  return (
    <Panel title={t('approvals:define.groups.test')}>
      <p className="form-hint muted">{word('hint')}</p>
      <PlainForm<ApprovalFacts>
        key={kind}
        schema={approvalFacts}
        initial={initial}
        action={word('run')}
        submit={async (facts) => setAnswer(await api.approvals.dryRun({ body, facts }))}
      >
        <div className="form-grid">
          <SelectField name="applicantId" label={word('applicant')} options={people} required />
          <SelectField name="ownerId" label={word('owner')} options={people} required />
          <MoneyField name="amount" label={word('amount')} />
          <RateField name="discount" label={word('discount')} />
          <CountField name="paymentDays" label={word('paymentDays')} />
          <SelectField
            name="grade"
            label={word('grade')}
            allowClear
            options={GRADES.map((value) => ({ value, label: value }))}
          />
          <SelectField
            name="departmentId"
            label={t('approvals:define.fields.departmentIds')}
            allowClear
            options={departments}
          />
        </div>
      </PlainForm>
      <div role="status">{answer === null ? null : <Result answer={answer} />}</div>
    </Panel>
  )
}

function Result({ answer }: { answer: Answer }) {
  const t = useT()
  if (answer.refusal === 'noDefinition') return <p>{t('approvals:test.noDefinition')}</p>
  return (
    <>
      <p>{t('approvals:test.fits', { name: answer.definitionName ?? '' })}</p>
      {answer.refusal === 'nobody' ? <p className="notice">{t('approvals:test.nobody')}</p> : null}
      <ol className="approval-steps">
        {answer.steps.map((step, index) => (
          <li key={index} className={step.skipped === 'no' ? 'current' : 'skipped'}>
            <strong>{step.name || t('approvals:steps.owner')}</strong>
            {step.skipped === 'no' ? (
              <>
                <div>{step.people.join(t('approvals:document.between'))}</div>
                {step.people.length > 1 ? <div className="muted">{t(`approvals:modes.${step.mode}`)}</div> : null}
                {step.replaced === 'no' ? null : <div className="muted">{t(`approvals:test.${step.replaced}`)}</div>}
              </>
            ) : (
              <div className="muted">{t(`approvals:test.${step.skipped}Skip`)}</div>
            )}
          </li>
        ))}
      </ol>
    </>
  )
}
