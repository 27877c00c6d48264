import { api } from '#renderer/rpc/api.ts'
import { useCommand } from '#renderer/rpc/queries.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'

/** Takes a hand-over back and says how much of it came. */
export function useTakeBack() {
  const t = useT()
  const notice = useNotice()
  const undo = useCommand((id: string, options) => api.handover.undo({ id: id as never }, options))
  return {
    busy: undo.busy,
    async run(id: string): Promise<void> {
      try {
        const { back, stayed } = await undo.run(id)
        notice.done(
          stayed === 0 ? t('handover:undone', { count: back }) : t('handover:undoneBut', { count: back, stayed }),
        )
      } catch (error) {
        notice.fail(error)
      }
    },
  }
}
