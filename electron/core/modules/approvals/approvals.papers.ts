import { makeTranslator } from '#shared/i18n/translate.ts'
import { formatMoment } from '#shared/kernel/dates.ts'
import { documentName } from '#shared/kernel/filenames.ts'
import { approvalDocument } from '#shared/modules/approvals/approvals.documents.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { approvalView } from './approvals.service.ts'

/** What an approval leaves on paper. */
export function createApprovalPapers(deps: CoreDeps) {
  const { store, clock } = deps
  return {
    async preview(ctx: CallContext, id: string) {
      const userId = ctx.actor.userId ?? ''
      const approval = await approvalView(store.read, { scope: ctx.scope, userId }, id, clock.today())
      const firm = (await readSetting(store.read, 'firm')).value
      const language = (await readSetting(store.read, 'preferences')).value.documentLocale
      const t = makeTranslator(language)
      const momentWords = (moment: number) => formatMoment(moment, clock.zone)
      const model = approvalDocument({ approval, firmName: firm.name, language, momentWords }, t)
      const bytes = await deps.workers.run('pdf', model, ctx.signal ? { signal: ctx.signal } : {})
      const name = documentName([t('approvals:document.file'), approval.title, approval.customerName], 'pdf')
      const { fileId } = deps.files.putTemporary(userId, { name, mime: 'application/pdf', bytes })
      return { fileId, name }
    },
  }
}
