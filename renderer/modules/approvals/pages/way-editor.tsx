import { useParams, useSearch } from '@tanstack/react-router'
import { Spin } from 'antd'
import { useState } from 'react'
import { proposedWay } from '#shared/modules/approvals/approvals.proposals.ts'
import { APPROVAL_KINDS, type ApprovalKind } from '#shared/modules/approvals/approvals.kinds.rules.ts'
import { definitionBody, type DefinitionBody } from '#shared/modules/approvals/approvals.schema.ts'
import { GRADES } from '#shared/modules/customers/customers.schema.ts'
import { useWays } from '#renderer/modules/approvals/approvals.queries.ts'
import '#renderer/modules/approvals/approvals.css'
import { DryRun } from '#renderer/modules/approvals/parts/dry-run.tsx'
import { useDepartmentChoices, WaySteps } from '#renderer/modules/approvals/parts/way-steps.tsx'
import { usePeopleChoices } from '#renderer/modules/customers/customers.queries.ts'
import { api } from '#renderer/rpc/api.ts'
import { EntityForm, FormGroup, type SaveOptions } from '#renderer/ui/entity-form.tsx'
import { CheckField, SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { CountField, MoneyField, RateField } from '#renderer/ui/fields/number-fields.tsx'
import { TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useField, type FormValues } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { ErrorNotice, Page } from '#renderer/ui/parts.tsx'
import { useGo } from '#renderer/ui/use-go.ts'

/** A new way, as it is proposed for the kind of document in the address. */
export function NewWayPage() {
  const t = useT()
  const { kind } = useSearch({ strict: false }) as { kind?: string }
  const known = APPROVAL_KINDS.find((one) => one === kind) ?? 'contract'
  return <Editor key={known} id={null} version={0} initial={proposedWay(known, t)} title={t('approvals:define.new')} />
}

/** A way as it is now; saving makes its next edition. */
export function EditWayPage() {
  const t = useT()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const found = useWays()
  const way = found.data?.find((one) => one.id === id)
  const title = t('approvals:define.edit')
  if (found.shownError || (found.data && !way)) {
    return (
      <Page title={title}>
        <ErrorNotice error={found.shownError ?? { code: 'NOT_FOUND', data: {} }} />
      </Page>
    )
  }
  if (!way) return <Spin className="grid-spin" />
  return <Editor key={id} id={id} version={way.version} initial={way.body} title={title} />
}

function Editor(props: { id: string | null; version: number; initial: DefinitionBody; title: string }) {
  const t = useT()
  const go = useGo()
  const notice = useNotice()
  const [initial] = useState<FormValues>({ ...props.initial })
  const [typed, setTyped] = useState<FormValues>(initial)
  const departments = useDepartmentChoices()
  const label = (key: string) => t(`approvals:define.fields.${key}`)
  const group = (key: string) => t(`approvals:define.groups.${key}`)
  const choices = (of: string, values: readonly string[]) =>
    values.map((value) => ({ value, label: t(`approvals:${of}.${value}`) }))
  const save = async (body: DefinitionBody, version: number, { context }: SaveOptions) => {
    await api.approvals.saveDefinition({ id: props.id, version, body }, { context })
    notice.done(t('approvals:define.saved'))
    go('/approval-ways')
  }
  const parsed = definitionBody.safeParse(typed)
  return (
    <Page title={props.title}>
      <EntityForm
        form="approval-way"
        record={props.id}
        schema={definitionBody}
        initial={initial}
        version={props.version}
        save={save}
        onValues={setTyped}
        labelOf={(path) => labelOf(path, t)}
        onCancel={() => go('/approval-ways')}
      >
        <FormGroup title={group('basics')}>
          <SelectField name="kind" label={label('kind')} options={choices('kinds', APPROVAL_KINDS)} />
          <TextField name="name" label={label('name')} max={40} required />
          <CountField name="position" label={label('position')} />
          <CheckField name="enabled" label={label('enabled')} />
          <CheckField name="binding" label={label('binding')} />
        </FormGroup>
        <FormGroup title={group('conditions')}>
          <MoneyField name="conditions.amountFrom" label={label('amountFrom')} />
          <MoneyField name="conditions.amountTo" label={label('amountTo')} />
          <RateField name="conditions.discountFrom" label={label('discountFrom')} />
          <RateField name="conditions.discountTo" label={label('discountTo')} />
          <CountField name="conditions.paymentDaysFrom" label={label('paymentDaysFrom')} />
          <CountField name="conditions.paymentDaysTo" label={label('paymentDaysTo')} />
          <SelectField
            name="conditions.grades"
            label={label('grades')}
            multiple
            options={GRADES.map((value) => ({ value, label: value }))}
          />
          <SelectField name="conditions.departmentIds" label={label('departmentIds')} multiple options={departments} />
        </FormGroup>
        <fieldset className="form-group">
          <legend>{group('steps')}</legend>
          <WaySteps />
        </fieldset>
        <FormGroup title={group('cases')}>
          <EmptyFields />
          <SelectField
            name="own"
            label={label('own')}
            options={choices('define.own_', ['toSuperior', 'skip'])}
            hint={t('approvals:define.own')}
          />
          <SelectField
            name="repeated"
            label={label('repeated')}
            options={choices('define.repeated_', ['once', 'again'])}
          />
        </FormGroup>
      </EntityForm>
      <DryRun
        body={parsed.success ? parsed.data : null}
        kind={(typed['kind'] as ApprovalKind | undefined) ?? 'contract'}
      />
    </Page>
  )
}

/** What happens where nobody is found, and who that is. */
function EmptyFields() {
  const t = useT()
  const people = usePeopleChoices()
  const empty = useField<DefinitionBody['empty']>('empty')
  return (
    <>
      <SelectField
        name="empty.kind"
        label={t('approvals:define.fields.empty')}
        options={(['toOwner', 'toPerson', 'skip'] as const).map((value) => ({
          value,
          label: t(`approvals:define.empty_.${value}`),
        }))}
      />
      {empty.value.kind === 'toPerson' ? (
        <SelectField name="empty.userId" label={t('approvals:define.fields.emptyUser')} options={people} required />
      ) : null}
    </>
  )
}

function labelOf(path: string, t: ReturnType<typeof useT>): string {
  const [head = '', second, third] = path.split('.')
  if (head === 'steps') {
    const key = third === 'amountFrom' ? 'stepAmount' : third === 'name' ? 'stepName' : (third ?? 'stepName')
    return `${t(`approvals:define.fields.${key}`)} ${Number(second ?? 0) + 1}`
  }
  if (head === 'conditions') return t(`approvals:define.fields.${second ?? 'amountFrom'}`)
  if (head === 'empty') return t(`approvals:define.fields.${second === 'userId' ? 'emptyUser' : 'empty'}`)
  return t(`approvals:define.fields.${head}`)
}
