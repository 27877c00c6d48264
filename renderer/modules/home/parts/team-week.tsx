import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { addDays, weekday, type PlainDay } from '#shared/kernel/dates.ts'
import type { VisitFigures } from '#shared/modules/visits/visits.schema.ts'
import { api } from '#renderer/rpc/api.ts'
import { useList } from '#renderer/rpc/queries.ts'
import { useSession } from '#renderer/rpc/session.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { Panel } from '#renderer/ui/parts.tsx'

type Figure = Exclude<keyof VisitFigures, 'userId' | 'userName'>
/** What a figure is a list of. */
const FIGURES: readonly (readonly [figure: Figure, filter: Readonly<Record<string, string | boolean>>])[] = [
  ['planned', { wasPlanned: true }],
  ['kept', { wasPlanned: true, state: 'done' }],
  ['late', { late: true }],
  ['overdue', { overdue: true }],
]
const MOVES = ['opened', 'advanced', 'slipped', 'won', 'lost'] as const

/** The week of a team: plans against what was held, reports that are late, and how the pipeline moved. */
export function TeamWeek({ today }: { today: string }) {
  const t = useT()
  const visits = useSession((state) => state.session?.permissions['visits.read'])
  const deals = useSession((state) => state.session?.permissions['deals.read'])
  const leads = (reach: string | undefined) => reach === 'team' || reach === 'all'
  const from = addDays(today as PlainDay, 1 - weekday(today as PlainDay))
  const week = { from, to: addDays(from, 6) }
  if (!leads(visits)) return null
  return (
    <div className="columns-2">
      <VisitsOfWeek week={week} />
      {leads(deals) ? (
        <Panel
          title={t('home:team.pipeline')}
          extra={<Link to={'/deals/forecast' as never}>{t('home:team.forecast')}</Link>}
        >
          <Pipeline week={week} />
        </Panel>
      ) : null}
    </div>
  )
}

interface Week {
  readonly from: PlainDay
  readonly to: PlainDay
}

function VisitsOfWeek({ week }: { week: Week }) {
  const t = useT()
  const found = useList('visits', ['figures', week], () => api.visits.figures(week))
  const rows = found.data?.rows ?? []
  return (
    <Panel title={t('home:team.visits')} extra={<Link to={'/visits/figures' as never}>{t('home:team.more')}</Link>}>
      {found.data && rows.length === 0 ? <p className="muted">{t('visits:empty')}</p> : null}
      <table className="plain-table">
        {rows.length === 0 ? null : (
          <thead>
            <tr>
              <th scope="col">{t('visits:fields.userId')}</th>
              {FIGURES.map(([figure]) => (
                <th key={figure} scope="col" className="num">
                  {t(`visits:figures.${figure}`)}
                </th>
              ))}
            </tr>
          </thead>
        )}
        <tbody>
          {rows.map((row) => (
            <tr key={row.userId}>
              <th scope="row">{row.userName}</th>
              {FIGURES.map(([figure, filter]) => (
                <td key={figure} className="num">
                  <Opens to="/visits" count={row[figure]} f={{ ...filter, userId: row.userId, ...week }} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}

function Pipeline({ week }: { week: Week }) {
  const t = useT()
  const before = { from: addDays(week.from, -7), to: addDays(week.to, -7) }
  const found = useList('deals', ['movement', 'home', week], () =>
    Promise.all([api.deals.movement(before), api.deals.movement(week)]),
  )
  const views = found.data
  if (!views) return null
  const cell = (count: number): ReactNode =>
    count === 0 ? <span className="muted">–</span> : <Link to={'/deals/forecast' as never}>{count}</Link>
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <td />
          {views.map((view) => (
            <th key={view.from} scope="col" className="num">
              {view.from.slice(5)}–{view.to.slice(5)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {MOVES.map((kind) => (
          <tr key={kind}>
            <th scope="row">{t(`deals:movement.${kind}`)}</th>
            {views.map((view) => (
              <td key={view.from} className="num">
                {cell(view.kinds[kind].count)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Opens(props: { to: string; count: number; f: Record<string, string | boolean> }) {
  if (props.count === 0) return <span className="muted">0</span>
  return (
    <Link to={props.to as never} search={{ f: props.f } as never}>
      {props.count}
    </Link>
  )
}
