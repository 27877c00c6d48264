import { Link } from '@tanstack/react-router'
import { Alert, Button, Spin } from 'antd'
import { useState } from 'react'
import { formatCount, formatRate } from '#shared/i18n/formatters.ts'
import { formatYuan } from '#shared/kernel/money.ts'
import type { BonusRow, BonusSheet } from '#shared/modules/performance/performance.bonus.schema.ts'
import { formatScore } from '#shared/modules/performance/performance.words.ts'
import { AbsenceDrawer, BaseDrawer } from '#renderer/modules/performance/parts/bonus-drawers.tsx'
import { FigureAction } from '#renderer/modules/performance/parts/figure-action.tsx'
import { MonthPicker, useMonth } from '#renderer/modules/performance/parts/month.tsx'
import { usePeopleRows, type PeopleRows } from '#renderer/modules/performance/parts/people-rows.tsx'
import { api } from '#renderer/rpc/api.ts'
import { useCommand, useList } from '#renderer/rpc/queries.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { Amount, EmptyState, ErrorNotice, Page, Panel, StatusTag } from '#renderer/ui/parts.tsx'

const BY = {
  person: (row: BonusRow) => row.userName,
  team: (row: BonusRow) => row.teamName,
  total: (row: BonusRow) => row.total,
  coefficient: (row: BonusRow) => row.coefficient,
  absent: (row: BonusRow) => row.absent,
  presence: (row: BonusRow) => row.presence,
  base: (row: BonusRow) => row.base,
  bonus: (row: BonusRow) => row.bonus,
}

/** What the month's results are worth: base × coefficient × presence, and whether the grades keep to their shares. */
export function BonusPage() {
  const t = useT()
  const notice = useNotice()
  const { month, go } = useMonth()
  const mayRead = useCan('performance.read')
  const [basing, setBasing] = useState<BonusRow | null>(null)
  const [absent, setAbsent] = useState<BonusRow | null>(null)
  const found = useList('performance', ['bonus', month], () => api.performance.bonus.sheet({ month }))
  const exporting = useCommand((_: null, options) => api.performance.bonus.export({ month }, options))
  const word = (key: string, params?: Record<string, string | number>) => t(`performance:bonus.${key}`, params)
  const sheet = found.data
  const people = usePeopleRows(sheet?.rows, BY)
  return (
    <Page
      title={word('title')}
      action={
        <Button
          type="primary"
          loading={exporting.busy}
          disabled={!sheet?.rows.some((row) => row.shown)}
          onClick={() => void notice.tell(() => exporting.run(null), word('exportStarted'))}
        >
          {word('export')}
        </Button>
      }
      filters={
        <>
          <MonthPicker month={month} onMonth={go} />
          {people.filters}
          {sheet?.locked ? <StatusTag tone="done">{t('performance:workbook.locked')}</StatusTag> : null}
          <span className="spacer" />
          {mayRead ? (
            <Link to={'/performance' as never} search={{ month } as never}>
              {t('performance:title')}
            </Link>
          ) : null}
        </>
      }
    >
      {found.shownError ? <ErrorNotice error={found.shownError} onRetry={() => void found.refetch()} /> : null}
      {found.isPending ? <Spin className="grid-spin" /> : null}
      {sheet ? (
        <>
          <p className="muted">
            {word('rule')} {word('noGrades')} {sheet.locked && sheet.kept ? word('lockedNote') : ''}
            {sheet.rows.some((row) => !row.shown) ? ` ${word('onlyOwn')}` : ''}
          </p>
          {sheet.rows.length === 0 ? <EmptyState text={word(sheet.kept ? 'none' : 'notKept')} /> : null}
          {sheet.rows.length > 0 ? <Rows sheet={sheet} people={people} onBase={setBasing} onDays={setAbsent} /> : null}
          {sheet.shares.length > 0 && sheet.rows.length > 0 ? <Shares shares={sheet.shares} /> : null}
        </>
      ) : null}
      <BaseDrawer month={month} row={basing} onClose={() => setBasing(null)} />
      <AbsenceDrawer month={month} row={absent} onClose={() => setAbsent(null)} />
    </Page>
  )
}

