import type { Translate } from '#shared/i18n/translate.ts'
import type { ObligationRow } from './obligations.schema.ts'

/** What is to be done, in one line. */
export function whatOf(t: Translate, row: Pick<ObligationRow, 'kind' | 'detail'>): string {
  if (row.kind === 'other') return row.detail
  const said = t(`obligations:says.${row.kind}`)
  return row.detail === '' ? said : `${said} · ${row.detail}`
}

/** What its day is counted from; '' for a day that was simply agreed. */
export function whenOf(t: Translate, row: Pick<ObligationRow, 'kind' | 'trigger' | 'days' | 'dayKind'>): string {
  const { kind, trigger, days, dayKind } = row
  if (trigger === 'fixed') return ''
  if (trigger === 'none') return t(kind === 'confidentiality' ? 'obligations:when.always' : 'obligations:when.noDay')
  const event = t(`obligations:triggers.${trigger}`)
  if (days === 0) return t('obligations:when.on', { event })
  return t(dayKind === 'working' ? 'obligations:when.afterWork' : 'obligations:when.after', { event, days })
}
