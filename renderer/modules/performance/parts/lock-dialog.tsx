import { Button, Checkbox, Modal, Spin } from 'antd'
import { useState } from 'react'
import type { PlainMonth } from '#shared/kernel/dates.ts'
import { api } from '#renderer/rpc/api.ts'
import { useCommand, useList } from '#renderer/rpc/queries.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { ErrorNotice } from '#renderer/ui/parts.tsx'

/** Locks a month, once it has said who has neither agreed nor rated and which appeals are open. */
export function LockDialog({ month, onClose }: { month: PlainMonth; onClose: () => void }) {
  const t = useT()
  const notice = useNotice()
  const [despite, setDespite] = useState(false)
  const found = useList('performance', ['statement', month], () => api.performance.cycle.statement({ month }))
  const lock = useCommand((_: null, options) => api.performance.lock({ month, despiteAppeals: despite }, options))
  const remind = useCommand((_: null, options) => api.performance.cycle.remind({ month }, options))
  const word = (key: string, params?: Record<string, string | number>) => t(`performance:cycle.${key}`, params)
  const { data } = found
  const between = t('approvals:document.between')
  const missing = data ? data.silent.length + data.late.length : 0
  const tell = async () => {
    try {
      const { told } = await remind.run(null)
      notice.done(told === 0 ? word('remindedNone') : word('reminded', { count: told }))
    } catch (error) {
      notice.fail(error)
    }
  }
  return (
    <Modal
      open
      title={`${t('performance:lock')} ${month}`}
      okText={t('performance:lock')}
      okButtonProps={{ disabled: !data || (data.appeals > 0 && !despite) }}
      cancelText={t('common:cancel')}
      onCancel={onClose}
      onOk={() => {
        onClose()
        void notice.tell(() => lock.run(null), t('performance:workbook.locked'))
      }}
    >
      <p>{t('performance:lockConfirm')}</p>
      {found.shownError ? <ErrorNotice error={found.shownError} onRetry={() => void found.refetch()} /> : null}
      {found.isPending ? <Spin className="grid-spin" /> : null}
      {data && data.silent.length > 0 ? (
        <p>
          {word('silent', {
            count: data.silent.length,
            names: data.silent.map((one) => one.userName).join(between),
          })}
        </p>
      ) : null}
      {data && data.late.length > 0 ? (
        <p>
          {word('late', {
            count: data.late.length,
            names: data.late
              .map((one) =>
                word(one.reviewId === null ? 'lateSelf' : 'lateOne', { rater: one.raterName, name: one.userName }),
              )
              .join(between),
          })}
        </p>
      ) : null}
      {missing > 0 ? (
        <p>
          <Button size="small" loading={remind.busy} onClick={() => void tell()}>
            {word('remind')}
          </Button>
        </p>
      ) : null}
      {data && data.appeals > 0 ? (
        <>
          <p>{word('openAppeals', { count: data.appeals })}</p>
          <Checkbox checked={despite} onChange={(event) => setDespite(event.target.checked)}>
            {word('despite')}
          </Checkbox>
        </>
      ) : null}
    </Modal>
  )
}
