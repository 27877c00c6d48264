import { Link } from '@tanstack/react-router'
import { App, Button } from 'antd'
import { useState } from 'react'
import type { UserRow } from '#shared/modules/people/people.schema.ts'
import { ROLES } from '#shared/policy/roles.ts'
import { AccountForm, type IssuedCode } from '#renderer/modules/people/parts/account-form.tsx'
import { CodeDialog } from '#renderer/modules/people/parts/code-dialog.tsx'
import { api } from '#renderer/rpc/api.ts'
import { useCan, useSession } from '#renderer/rpc/session.ts'
import { DataGrid, type GridColumn } from '#renderer/ui/data-grid.tsx'
import type { GridFilter } from '#renderer/ui/grid-toolbar.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { Page, StatusTag } from '#renderer/ui/parts.tsx'

/** Who works here and may log in. */
export function AccountsPage() {
  const t = useT()
  const notice = useNotice()
  const { modal } = App.useApp()
  const mayManage = useCan('people.manage')
  const me = useSession((state) => state.session?.user.userId)
  const [editing, setEditing] = useState<UserRow | null | undefined>(undefined)
  const [issued, setIssued] = useState<IssuedCode | null>(null)
  const field = (key: string) => t(`people:fields.${key}`)
  const roles = (row: UserRow) => row.roles.map((role) => t(`policy:roles.${role}`)).join(' · ')
  const plain = (key: string, width: number, text: (row: UserRow) => string, sort?: string): GridColumn<UserRow> => ({
    key,
    title: field(key),
    width,
    ...(sort ? { sort } : {}),
    render: text,
    text,
  })
  const columns: GridColumn<UserRow>[] = [
    plain('name', 104, (row) => row.name, 'name'),
    plain('login', 116, (row) => row.login, 'login'),
    plain('roles', 184, roles),
    plain('department', 104, (row) => row.departmentName ?? ''),
    plain('team', 140, (row) =>
      row.teamName === null ? '' : row.leadsTeam ? `${row.teamName} · ${field('leader')}` : row.teamName,
    ),
    plain('title', 112, (row) => row.title),
    plain('phone', 120, (row) => row.phone),
    {
      key: 'active',
      title: field('active'),
      width: 92,
      render: (row) => (
        <StatusTag tone={row.active ? 'done' : 'neutral'}>{t(`people:active.${row.active ? 'yes' : 'no'}`)}</StatusTag>
      ),
      text: (row) => t(`people:active.${row.active ? 'yes' : 'no'}`),
    },
  ]
  const filters: GridFilter[] = [
    {
      kind: 'select',
      name: 'role',
      label: field('roles'),
      options: ROLES.map((value) => ({ value, label: t(`policy:roles.${value}`) })),
    },
    {
      kind: 'select',
      name: 'active',
      label: field('active'),
      options: [
        { value: true, label: t('people:active.yes') },
        { value: false, label: t('people:active.no') },
      ],
    },
  ]
  const act = async (work: () => Promise<unknown>) => {
    try {
      await work()
      notice.done(t('common:saved'))
    } catch (error) {
      notice.fail(error)
    }
  }
  const confirm = (content: string, work: () => Promise<unknown>) =>
    modal.confirm({
      title: content,
      okText: t('common:continue'),
      cancelText: t('common:cancel'),
      onOk: () => act(work),
    })
  const reset = async (row: UserRow) => {
    const made = await api.people.resetPassword({ id: row.id })
    setIssued({ name: row.name, code: made.code, expiresAt: made.codeExpiresAt })
  }
  const actions = (row: UserRow | undefined) =>
    row ? (
      <>
        <Button size="small" onClick={() => setEditing(row)}>
          {t('common:edit')}
        </Button>
        {row.id === me ? null : (
          <>
            <Button size="small" onClick={() => confirm(t('people:confirm.reset'), () => reset(row))}>
              {t('people:actions.reset')}
            </Button>
            <Button size="small" onClick={() => void act(() => api.people.unlockAccount({ id: row.id }))}>
              {t('people:actions.unlock')}
            </Button>
            <Button
              size="small"
              danger={row.active}
              onClick={() =>
                confirm(row.active ? t('people:confirm.disable') : t('people:actions.enable'), () =>
                  api.people.setActive({ id: row.id, version: row.version, active: !row.active }),
                )
              }
            >
              {t(row.active ? 'people:actions.disable' : 'people:actions.enable')}
            </Button>
          </>
        )}
      </>
    ) : null

  return (
    <Page
      title={t('people:title')}
      extra={<Link to={'/people/groups' as never}>{t('people:groupsTitle')}</Link>}
      action={
        mayManage ? (
          <Button type="primary" onClick={() => setEditing(null)}>
            {t('people:new')}
          </Button>
        ) : null
      }
    >
      <DataGrid<UserRow>
        id="people"
        module="people"
        columns={columns}
        filters={filters}
        defaultSort={{ key: 'name', dir: 'asc' }}
        load={(input) => api.people.list(input as never)}
        summarise={(input) => api.people.summary(input as never)}
        rowKey={(row) => row.id}
        {...(mayManage
          ? {
              onOpen: (row: UserRow) => setEditing(row),
              bulk: (rows: readonly UserRow[]) => (rows.length === 1 ? actions(rows[0]) : null),
            }
          : {})}
        empty={{ text: t('people:empty') }}
      />
      <AccountForm
        open={editing !== undefined}
        user={editing ?? null}
        onClose={() => setEditing(undefined)}
        onCode={setIssued}
      />
      <CodeDialog issued={issued} onClose={() => setIssued(null)} />
    </Page>
  )
}
