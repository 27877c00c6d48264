import { App, Button, Spin } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import type { BackupRow } from '#shared/modules/backups/backups.schema.ts'
import { api } from '#renderer/rpc/api.ts'
import { useCommand, useList } from '#renderer/rpc/queries.ts'
import { useCan, useSession } from '#renderer/rpc/session.ts'
import { FolderInput } from '#renderer/ui/folder-input.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { EmptyState, ErrorNotice, Page, Panel, StatusTag } from '#renderer/ui/parts.tsx'
import type { StatusTone } from '#renderer/ui/theme.ts'

const MB = 1024 * 1024
const TONES: Readonly<Record<'fresh' | 'late' | 'none' | 'failed', StatusTone>> = {
  fresh: 'done',
  late: 'attention',
  none: 'attention',
  failed: 'danger',
}
const moment = (at: number) => dayjs(at).format('YYYY-MM-DD HH:mm')

/** Every backup with what is in it: make one, check one, go back to one; and the second folder. */
export function BackupsPage() {
  const t = useT()
  const notice = useNotice()
  const { modal } = App.useApp()
  const mayCreate = useCan('backups.create')
  const mayRestore = useCan('backups.restore')
  const status = useList('backups', ['status'], () => api.backups.status({}))
  const list = useList('backups', ['list'], () => api.backups.list({}))
  const create = useCommand((_: null, options) => api.backups.create({}, options))
  const act = async (work: () => Promise<unknown>, done?: string) => {
    try {
      await work()
      if (done) notice.done(done)
    } catch (error) {
      notice.fail(error)
    }
  }
  const restore = (row: BackupRow) =>
    modal.confirm({
      title: t('backups:confirmRestore.title', { time: moment(row.createdAt) }),
      content: t('backups:confirmRestore.text'),
      okText: t('backups:confirmRestore.button'),
      cancelText: t('common:cancel'),
      onOk: () =>
        act(
          async () => {
            await api.backups.restore({ folder: row.folder, name: row.name })
            const state = await api.session.status({})
            useSession.getState().setStatus(state)
          },
          t('backups:restored', { time: moment(row.createdAt) }),
        ),
    })
  const rows = list.data?.rows ?? []
  const head = (key: string) => t(`backups:columns.${key}`)

  return (
    <Page
      title={t('backups:title')}
      action={
        mayCreate ? (
          <Button type="primary" loading={create.busy} onClick={() => void act(() => create.run(null))}>
            {t('backups:actions.create')}
          </Button>
        ) : null
      }
      filters={
        status.data ? (
          <>
            <StatusTag tone={TONES[status.data.state]}>{t(`backups:status.${status.data.state}`)}</StatusTag>
            <span className="muted">
              {status.data.lastAt === null ? '' : t('backups:status.lastAt', { time: moment(status.data.lastAt) })}
            </span>
            {status.data.second === 'unset' ? (
              <StatusTag tone="attention">{t('backups:status.secondUnset')}</StatusTag>
            ) : null}
            {status.data.second === 'failed' ? (
              <StatusTag tone="danger">{t('backups:status.secondFailed')}</StatusTag>
            ) : null}
          </>
        ) : undefined
      }
    >
      {list.shownError ? <ErrorNotice error={list.shownError} onRetry={() => void list.refetch()} /> : null}
      {list.isPending ? <Spin className="grid-spin" /> : null}
      {list.data && rows.length === 0 ? <EmptyState text={t('backups:list.empty')} /> : null}
      {rows.length > 0 ? (
        <Panel>
          <table className="plain-table">
            <thead>
              <tr>
                <th scope="col">{head('createdAt')}</th>
                <th scope="col">{head('reason')}</th>
                <th scope="col">{head('folder')}</th>
                <th scope="col" className="num">
                  {head('size')}
                </th>
                <th scope="col" className="num">
                  {head('counts')}
                </th>
                <th scope="col">{head('verifiedAt')}</th>
                <th scope="col">{head('appVersion')}</th>
                <th scope="col">
                  <span className="visually-hidden">{t('backups:actions.restore')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={`${row.folder}:${row.name}`}>
                  <td>{moment(row.createdAt)}</td>
                  <td>{t(`backups:reasons.${row.reason}`)}</td>
                  <td>{t(`backups:folders.${row.folder}`)}</td>
                  <td className="num">{(row.size / MB).toFixed(1)} MB</td>
                  <td className="num">{Object.values(row.counts).reduce((a, b) => a + b, 0)}</td>
                  <td>
                    {row.intact ? (
                      <StatusTag tone="done">
                        {t('backups:intact')} {moment(row.verifiedAt)}
                      </StatusTag>
                    ) : (
                      <StatusTag tone="danger">{t('backups:broken')}</StatusTag>
                    )}
                  </td>
                  <td>{row.appVersion}</td>
                  <td className="num">
                    {mayCreate ? (
                      <Button
                        size="small"
                        type="text"
                        onClick={() => void act(() => api.backups.verify({ folder: row.folder, name: row.name }))}
                      >
                        {t('backups:actions.verify')}
                      </Button>
                    ) : null}
                    {mayRestore && row.intact ? (
                      <Button size="small" type="text" danger onClick={() => restore(row)}>
                        {t('backups:actions.restore')}
                      </Button>
                    ) : null}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Panel>
      ) : null}
      {mayCreate ? <SecondFolder path={list.data?.secondDir ?? ''} /> : null}
    </Page>
  )
}

/** Another disk or a NAS; empty for none. */
function SecondFolder(props: { path: string }) {
  const t = useT()
  const notice = useNotice()
  const [typed, setTyped] = useState<string | null>(null)
  const preferences = useList('office', ['preferences'], () => api.office.preferences.read({}))
  const save = async (path: string) => {
    try {
      await api.backups.setFolder({ path, version: preferences.data?.version ?? 0 })
      setTyped(null)
      notice.done(t('common:saved'))
    } catch (error) {
      notice.fail(error)
    }
  }
  const value = typed ?? props.path
  return (
    <Panel title={t('backups:folder.title')}>
      <p className="muted">{t('backups:folder.hint')}</p>
      <FolderInput value={value} label={t('backups:folder.title')} onChange={setTyped} />
      <div className="gate-actions">
        {props.path === '' ? null : <Button onClick={() => void save('')}>{t('backups:actions.clearFolder')}</Button>}
        <Button disabled={value === props.path} onClick={() => void save(value)}>
          {t('common:save')}
        </Button>
      </div>
    </Panel>
  )
}
