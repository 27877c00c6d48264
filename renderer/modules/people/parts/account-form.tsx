import { userFields, type UserRow } from '#shared/modules/people/people.schema.ts'
import { ROLES } from '#shared/policy/roles.ts'
import { api } from '#renderer/rpc/api.ts'
import { useList } from '#renderer/rpc/queries.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { PhoneField, TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'

export interface IssuedCode {
  readonly name: string
  readonly code: string
  readonly expiresAt: number
}

const EMPTY = {
  name: '',
  login: '',
  title: '',
  phone: '',
  email: '',
  departmentId: null,
  teamId: null,
  roles: ['sales'],
  joinedDay: null,
  leftDay: null,
}

/** A new account, or what may change of one; `user` is null for a new one. */
export function AccountForm(props: {
  open: boolean
  user: UserRow | null
  onClose: () => void
  onCode: (code: IssuedCode) => void
}) {
  const t = useT()
  const { user } = props
  const departments = useList('people', ['departments'], () => api.people.departments({}))
  const teams = useList('people', ['teams'], () => api.people.teams({}))
  const field = (key: string) => t(`people:fields.${key}`)
  const initial = user
    ? Object.fromEntries(Object.keys(EMPTY).map((key) => [key, user[key as keyof UserRow]]))
    : { ...EMPTY }
  return (
    <ActionForm
      title={t(user ? 'people:edit' : 'people:new')}
      hint=""
      open={props.open}
      schema={userFields}
      initial={initial}
      submitLabel={t('common:save')}
      onClose={props.onClose}
      submit={async (output) => {
        if (user) await api.people.update({ ...output, id: user.id, version: user.version })
        else {
          const made = await api.people.create(output)
          props.onCode({ name: output.name, code: made.code, expiresAt: made.codeExpiresAt })
        }
      }}
    >
      <TextField name="name" label={field('name')} max={40} required />
      {user ? null : <TextField name="login" label={field('login')} max={40} required />}
      <SelectField
        name="roles"
        label={field('roles')}
        required
        multiple
        options={ROLES.map((value) => ({ value, label: t(`policy:roles.${value}`) }))}
      />
      <SelectField
        name="departmentId"
        label={field('department')}
        allowClear
        options={(departments.data ?? []).map((row) => ({ value: row.id, label: row.name }))}
      />
      <SelectField
        name="teamId"
        label={field('team')}
        allowClear
        options={(teams.data ?? []).map((row) => ({ value: row.id, label: row.name }))}
      />
      <TextField name="title" label={field('title')} max={40} />
      <PhoneField name="phone" label={field('phone')} />
      <TextField name="email" label={field('email')} max={120} />
      <DayField name="joinedDay" label={field('joinedDay')} />
      <DayField name="leftDay" label={field('leftDay')} />
    </ActionForm>
  )
}
