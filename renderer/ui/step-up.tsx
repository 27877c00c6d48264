import { Input, Modal } from 'antd'
import { useState } from 'react'
import { create } from 'zustand'
import { api, shownError, type ShownError } from '#renderer/rpc/api.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { ErrorNotice } from '#renderer/ui/parts.tsx'

interface Asked {
  readonly waiting: ((given: boolean) => void) | null
  ask(): Promise<boolean>
  answer(given: boolean): void
}

const useAsked = create<Asked>((set, get) => ({
  waiting: null,
  ask: () => new Promise((waiting) => set({ waiting })),
  answer(given) {
    get().waiting?.(given)
    set({ waiting: null })
  },
}))

/** Runs something grave; where the core asks for the password again, asks for it here and runs it once more. */
export async function withStepUp<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (shownError(error).code !== 'STEP_UP_REQUIRED') throw error
    if (!(await useAsked.getState().ask())) throw error
    return work()
  }
}

export function StepUpDialog() {
  const t = useT()
  const { waiting, answer } = useAsked()
  const [password, setPassword] = useState('')
  const [failure, setFailure] = useState<ShownError | null>(null)
  const close = (given: boolean) => {
    setPassword('')
    setFailure(null)
    answer(given)
  }
  const submit = async () => {
    try {
      await api.session.stepUp({ password })
      close(true)
    } catch (error) {
      setFailure(shownError(error))
    }
  }
  return (
    <Modal
      open={waiting !== null}
      title={t('session:stepUp.title')}
      okText={t('common:continue')}
      cancelText={t('common:cancel')}
      onOk={() => void submit()}
      onCancel={() => close(false)}
      width={420}
      destroyOnHidden
    >
      <p>{t('session:stepUp.text')}</p>
      {failure ? <ErrorNotice error={failure} /> : null}
      <Input.Password
        autoFocus
        value={password}
        maxLength={128}
        autoComplete="current-password"
        aria-label={t('session:fields.password')}
        onChange={(event) => setPassword(event.target.value)}
        onPressEnter={() => void submit()}
      />
    </Modal>
  )
}
