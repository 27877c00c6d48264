import { Link } from '@tanstack/react-router'
import { Button, Spin } from 'antd'
import { useState, type ReactNode } from 'react'
import { formatRate } from '#shared/i18n/formatters.ts'
import type { AppealRow } from '#shared/modules/performance/performance.cycle.schema.ts'
import { CATALOGUE } from '#shared/modules/performance/performance.indicators.schema.ts'
import type { IndicatorResult, PersonSheet } from '#shared/modules/performance/performance.schema.ts'
import { shownActual } from '#shared/modules/performance/performance.corrections.rules.ts'
import { curveText, figureText, formatScore, tiersText } from '#shared/modules/performance/performance.words.ts'
import {
  AsLockedNote,
  CorrectionDrawer,
  LockedNote,
  type Correcting,
} from '#renderer/modules/performance/parts/correction-drawer.tsx'
import { EntryDrawer } from '#renderer/modules/performance/parts/entry-drawer.tsx'
import { ExtraDrawer, ExtraLines, TakeBackDrawer } from '#renderer/modules/performance/parts/extra.tsx'
import { LockDialog } from '#renderer/modules/performance/parts/lock-dialog.tsx'
import { FigureAction } from '#renderer/modules/performance/parts/figure-action.tsx'
import { axisScore, MonthPicker, useMonth } from '#renderer/modules/performance/parts/month.tsx'
import { SignedButton } from '#renderer/modules/performance/parts/signed-button.tsx'
import { AppealText, CalibrationLine, OwnWord, StandingTag } from '#renderer/modules/performance/parts/standing.tsx'
import { SourcesDrawer, type SourcesOf } from '#renderer/modules/performance/parts/sources-drawer.tsx'
import { api } from '#renderer/rpc/api.ts'
import { useCommand, useList } from '#renderer/rpc/queries.ts'
import { useCan, useSession } from '#renderer/rpc/session.ts'
import { Chart } from '#renderer/ui/chart.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { EmptyState, ErrorNotice, Page, Panel, StatusTag } from '#renderer/ui/parts.tsx'

