import { Spin } from 'antd'
import { addDays, weekday, type PlainDay } from '#shared/kernel/dates.ts'
import type { Movement } from '#shared/modules/deals/deals.forecast.rules.ts'
import { api } from '#renderer/rpc/api.ts'
import { useList } from '#renderer/rpc/queries.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { ErrorNotice, Panel } from '#renderer/ui/parts.tsx'
import type { NumberOf } from './parts-drawer.tsx'
import { shortYuan } from './short-yuan.ts'

/** Weeks side by side, this one last. */
const WEEKS = 4
/** What leads from the start to the end, with its sign; then what only moved along. */
const CHANGES = [
  ['opened', '+'],
  ['reopened', '+'],
  ['up', '+'],
  ['down', '−'],
  ['won', '−'],
  ['lost', '−'],
  ['removed', '−'],
] as const
const ALONG = ['advanced', 'back', 'slipped', 'pulled'] as const

/** The Mondays of the last weeks, oldest first. */
export function mondays(today: PlainDay): PlainDay[] {
  const monday = addDays(today, 1 - weekday(today))
  return Array.from({ length: WEEKS }, (_, i) => addDays(monday, 7 * (i + 1 - WEEKS)))
}

/** How the open pipeline came from one week's end to the next; each number opens its deals. */
export function MovementTable(props: {
  today: PlainDay
  ownerId: string | undefined
  onNumber: (of: NumberOf) => void
}) {
  const t = useT()
  const owner = props.ownerId ? { ownerId: props.ownerId } : {}
  const weeks = mondays(props.today).map((from) => ({ from, to: addDays(from, 6), ...owner }))
  const found = useList('deals', ['movement', weeks], () => Promise.all(weeks.map((week) => api.deals.movement(week))))
  const word = (key: string) => t(`deals:movement.${key}`)
  if (found.shownError) return <ErrorNotice error={found.shownError} onRetry={() => void found.refetch()} />
  const views = found.data
  if (!views) return <Spin className="grid-spin" />

  const row = (key: 'start' | 'end' | Movement, sign: string) => (
    <tr key={key} className={key === 'start' || key === 'end' ? 'total' : undefined}>
      <th scope="row">
        {sign} {word(key)}
      </th>
      {views.map((view, i) => {
        const tally = key === 'start' || key === 'end' ? view[key] : view.kinds[key]
        const week = weeks[i]
        return (
          <td key={view.from} className="num">
            {tally.count === 0 || !week ? (
              <span className="muted">–</span>
            ) : (
              <button
                type="button"
                className="link-button num"
                onClick={() =>
                  props.onNumber({
                    title: t('deals:movement.rows', { kind: word(key), from: view.from, to: view.to }),
                    key: ['movement', key, week],
                    load: () => api.deals.movementRows({ ...week, kind: key }),
                    weighted: false,
                  })
                }
              >
                {`${shortYuan(tally.amount)} (${tally.count})`}
              </button>
            )}
          </td>
        )
      })}
    </tr>
  )
  return (
    <Panel title={word('title')}>
      <div className="wide-table">
        <table className="plain-table forecast">
          <thead>
            <tr>
              <th scope="col">{word('what')}</th>
              {views.map((view, i) => (
                <th key={view.from} scope="col" className="num">
                  {i === views.length - 1 ? word('thisWeek') : t('deals:movement.week', { from: view.from })}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {row('start', '')}
            {CHANGES.map(([kind, sign]) => row(kind, sign))}
            {row('end', '=')}
            {ALONG.map((kind) => row(kind, ''))}
          </tbody>
        </table>
      </div>
      <p className="muted">{word('hint')}</p>
    </Panel>
  )
}
