import { useT } from '#renderer/ui/i18n.ts'
import { useConfirm, useNotice, useWithReason } from '#renderer/ui/notices.tsx'
import { useGo } from '#renderer/ui/use-go.ts'

/** Asks why, and withdraws an edition; `text` says what follows from it. */
export function useWithdraw(text: (no: number) => string, call: (no: number, reason: string) => Promise<unknown>) {
  const t = useT()
  const withReason = useWithReason()
  return (no: number) =>
    withReason(
      {
        title: t('clauses:withdrawing.title', { no }),
        text: text(no),
        action: t('clauses:page.withdrawOf', { no }),
        reason: { label: t('clauses:fields.reason'), max: 200 },
      },
      (reason) => call(no, reason),
      t('clauses:withdrawing.done', { no }),
    )
}

/** Asks, deletes a draft, and leads back to the list where the whole went with it. */
export function useDiscard(list: string, whole: boolean, call: () => Promise<{ removed: boolean }>) {
  const t = useT()
  const confirm = useConfirm()
  const notice = useNotice()
  const go = useGo()
  return async () => {
    const sure = await confirm({
      title: t('clauses:discarding.title'),
      text: t(whole ? 'clauses:discarding.whole' : 'clauses:discarding.text'),
      action: t('clauses:discarding.submit'),
    })
    if (sure === null) return
    try {
      const { removed } = await call()
      notice.done(t('clauses:discarding.done'))
      if (removed) go(list)
    } catch (error) {
      notice.fail(error)
    }
  }
}
