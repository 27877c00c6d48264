import { App, Button, Input } from 'antd'
import { useMemo, useState, type ReactNode } from 'react'
import { shownError } from '#renderer/rpc/api.ts'
import { failureWords } from './failure-words.ts'
import { useT } from './i18n.ts'

const UNDO_SECONDS = 8

/** Short words at the edge: what was done (with a way back), and what failed. */
export function useNotice() {
  const { message, notification } = App.useApp()
  const t = useT()
  return useMemo(() => {
    /** `undo` offers to take it back for eight seconds. */
    function done(text: string, undo?: () => void): void {
      if (undo === undefined) {
        message.success(text)
        return
      }
      const key = `undo-${text}`
      notification.open({
        key,
        title: text,
        duration: UNDO_SECONDS,
        actions: (
          <Button
            size="small"
            onClick={() => {
              notification.destroy(key)
              undo()
            }}
          >
            {t('common:undo')}
          </Button>
        ),
      })
    }
    /** A failure in its words; what the person called off is no failure. */
    function fail(error: unknown): void {
      const shown = shownError(error)
      if (shown.code === 'CANCELLED') return
      message.error({ content: failureWords(t, shown), duration: 6 })
    }
    /** Does the work and says that it is done, or why it is not. */
    async function tell(work: () => Promise<unknown>, text: string): Promise<void> {
      try {
        await work()
        done(text)
      } catch (error) {
        fail(error)
      }
    }
    return { done, fail, tell }
  }, [message, notification, t])
}

export interface ConfirmOptions {
  readonly title: string
  /** What will happen, and what is kept. */
  readonly text: ReactNode
  /** Verb and object: what the button does. */
  readonly action: string
  readonly danger?: boolean
  /** Asks for a reason of at least two characters; it is handed to the caller. */
  readonly reason?: { readonly label: string; readonly max?: number }
}

/** Asks before something that cannot be taken back. Resolves null where it is called off, else the reason ('' if none). */
export function useConfirm(): (options: ConfirmOptions) => Promise<string | null> {
  const { modal } = App.useApp()
  const t = useT()
  return (options) =>
    new Promise((resolve) => {
      let reason = ''
      const shown = modal.confirm({
        title: options.title,
        content: (
          <>
            <div>{options.text}</div>
            {options.reason ? (
              <ReasonInput
                label={options.reason.label}
                max={options.reason.max ?? 200}
                onChange={(text) => {
                  reason = text.trim()
                  shown.update({ okButtonProps: { danger: options.danger ?? true, disabled: reason.length < 2 } })
                }}
              />
            ) : null}
          </>
        ),
        okText: options.action,
        cancelText: t('common:cancel'),
        okButtonProps: { danger: options.danger ?? true, disabled: options.reason !== undefined },
        autoFocusButton: options.reason ? null : 'cancel',
        onOk: () => resolve(reason),
        onCancel: () => resolve(null),
      })
    })
}

/** Asks for a reason, does with it what needs one, and says that it is done, or why it is not. */
export function useWithReason() {
  const confirm = useConfirm()
  const notice = useNotice()
  return async (
    options: ConfirmOptions & { readonly reason: NonNullable<ConfirmOptions['reason']> },
    work: (reason: string) => Promise<unknown>,
    done: string,
  ): Promise<void> => {
    const reason = await confirm(options)
    if (reason !== null) await notice.tell(() => work(reason), done)
  }
}

function ReasonInput(props: { label: string; max: number; onChange: (text: string) => void }) {
  const [text, setText] = useState('')
  return (
    <label className="field">
      <span className="muted">{props.label}</span>
      <Input.TextArea
        autoFocus
        value={text}
        maxLength={props.max}
        // Grows by CSS: the library's own way sets a style that the page's policy forbids.
        rows={3}
        className="growing"
        onChange={(event) => {
          setText(event.target.value)
          props.onChange(event.target.value)
        }}
      />
    </label>
  )
}
