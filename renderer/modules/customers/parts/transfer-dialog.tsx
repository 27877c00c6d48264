import { Modal, Select } from 'antd'
import { useState } from 'react'
import { api } from '#renderer/rpc/api.ts'
import { useCommand } from '#renderer/rpc/queries.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { ErrorNotice } from '#renderer/ui/parts.tsx'
import { usePeopleChoices } from '#renderer/modules/customers/customers.queries.ts'

type Moves = Parameters<typeof api.customers.transfer>[0]['moves']

/** Gives customers to another person, with a way back for a few seconds. */
export function TransferDialog(props: { ids: readonly string[] | null; onClose: (moved: boolean) => void }) {
  const t = useT()
  const notice = useNotice()
  const people = usePeopleChoices()
  const [ownerId, setOwnerId] = useState<string | null>(null)
  const transfer = useCommand((moves: Moves, options) => api.customers.transfer({ moves }, options))
  const takeBack = async (moves: Moves) => {
    try {
      await transfer.run(moves)
      notice.done(t('customers:done.transferBack'))
    } catch (error) {
      notice.fail(error)
    }
  }
  const give = async () => {
    if (ownerId === null || props.ids === null) return
    const { back } = await transfer.run(props.ids.map((id) => ({ id, ownerId })))
    props.onClose(true)
    notice.done(
      t('customers:done.transferred', { count: back.length }),
      back.length > 0 ? () => void takeBack(back) : undefined,
    )
  }
  return (
    <Modal
      open={props.ids !== null}
      title={t('customers:transfer')}
      okText={t('customers:transfer')}
      okButtonProps={{ disabled: ownerId === null, loading: transfer.busy }}
      onOk={() => void give().catch(() => undefined)}
      onCancel={() => props.onClose(false)}
      destroyOnHidden
      afterClose={() => {
        setOwnerId(null)
        transfer.clear()
      }}
    >
      {transfer.error ? <ErrorNotice error={transfer.error} /> : null}
      <label className="field">
        <span>{t('customers:transferTo')}</span>
        <Select
          autoFocus
          value={ownerId}
          options={people}
          showSearch={{ optionFilterProp: 'label' }}
          aria-label={t('customers:transferTo')}
          onChange={setOwnerId}
        />
      </label>
    </Modal>
  )
}
