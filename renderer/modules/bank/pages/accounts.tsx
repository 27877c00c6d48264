import { useQuery } from '@tanstack/react-query'
import { Button, Spin } from 'antd'
import { useState } from 'react'
import { accountFields, type AccountFields, type AccountRow } from '#shared/modules/bank/bank.schema.ts'
import { api, shownError } from '#renderer/rpc/api.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { TextField } from '#renderer/ui/fields/text-fields.tsx'
import type { FormValues } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { Amount, EmptyState, ErrorNotice, Page, StatusTag } from '#renderer/ui/parts.tsx'
import { useAccounts } from '#renderer/modules/bank/bank.queries.ts'

const EMPTY: FormValues = { name: '', bankName: '', number: '', openedDay: null, closedDay: null }

/** Our accounts with banks: few, so they stand in one table. */
export function AccountsPage() {
  const t = useT()
  const mayWrite = useCan('bank.write')
  const accounts = useAccounts()
  const [open, setOpen] = useState<'new' | AccountRow | null>(null)
  const add = mayWrite ? (
    <Button type="primary" onClick={() => setOpen('new')}>
      {t('bank:accounts.add')}
    </Button>
  ) : null
  const rows = accounts.data?.rows
  return (
    <Page title={t('bank:accounts.title')} action={add}>
      {accounts.shownError ? <ErrorNotice error={accounts.shownError} onRetry={() => void accounts.refetch()} /> : null}
      {rows === undefined && !accounts.shownError ? <Spin className="grid-spin" /> : null}
      {rows?.length === 0 ? <EmptyState text={t('bank:accounts.empty')} action={add} /> : null}
      {rows && rows.length > 0 ? <Table rows={rows} onEdit={mayWrite ? setOpen : null} /> : null}
      {open === 'new' ? <AccountForm row={null} onClose={() => setOpen(null)} /> : null}
      {open !== null && open !== 'new' ? <AccountForm row={open} onClose={() => setOpen(null)} /> : null}
    </Page>
  )
}

function Table(props: { rows: readonly AccountRow[]; onEdit: ((row: AccountRow) => void) | null }) {
  const t = useT()
  const word = (key: string) => t(`bank:accounts.${key}`)
  const { onEdit } = props
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th>{word('name')}</th>
          <th>{word('bankName')}</th>
          <th>{word('number')}</th>
          <th className="num">{word('openLines')}</th>
          <th>{word('lastDay')}</th>
          <th className="num">{word('lastBalance')}</th>
          <th>
            <span className="visually-hidden">{word('edit')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {props.rows.map((row) => (
          <tr key={row.id}>
            <td>
              {row.name} {row.closedDay === null ? null : <StatusTag tone="neutral">{word('closed')}</StatusTag>}
            </td>
            <td>{row.bankName}</td>
            <td>{row.masked}</td>
            <td className="num">{row.open}</td>
            <td>{row.lastDay ?? ''}</td>
            <td className="num">{row.lastBalance === null ? null : <Amount fen={row.lastBalance} />}</td>
            <td>
              {onEdit ? (
                <Button size="small" onClick={() => onEdit(row)} aria-label={`${word('edit')} ${row.name}`}>
                  {word('edit')}
                </Button>
              ) : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function AccountForm(props: { row: AccountRow | null; onClose: () => void }) {
  const { row } = props
  const found = useQuery({
    queryKey: ['bank', 'account', row?.id],
    queryFn: () => api.bank.account({ id: row?.id ?? '' }),
    enabled: row !== null,
    staleTime: 0,
    gcTime: 0,
  })
  if (row === null) return <Form at={null} initial={EMPTY} onClose={props.onClose} />
  if (found.isError) return <ErrorNotice error={shownError(found.error)} onRetry={() => void found.refetch()} />
  if (!found.data) return null
  const { id, version, fields } = found.data
  return <Form at={{ id, version }} initial={fields} onClose={props.onClose} />
}

function Form(props: { at: { id: string; version: number } | null; initial: FormValues; onClose: () => void }) {
  const t = useT()
  const notice = useNotice()
  const word = (key: string) => t(`bank:accounts.${key}`)
  const { at } = props
  return (
    <ActionForm<AccountFields>
      title={word(at ? 'edit' : 'add')}
      hint=""
      open
      schema={accountFields}
      initial={props.initial}
      submitLabel={word('save')}
      onClose={props.onClose}
      submit={async (fields) => {
        if (at) await api.bank.updateAccount({ ...at, fields })
        else await api.bank.createAccount(fields)
        notice.done(word('saved'))
      }}
    >
      <TextField name="name" label={word('name')} max={40} hint={word('nameHint')} required />
      <TextField name="bankName" label={word('bankName')} max={80} required />
      <TextField name="number" label={word('number')} max={60} required />
      <DayField name="openedDay" label={word('openedDay')} />
      <DayField name="closedDay" label={word('closedDay')} />
    </ActionForm>
  )
}