/** The month's appraisal: ranking, and for each person every indicator; each actual opens the rows it counts. */
export function SheetPage() {
  const t = useT()
  const notice = useNotice()
  const { month, go } = useMonth()
  const me = useSession((state) => state.session?.user.userId)
  const mayLock = useCan('performance.lock')
  const mayTarget = useCan('performance.targets')
  const mayExport = useCan('performance.export')
  const mayBonus = useCan('bonuses.read')
  const [locking, setLocking] = useState(false)
  const [sources, setSources] = useState<SourcesOf | null>(null)
  const [correcting, setCorrecting] = useState<Correcting | null>(null)
  const [giving, setGiving] = useState<PersonSheet | null>(null)
  const [takingBack, setTakingBack] = useState<string | null>(null)
  const [entering, setEntering] = useState<(SourcesOf & { actual: number | null }) | null>(null)
  const found = useList('performance', ['sheet', month], () => api.performance.sheet({ month }))
  const workbook = useCommand((_: null, options) => api.performance.workbook({ month }, options))
  const appeals = useList('performance', ['appeals', month], () => api.performance.cycle.appeals({ month }))
  const sheet = found.data
  const of = ({ userId, userName }: PersonSheet) => ({ month, userId, userName })

  return (
    <Page
      title={t('performance:title')}
      action={
        mayExport ? (
          <>
            <SignedButton month={month} userId={null} disabled={sheet === undefined || sheet.people.length === 0} />
            <Button
              type="primary"
              loading={workbook.busy}
              onClick={() => void notice.tell(() => workbook.run(null), t('performance:exportStarted'))}
            >
              {t('performance:export')}
            </Button>
          </>
        ) : null
      }
      filters={
        <>
          <MonthPicker month={month} onMonth={go} />
          {sheet?.locked ? <StatusTag tone="done">{t('performance:workbook.locked')}</StatusTag> : null}
          {sheet && !sheet.locked ? (
            <span className="muted">{t('performance:lockBy', { day: sheet.lockBy })}</span>
          ) : null}
          <span className="spacer" />
          {sheet?.locked ? (
            <Link to={'/performance/corrections' as never} search={{ month } as never}>
              {t('performance:correction.open')}
            </Link>
          ) : null}
          <Link to={'/performance/ranking' as never} search={{ month } as never}>
            {t('performance:ranking.open')}
          </Link>
          <Link to={'/performance/reviews' as never} search={{ month } as never}>
            {t('performance:review.open')}
          </Link>
          <Link to={'/performance/year' as never} search={{ year: Number(month.slice(0, 4)) } as never}>
            {t('performance:year.open')}
          </Link>
          {mayBonus ? (
            <Link to={'/performance/bonus' as never} search={{ month } as never}>
              {t('performance:bonus.open')}
            </Link>
          ) : null}
          <Link to={'/performance/schemes' as never}>{t('performance:schemes.open')}</Link>
          {mayLock ? (
            <Link to={'/performance/calibration' as never} search={{ month } as never}>
              {t('performance:cycle.open')}
            </Link>
          ) : null}
          {mayTarget ? <Link to={'/performance/proposals' as never}>{t('performance:proposals.open')}</Link> : null}
          {mayTarget ? (
            <Link to={'/performance/targets' as never} search={{ month } as never}>
              {t('performance:targetsTitle')}
            </Link>
          ) : null}
          {mayLock && sheet && !sheet.locked ? (
            <Button onClick={() => setLocking(true)}>{t('performance:lock')}</Button>
          ) : null}
        </>
      }
    >
      {found.shownError ? <ErrorNotice error={found.shownError} onRetry={() => void found.refetch()} /> : null}
      {found.isPending ? <Spin className="grid-spin" /> : null}
      {sheet && sheet.people.length === 0 ? <EmptyState text={t('performance:empty')} /> : null}
      {sheet && sheet.people.length > 1 ? (
        <Chart
          title={t('performance:ranking.totals')}
          height={Math.max(140, sheet.people.length * 28)}
          horizontal
          categories={sheet.people.map(placed)}
          series={[{ name: t('performance:columns.total'), type: 'bar', data: sheet.people.map((p) => p.total) }]}
          format={formatScore}
          axisFormat={axisScore}
          onPart={(index) => document.getElementById(`person-${sheet.people[index]?.userId ?? ''}`)?.scrollIntoView()}
        />
      ) : null}
      {sheet?.people.map((person) => (
        <PersonPanel
          key={person.userId}
          person={person}
          locked={sheet.locked}
          appeals={appeals.data?.filter((one) => one.userId === person.userId) ?? []}
          own={
            <>
              {person.userId === me && !sheet.locked ? <OwnWord month={month} person={person} /> : null}
              {mayTarget && !sheet.locked && person.userId !== me ? (
                <Button
                  size="small"
                  aria-label={`${t('performance:extra.give')} ${person.userName}`}
                  onClick={() => setGiving(person)}
                >
                  {t('performance:extra.give')}
                </Button>
              ) : null}
              {mayExport ? <SignedButton month={month} userId={person.userId} userName={person.userName} /> : null}
            </>
          }
          onActual={({ indicator, param }) => setSources({ ...of(person), indicator, param })}
          onEnter={
            mayTarget && !sheet.locked
              ? ({ indicator, param, actual, applicable }) =>
                  setEntering({ ...of(person), indicator, param, actual: applicable ? actual : null })
              : null
          }
          onTakeBack={mayTarget && !sheet.locked && person.userId !== me ? setTakingBack : null}
          onCorrect={
            mayTarget && sheet.locked && person.userId !== me
              ? (result) =>
                  setCorrecting({
                    ...of(person),
                    indicator: result.indicator,
                    param: result.param,
                    held: shownActual(result),
                  })
              : null
          }
        />
      ))}
      <SourcesDrawer of={sources} editable={mayTarget && sheet?.locked === false} onClose={() => setSources(null)} />
      <CorrectionDrawer of={correcting} onClose={() => setCorrecting(null)} />
      <ExtraDrawer month={month} person={giving} onClose={() => setGiving(null)} />
      <TakeBackDrawer id={takingBack} onClose={() => setTakingBack(null)} />
      <EntryDrawer of={entering} onClose={() => setEntering(null)} />
      {locking ? <LockDialog month={month} onClose={() => setLocking(false)} /> : null}
    </Page>
  )
}

/** A person with his place where it is known. */
const placed = ({ rank, userName }: PersonSheet) => (rank === null ? userName : `${rank} · ${userName}`)

