import { Button } from 'antd'
import { useState } from 'react'
import { departmentFields, teamFields } from '#shared/modules/people/people.schema.ts'
import { api } from '#renderer/rpc/api.ts'
import { useList } from '#renderer/rpc/queries.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { EmptyState, ErrorNotice, Page, Panel } from '#renderer/ui/parts.tsx'

type Department = Awaited<ReturnType<typeof api.people.departments>>[number]
type Team = Awaited<ReturnType<typeof api.people.teams>>[number]

/** Departments, and teams with their leaders; a leader sees what the team does. */
export function GroupsPage() {
  const t = useT()
  return (
    <Page title={t('people:groupsTitle')}>
      <div className="columns-2">
        <Departments />
        <Teams />
      </div>
    </Page>
  )
}

function useRemove() {
  const t = useT()
  const notice = useNotice()
  return async (work: () => Promise<unknown>) => {
    try {
      await work()
      notice.done(t('common:removed'))
    } catch (error) {
      notice.fail(error)
    }
  }
}

function Departments() {
  const t = useT()
  const remove = useRemove()
  const mayManage = useCan('people.manage')
  const [editing, setEditing] = useState<Department | null | undefined>(undefined)
  const found = useList('people', ['departments'], () => api.people.departments({}))
  const people = useList('people', ['briefs'], () => api.people.briefs({}))
  const rows = found.data ?? []
  return (
    <Panel
      title={t('people:departments.title')}
      extra={
        mayManage ? (
          <Button size="small" onClick={() => setEditing(null)}>
            {t('people:departments.new')}
          </Button>
        ) : null
      }
    >
      {found.shownError ? <ErrorNotice error={found.shownError} /> : null}
      {found.data && rows.length === 0 ? <EmptyState text={t('people:departments.empty')} /> : null}
      <GroupTable
        rows={rows.map((row) => ({ ...row, detail: row.headName ?? '' }))}
        detailHead={t('people:fields.head')}
        {...(mayManage
          ? {
              onEdit: (id: string) => setEditing(rows.find((row) => row.id === id)),
              onRemove: (id: string, version: number) =>
                void remove(() => api.people.removeDepartment({ id, version })),
            }
          : {})}
      />
      <ActionForm
        title={editing ? editing.name : t('people:departments.new')}
        hint=""
        open={editing !== undefined}
        schema={departmentFields}
        initial={{ name: editing?.name ?? '', headId: editing?.headId ?? null }}
        submitLabel={t('common:save')}
        onClose={() => setEditing(undefined)}
        submit={async (output) => {
          if (editing) await api.people.updateDepartment({ ...output, id: editing.id, version: editing.version })
          else await api.people.createDepartment(output)
        }}
      >
        <TextField name="name" label={t('people:departments.name')} max={40} required />
        <SelectField
          name="headId"
          label={t('people:fields.head')}
          allowClear
          options={(people.data ?? []).filter((p) => p.active).map((p) => ({ value: p.id, label: p.name }))}
        />
      </ActionForm>
    </Panel>
  )
}

function Teams() {
  const t = useT()
  const remove = useRemove()
  const mayManage = useCan('people.manage')
  const [editing, setEditing] = useState<Team | null | undefined>(undefined)
  const found = useList('people', ['teams'], () => api.people.teams({}))
  const people = useList('people', ['briefs'], () => api.people.briefs({}))
  const rows = found.data ?? []
  return (
    <Panel
      title={t('people:teams.title')}
      extra={
        mayManage ? (
          <Button size="small" onClick={() => setEditing(null)}>
            {t('people:teams.new')}
          </Button>
        ) : null
      }
    >
      {found.shownError ? <ErrorNotice error={found.shownError} /> : null}
      {found.data && rows.length === 0 ? <EmptyState text={t('people:teams.empty')} /> : null}
      <GroupTable
        rows={rows.map((row) => ({ ...row, detail: row.leaderName ?? '' }))}
        detailHead={t('people:fields.leader')}
        {...(mayManage
          ? {
              onEdit: (id: string) => setEditing(rows.find((row) => row.id === id)),
              onRemove: (id: string, version: number) => void remove(() => api.people.removeTeam({ id, version })),
            }
          : {})}
      />
      <ActionForm
        title={editing ? editing.name : t('people:teams.new')}
        hint=""
        open={editing !== undefined}
        schema={teamFields}
        initial={{ name: editing?.name ?? '', leaderId: editing?.leaderId ?? null }}
        submitLabel={t('common:save')}
        onClose={() => setEditing(undefined)}
        submit={async (output) => {
          if (editing) await api.people.updateTeam({ ...output, id: editing.id, version: editing.version })
          else await api.people.createTeam(output)
        }}
      >
        <TextField name="name" label={t('people:teams.name')} max={40} required />
        <SelectField
          name="leaderId"
          label={t('people:fields.leader')}
          allowClear
          options={(people.data ?? []).filter((p) => p.active).map((p) => ({ value: p.id, label: p.name }))}
        />
      </ActionForm>
    </Panel>
  )
}

function GroupTable(props: {
  rows: readonly { id: string; name: string; members: number; version: number; detail: string }[]
  detailHead: string
  onEdit?: (id: string) => void
  onRemove?: (id: string, version: number) => void
}) {
  const t = useT()
  const { onEdit, onRemove } = props
  if (props.rows.length === 0) return null
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th scope="col">{t('people:fields.name')}</th>
          {props.detailHead === '' ? null : <th scope="col">{props.detailHead}</th>}
          <th scope="col" className="num">
            {t('people:fields.members')}
          </th>
          <th scope="col">
            <span className="visually-hidden">{t('common:edit')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {props.rows.map((row) => (
          <tr key={row.id}>
            <td>{row.name}</td>
            {props.detailHead === '' ? null : <td>{row.detail}</td>}
            <td className="num">{row.members}</td>
            <td className="num">
              {onEdit ? (
                <Button size="small" type="text" onClick={() => onEdit(row.id)}>
                  {t('common:edit')}
                </Button>
              ) : null}
              {onRemove && row.members === 0 ? (
                <Button size="small" type="text" danger onClick={() => onRemove(row.id, row.version)}>
                  {t('common:remove')}
                </Button>
              ) : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
