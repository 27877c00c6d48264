import { useQuery } from '@tanstack/react-query'
import { App, Button, Drawer } from 'antd'
import { useEffect, useState } from 'react'
import { api, shownError, type ShownError } from '#renderer/rpc/api.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { ErrorNotice } from '#renderer/ui/parts.tsx'
import { AllocationTable, leftOf, type Allocation } from './allocation-table.tsx'

/** Uses what is left of a receipt for instalments that are owed now. */
export function AdvanceDrawer(props: {
  view: { id: string; version: number; customerId: string; advance: number; day: string }
  open: boolean
  onClose: () => void
}) {
  const t = useT()
  const { message } = App.useApp()
  const { view } = props
  const [allocations, setAllocations] = useState<readonly Allocation[]>([])
  const [failure, setFailure] = useState<ShownError | null>(null)
  const [busy, setBusy] = useState(false)
  const proposal = useQuery({
    queryKey: ['receivables', 'propose', view.customerId, view.day, view.advance],
    queryFn: () =>
      api.receivables.propose({
        customerId: view.customerId as never,
        day: view.day as never,
        amount: view.advance as never,
      }),
    enabled: props.open,
  })
  useEffect(() => {
    setAllocations((proposal.data?.proposed ?? []).map(({ instalmentId, amount }) => ({ instalmentId, amount })))
  }, [proposal.data])
  const valid = allocations.length > 0 && leftOf(view.advance, allocations) >= 0
  const submit = async () => {
    setBusy(true)
    setFailure(null)
    try {
      await api.receivables.allocate({ id: view.id as never, version: view.version, allocations: allocations as never })
      message.success(t('receivables:receipts.used'))
      props.onClose()
    } catch (error) {
      setFailure(shownError(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Drawer
      open={props.open}
      onClose={props.onClose}
      title={t('receivables:receipts.useAdvance')}
      size={860}
      destroyOnHidden
    >
      {failure ? <ErrorNotice error={failure} /> : null}
      {proposal.data ? (
        <AllocationTable
          proposal={proposal.data}
          available={view.advance}
          allocations={allocations}
          onChange={(next) => setAllocations(next)}
        />
      ) : null}
      <p className="action-bar">
        <Button type="primary" disabled={!valid} loading={busy} onClick={() => void submit()}>
          {t('receivables:receipts.useAdvance')}
        </Button>
        <Button onClick={props.onClose}>{t('common:cancel')}</Button>
      </p>
    </Drawer>
  )
}
