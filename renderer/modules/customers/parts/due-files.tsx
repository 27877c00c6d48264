import { useQuery } from '@tanstack/react-query'
import { Modal } from 'antd'
import type { DueFile, KeptFile } from '#shared/modules/customers/customers.due.contract.ts'
import { api, shownError } from '#renderer/rpc/api.ts'
import { useCommand, useList } from '#renderer/rpc/queries.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { ErrorNotice } from '#renderer/ui/parts.tsx'

/** Says how many files are due for deletion, and opens what deletes them; nothing where there are none. */
export function DueFilesLink({ onOpen }: { onOpen: () => void }) {
  const t = useT()
  const found = useList('customers', ['due', 'count'], () => api.customers.due.count({}))
  const count = found.data?.count ?? 0
  return count === 0 ? null : (
    <button type="button" className="link-button" onClick={onOpen}>
      {t('customers:due.open', { count })}
    </button>
  )
}

/** Deletes rejected files whose day has come, of those chosen or of all; shows before which go and which stay. */
export function DueFilesDialog(props: { ids: readonly string[] | 'all' | null; onClose: (removed: boolean) => void }) {
  const t = useT()
  const notice = useNotice()
  const ids = props.ids === 'all' ? null : props.ids
  const preview = useQuery({
    queryKey: ['customers', 'due', 'preview', props.ids],
    queryFn: () => api.customers.due.preview({ ids: ids as never }),
    enabled: props.ids !== null,
    staleTime: 0,
  })
  const remove = useCommand((input: { ids: readonly string[] }, options) =>
    api.customers.due.remove(input as never, options),
  )
  const found = preview.data
  const going = found?.files ?? []
  const run = async () => {
    const done = await remove.run({ ids: going.map((file) => file.id) })
    props.onClose(true)
    const said = { count: done.removed, kept: done.kept.length }
    notice.done(t(done.kept.length > 0 ? 'customers:due.doneBut' : 'customers:due.done', said))
  }
  const failed = remove.error ?? (preview.error ? shownError(preview.error) : null)
  return (
    <Modal
      open={props.ids !== null}
      width={680}
      title={t('customers:due.title')}
      okText={t('customers:due.run', { count: going.length })}
      okButtonProps={{ danger: true, disabled: going.length === 0 || preview.isFetching, loading: remove.busy }}
      onOk={() => void run().catch(() => undefined)}
      onCancel={() => props.onClose(false)}
      destroyOnHidden
      afterClose={remove.clear}
    >
      {failed ? <ErrorNotice error={failed} /> : null}
      {found ? (
        <>
          {going.length > 0 ? <p>{t('customers:due.what')}</p> : <p className="muted">{t('customers:due.none')}</p>}
          <Files files={going} />
          {found.more > 0 ? <p className="muted">{t('customers:due.more', { count: found.more })}</p> : null}
          {found.kept.length > 0 ? <h3>{t('customers:due.kept', { count: found.kept.length })}</h3> : null}
          <Files files={found.kept} />
        </>
      ) : null}
    </Modal>
  )
}

function Files({ files }: { files: readonly (DueFile | KeptFile)[] }) {
  const t = useT()
  const reasons = files.some((file) => 'why' in file)
  if (files.length === 0) return null
  return (
    <div className="due-files">
      <table className="plain-table">
        <thead>
          <tr>
            <th>{t('customers:columns.code')}</th>
            <th>{t('customers:columns.name')}</th>
            <th>{t('customers:columns.owner')}</th>
            <th>{t('customers:fields.deleteDay')}</th>
            {reasons ? <th>{t('customers:due.reason')}</th> : null}
          </tr>
        </thead>
        <tbody>
          {files.map((file) => (
            <tr key={file.id}>
              <td>{file.code}</td>
              <td>{file.name}</td>
              <td>{file.ownerName}</td>
              <td>{file.deleteDay}</td>
              {'why' in file ? <td>{t(`customers:due.why.${file.why}`)}</td> : null}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
