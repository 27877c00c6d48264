import { ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import { STEP_MODES } from '#shared/modules/approvals/approvals.rules.ts'
import type { Assignee, DefinitionStep } from '#shared/modules/approvals/approvals.schema.ts'
import { ROLES } from '#shared/policy/roles.ts'
import { usePeopleChoices } from '#renderer/modules/customers/customers.queries.ts'
import { api } from '#renderer/rpc/api.ts'
import { useList } from '#renderer/rpc/queries.ts'
import { SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { FieldFrame } from '#renderer/ui/fields/field-frame.tsx'
import { CountField, MoneyField } from '#renderer/ui/fields/number-fields.tsx'
import { TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useField, useForm } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'

const MAX_STEPS = 12

/** The departments of the firm, as choices. */
export function useDepartmentChoices(): { value: string; label: string }[] {
  const found = useList('people', ['departments'], () => api.people.departments({}))
  return (found.data ?? []).map((department) => ({ value: department.id, label: department.name }))
}

/** The steps of a way in their order. */
export function WaySteps() {
  const t = useT()
  const form = useForm()
  const steps = form.values['steps'] as DefinitionStep[]
  const label = (key: string) => t(`approvals:define.fields.${key}`)
  const set = (next: readonly DefinitionStep[]) => form.set('steps', next)
  const up = (at: number) => {
    const moved = steps[at]
    if (moved) set(steps.toSpliced(at, 1).toSpliced(at - 1, 0, moved))
  }
  const fresh: DefinitionStep = { name: '', mode: 'any', assignees: [{ kind: 'superior' }], amountFrom: null, days: 2 }
  return (
    <div data-path="steps">
      <ol className="way-steps">
        {steps.map((step, index) => {
          const at = (key: string) => `steps.${index}.${key}`
          const n = index + 1
          return (
            <li key={index} className="way-step">
              <TextField name={at('name')} label={`${n}. ${label('stepName')}`} max={40} required />
              <SelectField
                name={at('mode')}
                label={label('mode')}
                options={STEP_MODES.map((value) => ({ value, label: t(`approvals:modes.${value}`) }))}
              />
              <AssigneesField name={at('assignees')} label={label('assignees')} />
              <MoneyField name={at('amountFrom')} label={label('stepAmount')} />
              <CountField name={at('days')} label={label('days')} />
              <span className="action-bar">
                <Button
                  icon={<ArrowUpOutlined aria-hidden />}
                  aria-label={t('approvals:define.moveUp', { n })}
                  disabled={index === 0}
                  onClick={() => up(index)}
                />
                <Button
                  icon={<DeleteOutlined aria-hidden />}
                  aria-label={t('approvals:define.removeStep', { n })}
                  disabled={steps.length === 1}
                  onClick={() => set(steps.filter((_other, other) => other !== index))}
                />
              </span>
            </li>
          )
        })}
      </ol>
      <Button
        size="small"
        icon={<PlusOutlined aria-hidden />}
        disabled={steps.length >= MAX_STEPS}
        onClick={() => set([...steps, fresh])}
      >
        {t('approvals:define.addStep')}
      </Button>
    </div>
  )
}

/** An approver as the value of a choice. */
function keyOf(asked: Assignee): string {
  switch (asked.kind) {
    case 'role':
      return `role:${asked.role}`
    case 'person':
      return `person:${asked.userId}`
    case 'departmentHead':
      return `departmentHead:${asked.departmentId ?? ''}`
    case 'teamLeader':
    case 'superior':
      return `${asked.kind}:`
  }
}

function assigneeOf(key: string): Assignee {
  const at = key.indexOf(':')
  const kind = key.slice(0, at)
  const rest = key.slice(at + 1)
  if (kind === 'role') return { kind, role: rest as Extract<Assignee, { kind: 'role' }>['role'] }
  if (kind === 'person') return { kind, userId: rest as never }
  if (kind === 'departmentHead') return { kind, departmentId: rest === '' ? null : (rest as never) }
  return { kind: kind === 'superior' ? 'superior' : 'teamLeader' }
}

/** Who is asked in a step: leaders, roles, heads of departments, people. */
function AssigneesField(props: { name: string; label: string }) {
  const t = useT()
  const field = useField<readonly Assignee[]>(props.name)
  const people = usePeopleChoices()
  const departments = useDepartmentChoices()
  const word = (kind: Assignee['kind'], name = '') => t(`approvals:define.assignee.${kind}`, { name })
  const options = [
    { value: 'teamLeader:', label: word('teamLeader') },
    { value: 'superior:', label: word('superior') },
    {
      value: 'departmentHead:',
      label: word('departmentHead', t('approvals:define.assignee.ownDepartment')),
    },
    ...departments.map(({ value, label }) => ({
      value: `departmentHead:${value}`,
      label: word('departmentHead', label),
    })),
    ...ROLES.filter((role) => role !== 'administrator').map((role) => ({
      value: `role:${role}`,
      label: word('role', t(`policy:roles.${role}`)),
    })),
    ...people.map(({ value, label }) => ({ value: `person:${value}`, label: word('person', label) })),
  ]
  return (
    <FieldFrame field={{ name: props.name, label: props.label, required: true }} error={field.error}>
      {(ids) => (
        <Select
          {...ids}
          mode="multiple"
          value={field.value.map(keyOf)}
          options={options}
          disabled={field.disabled}
          showSearch={{ optionFilterProp: 'label' }}
          popupMatchSelectWidth={false}
          {...(field.error ? { status: 'error' as const } : {})}
          onChange={(keys: string[]) => field.set(keys.map(assigneeOf))}
        />
      )}
    </FieldFrame>
  )
}