function PersonPanel(props: {
  person: PersonSheet
  locked: boolean
  appeals: readonly AppealRow[]
  own: ReactNode
  onActual: (result: IndicatorResult) => void
  onEnter: ((result: IndicatorResult) => void) | null
  onTakeBack: ((id: string) => void) | null
  onCorrect: ((result: IndicatorResult) => void) | null
}) {
  const t = useT()
  const { person } = props
  const head = (key: string) => t(`performance:columns.${key}`)
  const scheme = person.schemeName === '' ? t('performance:standard') : person.schemeName
  return (
    <div id={`person-${person.userId}`}>
      <Panel
        title={placed(person)}
        extra={
          <>
            <span className="muted">{[person.teamName, scheme].filter(Boolean).join(' · ')}</span>
            {person.standing ? <StandingTag standing={person.standing} locked={props.locked} /> : null}
            <span className="spacer" />
            <Link to={`/performance/people/${person.userId}` as never}>{t('performance:history.open')}</Link>
            {props.own}
          </>
        }
      >
        <table className="plain-table person-sheet">
          <thead>
            <tr>
              <th scope="col">{head('indicator')}</th>
              {['target', 'actual', 'rate'].map((key) => (
                <th key={key} scope="col" className="num">
                  {head(key)}
                </th>
              ))}
              <th scope="col">{head('rule')}</th>
              {['weight', 'score'].map((key) => (
                <th key={key} scope="col" className="num">
                  {head(key)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {person.indicators.map((result) => (
              <ResultRow
                key={result.indicator}
                result={result}
                onActual={props.onActual}
                onEnter={props.onEnter}
                onCorrect={props.onCorrect}
              />
            ))}
            <ExtraLines person={person} onTakeBack={props.onTakeBack} />
            <CalibrationLine person={person} />
            <tr className="total">
              <td>{head('total')}</td>
              <td colSpan={5}>
                {person.vetoed ? <StatusTag tone="danger">{t('performance:vetoed')}</StatusTag> : null}
                <AsLockedNote person={person} />
              </td>
              <td className="num">{formatScore(person.total)}</td>
            </tr>
            {person.grade === null ? null : (
              <tr>
                <td>{head('grade')}</td>
                <td colSpan={5}>{person.grade}</td>
                <td className="num">
                  {person.coefficient === null ? '' : `${head('coefficient')} ${formatRate(person.coefficient)}`}
                </td>
              </tr>
            )}
          </tbody>
        </table>
        {props.appeals.map((appeal) => (
          <AppealText key={appeal.id} appeal={appeal} />
        ))}
      </Panel>
    </div>
  )
}

function ResultRow(props: {
  result: IndicatorResult
  onActual: (result: IndicatorResult) => void
  onEnter: ((result: IndicatorResult) => void) | null
  onCorrect: ((result: IndicatorResult) => void) | null
}) {
  const t = useT()
  const { result, onEnter, onCorrect } = props
  const { indicator } = result
  const manual = CATALOGUE[indicator].source === 'manual'
  const missing = manual && !result.applicable
  return (
    <tr>
      <td>{t(`performance:indicators.${indicator}`)}</td>
      <td className="num">
        {figureText(indicator, result.target)}
        <span className="muted locked-figure">{tiersText(result.curve, indicator, result.target, t)}</span>
      </td>
      <td className="num">
        {missing ? null : (
          <button type="button" className="link-button" onClick={() => props.onActual(result)}>
            {figureText(indicator, result.actual)}
          </button>
        )}
        {manual && onEnter ? (
          <FigureAction
            word={t('performance:entry.enter')}
            name={`${t('performance:entry.enter')} ${t(`performance:indicators.${indicator}`)}`}
            onClick={() => onEnter(result)}
          />
        ) : null}
        {onCorrect ? (
          <FigureAction
            word={t('performance:correction.correct')}
            name={`${t('performance:correction.ask')} ${t(`performance:indicators.${indicator}`)}`}
            onClick={() => onCorrect(result)}
          />
        ) : null}
        <LockedNote result={result} />
      </td>
      <td className="num">{result.applicable ? formatRate(result.rate) : t('performance:notMeasured')}</td>
      <td className="muted">{curveText(result.curve, indicator, t)}</td>
      <td className="num">{formatRate(result.weight)}</td>
      <td className="num">{result.applicable ? formatScore(result.score) : ''}</td>
    </tr>
  )
}
