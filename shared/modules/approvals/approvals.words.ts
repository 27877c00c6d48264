import { formatRate } from '#shared/i18n/formatters.ts'
import type { Translate } from '#shared/i18n/translate.ts'
import { formatYuan } from '#shared/kernel/money.ts'
import { formatPrice, formatQuantity } from '#shared/modules/contracts/contracts.format.ts'
import type { ApprovalView, ContentChange, ContentLine } from './approvals.schema.ts'

/** What a line of the content says, in the reader's words. */
export function valueWords(form: ContentLine['form'], value: string | number | null, t: Translate): string {
  if (value === null || value === '') return t('approvals:content.none')
  if (typeof value === 'string') return form === 'word' ? t(value) : value
  switch (form) {
    case 'fen':
      return formatYuan(value)
    case 'rate':
      return `${formatRate(value)}`
    case 'price':
      return formatPrice(value)
    case 'quantity':
      return formatQuantity(value)
    case 'text':
    case 'day':
    case 'count':
    case 'word':
      return String(value)
  }
}

/** The name of a line: what it is about, and which of several. */
export const lineWords = ({ label, params }: Pick<ContentChange, 'label' | 'params'>, t: Translate) => t(label, params)

/** The name of a step; one that was put in has none of its own. */
export function stepWords(step: Pick<ApprovalView['steps'][number], 'name' | 'added'>, t: Translate): string {
  if (step.name !== '') return step.name
  return step.added ? t('approvals:steps.added') : t('approvals:steps.owner')
}

/** How one approver of a step stands. */
export function seatWords(seat: ApprovalView['steps'][number]['seats'][number], t: Translate): string {
  if (seat.carried) return t('approvals:steps.carried', { name: seat.name })
  if (seat.decided && seat.byName !== '') {
    return t('approvals:steps.decidedBy', { name: seat.name, by: seat.byName })
  }
  if (seat.decided) return t('approvals:steps.decided', { name: seat.name })
  return seat.escalatedName === ''
    ? seat.name
    : `${seat.name} · ${t('approvals:steps.escalated', { name: seat.escalatedName })}`
}

/** What somebody did, with whom else it was about. */
export function actionWords(action: ApprovalView['actions'][number], t: Translate): string {
  const did = t(`approvals:did.${action.kind}`)
  if (action.otherName === '') return did
  const other = action.kind === 'addSigner' ? 'other' : 'for'
  return `${did} · ${t(`approvals:did.${other}`, { name: action.otherName })}`
}
