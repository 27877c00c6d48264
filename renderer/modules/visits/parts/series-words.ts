import { LAST_WORKDAY, type SeriesRule } from '#shared/modules/visits/visits.series.rules.ts'
import { useT } from '#renderer/ui/i18n.ts'

/** How a series comes again, in words: `每 2 周 周一、周四`. */
export function useSeriesWords() {
  const t = useT()
  return (rule: Pick<SeriesRule, 'repeat' | 'every' | 'weekdays' | 'monthDay'>): string => {
    const often = t(`visits:series.often.${rule.repeat}.${rule.every === 1 ? 'one' : 'other'}`, { every: rule.every })
    if (rule.repeat === 'days') return often
    if (rule.repeat === 'months') {
      const { monthDay } = rule
      return `${often} ${monthDay === LAST_WORKDAY ? t('visits:series.lastWorkday') : t('visits:series.nthDay', { day: monthDay })}`
    }
    const days = rule.weekdays.toSorted((a, b) => a - b).map((nth) => t(`visits:calendar.weekdays.${nth}`))
    return `${often} ${days.join(t('visits:sheet.and'))}`
  }
}
