import { Input, Modal } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { api, onStepUp, shownError, type ShownError } from '#renderer/rpc/api.ts'
import { useT } from './i18n.ts'
import { ErrorNotice } from './parts.tsx'

/**
 * Asks for the password again when the core wants it before something grave, then the call that was refused goes on
 * by itself. Stands once in the program; a page does nothing for it.
 */
export function StepUpHost() {
  const t = useT()
  const [open, setOpen] = useState(false)
  const [password, setPassword] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<ShownError | null>(null)
  const answer = useRef<((given: boolean) => void) | null>(null)

  useEffect(() => {
    onStepUp(
      () =>
        new Promise<boolean>((resolve) => {
          // Two calls at once share one question.
          const before = answer.current
          answer.current = (given) => {
            before?.(given)
            resolve(given)
          }
          setError(null)
          setOpen(true)
        }),
    )
    return () => onStepUp(null)
  }, [])

  const finish = (given: boolean) => {
    setOpen(false)
    setPassword('')
    answer.current?.(given)
    answer.current = null
  }
  const submit = async () => {
    if (password === '' || busy) return
    setBusy(true)
    try {
      await api.session.stepUp({ password })
      finish(true)
    } catch (failed) {
      setError(shownError(failed))
    } finally {
      setBusy(false)
    }
  }

  return (
    <Modal
      open={open}
      title={t('common:stepUp.title')}
      okText={t('common:stepUp.confirm')}
      cancelText={t('common:cancel')}
      confirmLoading={busy}
      onOk={() => void submit()}
      onCancel={() => finish(false)}
      destroyOnHidden
      zIndex={1300}
    >
      <p>{t('common:stepUp.text')}</p>
      {error ? <ErrorNotice error={error} /> : null}
      <Input.Password
        autoFocus
        value={password}
        maxLength={128}
        autoComplete="current-password"
        aria-label={t('common:stepUp.password')}
        onChange={(event) => setPassword(event.target.value)}
        onPressEnter={() => void submit()}
      />
    </Modal>
  )
}
