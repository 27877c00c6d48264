import { Button, Drawer } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import type { AuditRow } from '#shared/modules/audit/audit.schema.ts'
import { actionWords, AUDIT_MODULES, entityWords } from '#shared/modules/audit/audit.words.ts'
import { api } from '#renderer/rpc/api.ts'
import { useList } from '#renderer/rpc/queries.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { DataGrid, type GridColumn } from '#renderer/ui/data-grid.tsx'
import type { GridFilter } from '#renderer/ui/grid-toolbar.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { Facts, Page, StatusTag } from '#renderer/ui/parts.tsx'

/** Who did what, from where, before and after; the chain shows whether any row was touched. */
export function AuditPage() {
  const t = useT()
  const notice = useNotice()
  const mayVerify = useCan('audit.verify')
  const [open, setOpen] = useState<AuditRow | null>(null)
  const head = useList('audit', ['head'], () => api.audit.head({}))
  const people = useList('people', ['briefs'], () => api.people.briefs({}))
  const word = (key: string) => t(`audit:columns.${key}`)
  const plain = (key: string, width: number, text: (row: AuditRow) => string, sort?: string): GridColumn<AuditRow> => ({
    key,
    title: word(key),
    width,
    ...(sort ? { sort } : {}),
    render: text,
    text,
  })
  const columns: GridColumn<AuditRow>[] = [
    plain('seq', 80, (row) => String(row.seq), 'seq'),
    plain('at', 150, (row) => dayjs(row.at).format('YYYY-MM-DD HH:mm:ss')),
    plain('userName', 110, (row) => row.userName ?? t('audit:program')),
    plain('action', 180, (row) => actionWords(t, row.action)),
    plain('entity', 120, (row) => entityWords(t, row.entity)),
    plain('entityId', 280, (row) => row.entityId),
    plain('device', 110, (row) => row.device),
    plain('mac', 120, (row) => row.mac),
  ]
  const filters: GridFilter[] = [
    {
      kind: 'select',
      name: 'userId',
      label: t('audit:filters.userId'),
      options: (people.data ?? []).map((person) => ({ value: person.id, label: person.name })),
    },
    {
      kind: 'select',
      name: 'action',
      label: t('audit:filters.action'),
      options: AUDIT_MODULES.map((value) => ({ value, label: t(`audit:modules.${value}`) })),
    },
    { kind: 'day', name: 'dayFrom', label: t('audit:filters.dayFrom') },
    { kind: 'day', name: 'dayTo', label: t('audit:filters.dayTo') },
  ]
  const verify = async () => {
    try {
      await api.audit.verify({})
      notice.done(t('audit:actions.verify'))
    } catch (error) {
      notice.fail(error)
    }
  }
  const json = (value: unknown) =>
    value === null || value === undefined ? '' : <pre className="json">{JSON.stringify(value, null, 2)}</pre>

  return (
    <Page
      title={t('audit:title')}
      extra={
        head.data ? (
          <StatusTag tone={head.data.ok ? 'done' : 'danger'}>
            {head.data.fault
              ? t(`audit:verdict.${head.data.fault.reason}`, { seq: head.data.fault.seq })
              : t('audit:head', { seq: head.data.head.seq, mac: head.data.head.mac.slice(0, 12) })}
          </StatusTag>
        ) : null
      }
      action={mayVerify ? <Button onClick={() => void verify()}>{t('audit:actions.verify')}</Button> : null}
    >
      <DataGrid<AuditRow>
        id="audit"
        module="audit"
        columns={columns}
        filters={filters}
        defaultSort={{ key: 'seq', dir: 'desc' }}
        load={(input) => api.audit.list(input as never)}
        summarise={(input) => api.audit.summary(input as never)}
        rowKey={(row) => String(row.seq)}
        onOpen={setOpen}
        exportRows={({ sort: _sort, ...asked }) => api.audit.exportRows(asked as never)}
        empty={{ text: t('audit:list.empty') }}
      />
      <Drawer
        open={open !== null}
        onClose={() => setOpen(null)}
        title={open ? actionWords(t, open.action) : ''}
        size={560}
        destroyOnHidden
      >
        {open ? (
          <Facts
            items={[
              { label: word('seq'), value: String(open.seq) },
              { label: word('at'), value: dayjs(open.at).format('YYYY-MM-DD HH:mm:ss') },
              { label: word('userName'), value: open.userName ?? t('audit:program') },
              { label: word('roles'), value: open.roles.map((role) => t(`policy:roles.${role}`)).join(' · ') },
              { label: word('device'), value: open.device },
              { label: word('action'), value: open.action },
              { label: word('entity'), value: `${entityWords(t, open.entity)} ${open.entityId}` },
              { label: word('before'), value: json(open.before) },
              { label: word('after'), value: json(open.after) },
            ]}
          />
        ) : null}
      </Drawer>
    </Page>
  )
}