function Rows(props: {
  sheet: BonusSheet
  people: PeopleRows<BonusRow>
  onBase: (row: BonusRow) => void
  onDays: (row: BonusRow) => void
}) {
  const t = useT()
  const { sum, without } = props.sheet
  const { shown, narrowed, head } = props.people
  if (shown.length === 0) return <EmptyState text={t('performance:people.none')} />
  const word = (key: string, params?: Record<string, string | number>) => t(`performance:bonus.${key}`, params)
  const column = (key: string) => t(`performance:columns.${key}`)
  return (
    <table className="plain-table bonus-sheet">
      <thead>
        <tr>
          {head('person', column('person'))}
          {head('team', column('team'))}
          {head('total', column('total'), 'num')}
          {head('grade', column('grade'))}
          {head('coefficient', column('coefficient'), 'num')}
          {['inService', 'absent', 'presence', 'base', 'bonus'].map((key) => head(key, word(key), 'num'))}
        </tr>
      </thead>
      <tbody>
        {shown.map((row) => (
          <Line key={row.userId} row={row} onBase={props.onBase} onDays={props.onDays} />
        ))}
        <tr className="total">
          <td>{word(narrowed ? 'sumShown' : 'sum')}</td>
          <td colSpan={8}>
            {without > 0 && !narrowed ? <span className="muted">{word('without', { count: without })}</span> : null}
          </td>
          <td className="num">
            <Amount fen={narrowed ? shown.reduce((all, row) => all + (row.bonus ?? 0), 0) : sum} />
          </td>
        </tr>
      </tbody>
    </table>
  )
}

function Line({
  row,
  onBase,
  onDays,
}: {
  row: BonusRow
  onBase: (row: BonusRow) => void
  onDays: (row: BonusRow) => void
}) {
  const t = useT()
  const word = (key: string, params?: Record<string, string>) => t(`performance:bonus.${key}`, params)
  const opens = (key: 'setBase' | 'setDays', open: (row: BonusRow) => void) => (
    <FigureAction word={word(key)} name={`${word(key)} ${row.userName}`} onClick={() => open(row)} />
  )
  const amount = (fen: number | null) => (fen === null ? null : formatYuan(fen))
  return (
    <tr>
      <td>{row.userName}</td>
      <td className="muted">{row.teamName}</td>
      <td className="num">{formatScore(row.total)}</td>
      <td>{row.vetoed ? <StatusTag tone="danger">{t('performance:columns.vetoed')}</StatusTag> : row.grade}</td>
      <td className="num">{formatRate(row.coefficient)}</td>
      <td className="num">
        {formatCount(row.inService)} / {formatCount(row.workdays)}
      </td>
      <td className="num">
        {row.absent === 0 ? '' : formatScore(row.absent)}
        {row.mayDays ? opens('setDays', onDays) : null}
        <span className="muted locked-figure">{row.absentReason}</span>
      </td>
      <td className="num">{formatRate(row.presence)}</td>
      <td className="num">
        {row.shown ? (amount(row.base) ?? <span className="muted">{word('noBase')}</span>) : null}
        {row.mayBase ? opens('setBase', onBase) : null}
        {row.baseFrom === null ? null : (
          <span className="muted locked-figure">{word('from', { month: row.baseFrom })}</span>
        )}
      </td>
      <td className="num">
        {row.shown ? <strong>{amount(row.bonus) ?? '–'}</strong> : <span className="muted">{word('hidden')}</span>}
        {row.lockedBonus === undefined ? null : (
          <span className="muted locked-figure">{word('lockedBonus', { bonus: formatYuan(row.lockedBonus) })}</span>
        )}
      </td>
    </tr>
  )
}

function Shares({ shares }: { shares: BonusSheet['shares'] }) {
  const t = useT()
  const word = (key: string, params?: Record<string, string | number>) => t(`performance:bonus.${key}`, params)
  const column = (key: string) => t(`performance:columns.${key}`)
  const scheme = (name: string) => (name === '' ? t('performance:standard') : name)
  const part = (share: { count: number; of: number }) => formatRate(Math.round((share.count * 10_000) / share.of))
  const over = shares.filter((share) => share.over)
  return (
    <Panel title={word('shares')}>
      {over.map((share) => (
        <Alert
          key={`${share.schemeName} ${share.grade}`}
          type="warning"
          showIcon
          title={word('over', {
            grade: share.grade,
            count: share.count,
            of: share.of,
            scheme: scheme(share.schemeName),
            share: part(share),
            most: formatRate(share.most ?? 0),
          })}
        />
      ))}
      <p className="muted">
        {word('sharesHint')} {over.length === 0 ? word('within') : ''}
      </p>
      <table className="plain-table bonus-shares">
        <thead>
          <tr>
            <th scope="col">{column('scheme')}</th>
            <th scope="col">{column('grade')}</th>
            {['count', 'of', 'share', 'most'].map((key) => (
              <th key={key} scope="col" className="num">
                {word(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shares.map((share) => (
            <tr key={`${share.schemeName} ${share.grade}`}>
              <td>{scheme(share.schemeName)}</td>
              <td>{share.grade}</td>
              <td className="num">{formatCount(share.count)}</td>
              <td className="num">{formatCount(share.of)}</td>
              <td className={share.over ? 'num negative' : 'num'}>{part(share)}</td>
              <td className="num">{share.most === null ? word('noMost') : formatRate(share.most)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}
