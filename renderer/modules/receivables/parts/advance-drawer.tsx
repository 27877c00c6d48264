import { useQuery } from '@tanstack/react-query'
import { App, Button, Drawer } from 'antd'
import { useEffect, useState } from 'react'
import { api, shownError, type ShownError } from '#renderer/rpc/api.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { ErrorNotice } from '#renderer/ui/parts.tsx'
import { AllocationTable, asAllocations, leftOf, type Allocation } from './allocation-table.tsx'

/** Uses what is left of a receipt, or of a credit note, for instalments that are owed now. */
export function AdvanceDrawer(props: {
  view: { customerId: string; rest: number; day: string }
  /** `receipts` or `credits`: whose words are used, and whether costs and interest may be paid. */
  of: 'receipts' | 'credits'
  save: (allocations: readonly Allocation[]) => Promise<unknown>
  open: boolean
  onClose: () => void
}) {
  const t = useT()
  const { message } = App.useApp()
  const { view, of } = props
  const word = (key: string) => t(`receivables:${of}.${key}`)
  const [allocations, setAllocations] = useState<readonly Allocation[]>([])
  const [failure, setFailure] = useState<ShownError | null>(null)
  const [busy, setBusy] = useState(false)
  const proposal = useQuery({
    queryKey: ['receivables', 'propose', view.customerId, view.day, view.rest, of],
    queryFn: () =>
      api.receivables.propose({
        customerId: view.customerId as never,
        day: view.day as never,
        amount: view.rest as never,
        principalOnly: of === 'credits',
      }),
    enabled: props.open,
  })
  useEffect(() => {
    setAllocations(asAllocations(proposal.data?.proposed ?? []))
  }, [proposal.data])
  const valid = allocations.length > 0 && leftOf(view.rest, allocations) >= 0
  const submit = async () => {
    setBusy(true)
    setFailure(null)
    try {
      await props.save(allocations)
      message.success(word('used'))
      props.onClose()
    } catch (error) {
      setFailure(shownError(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Drawer open={props.open} onClose={props.onClose} title={word('useAdvance')} size={860} destroyOnHidden>
      {failure ? <ErrorNotice error={failure} /> : null}
      {proposal.data ? (
        <AllocationTable
          proposal={proposal.data}
          available={view.rest}
          restWord={`receivables:${of}.advance`}
          allocations={allocations}
          onChange={(next) => setAllocations(next)}
        />
      ) : null}
      <p className="action-bar">
        <Button type="primary" disabled={!valid} loading={busy} onClick={() => void submit()}>
          {word('useAdvance')}
        </Button>
        <Button onClick={props.onClose}>{t('common:cancel')}</Button>
      </p>
    </Drawer>
  )
}
