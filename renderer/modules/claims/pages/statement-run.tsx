import { useInfiniteQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { Button, Checkbox, Input, Select, Spin } from 'antd'
import { useState } from 'react'
import { LOCALES, type Locale } from '#shared/i18n/locale.ts'
import { addMonths } from '#shared/kernel/dates.ts'
import type { StatementCandidate } from '#shared/modules/claims/claims.statements.schema.ts'
import { StatementTag } from '#renderer/modules/claims/parts/state-tags.tsx'
import { api, shownError } from '#renderer/rpc/api.ts'
import { DateField } from '#renderer/ui/fields/date-field.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { Amount, EmptyState, ErrorNotice, Page } from '#renderer/ui/parts.tsx'
import { PdfDialog } from '#renderer/ui/pdf-preview.tsx'
import { useGo } from '#renderer/ui/use-go.ts'
import { firmToday } from '#renderer/ui/firm-day.ts'
import '../claims.css'

/** How far back a statement reaches where nothing is said. */
const USUAL_MONTHS = 3

/** Chooses customers and a period, looks at single statements, and makes them all. */
export function StatementRunPage() {
  const t = useT()
  const go = useGo()
  const notice = useNotice()
  const { customer } = useSearch({ strict: false }) as { customer?: string }
  const [asOf, setAsOf] = useState<string>(firmToday)
  const [fromDay, setFromDay] = useState<string>(() => addMonths(firmToday(), -USUAL_MONTHS))
  const [language, setLanguage] = useState<Locale | ''>('')
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(customer === undefined ? [] : [customer]))
  const [paper, setPaper] = useState<{ fileId: string; name: string } | null>(null)
  const [busy, setBusy] = useState(false)
  const list = useInfiniteQuery({
    queryKey: ['claims', 'candidates', text],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) =>
      api.claims.statements.candidates({
        limit: 100,
        cursor: pageParam,
        ...(text === '' ? {} : { text }),
      }),
    getNextPageParam: (last) => last.nextCursor,
  })
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? []
  const word = (key: string, params?: Record<string, number>) => t(`claims:statements.${key}`, params)
  const said = { period: { fromDay, asOf }, ...(language === '' ? {} : { language }) }
  const wrong = fromDay === '' || fromDay > asOf
  const preview = async (customerId: string) => {
    try {
      setPaper(await api.claims.statements.preview({ customerId, ...said } as never))
    } catch (error) {
      notice.fail(error)
    }
  }
  const run = async () => {
    setBusy(true)
    try {
      await api.claims.statements.run({ customerIds: [...chosen], ...said } as never)
      notice.done(word('started', { count: chosen.size }))
      go('/statements')
    } catch (error) {
      notice.fail(error)
      setBusy(false)
    }
  }
  const toggle = (id: string) => {
    const next = new Set(chosen)
    if (!next.delete(id)) next.add(id)
    setChosen(next)
  }
  const all = rows.length > 0 && rows.every((row) => chosen.has(row.customerId))
  return (
    <Page
      title={word('make')}
      action={
        <Button type="primary" loading={busy} disabled={chosen.size === 0 || wrong} onClick={() => void run()}>
          {word('run', { count: chosen.size })}
        </Button>
      }
      filters={
        <>
          <span className="muted">{word('period')}</span>
          <DateField
            value={fromDay}
            placeholder={t('claims:columns.fromDay')}
            onChange={(day) => setFromDay(day ?? '')}
          />
          <DateField
            value={asOf}
            placeholder={t('claims:columns.asOf')}
            onChange={(day) => setAsOf(day ?? firmToday())}
          />
          <Select<Locale | ''>
            aria-label={word('language')}
            value={language}
            className="statement-language"
            options={[
              { value: '', label: word('ownLanguage') },
              ...LOCALES.map((value) => ({ value, label: t(`contracts:languages.${value}`) })),
            ]}
            onChange={setLanguage}
          />
          <Input.Search
            allowClear
            className="statement-search"
            placeholder={word('search')}
            aria-label={word('search')}
            onSearch={setText}
          />
          {wrong ? <span className="field-note error">{t('claims:errors.period')}</span> : null}
        </>
      }
    >
      {list.error ? <ErrorNotice error={shownError(list.error)} onRetry={() => void list.refetch()} /> : null}
      {list.isPending ? <Spin className="grid-spin" /> : null}
      {list.isSuccess && rows.length === 0 ? <EmptyState text={word('nobody')} /> : null}
      {rows.length > 0 ? (
        <div className="panel">
          <CandidateTable
            rows={rows}
            chosen={chosen}
            all={all}
            onAll={() => setChosen(all ? new Set() : new Set(rows.map((row) => row.customerId)))}
            onToggle={toggle}
            onPreview={(id) => void preview(id)}
          />
          {list.hasNextPage ? (
            <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              {t('receivables:ageing.more')}
            </Button>
          ) : null}
        </div>
      ) : null}
      <PdfDialog file={paper} onClose={() => setPaper(null)} />
    </Page>
  )
}

function CandidateTable(props: {
  rows: readonly StatementCandidate[]
  chosen: ReadonlySet<string>
  all: boolean
  onAll: () => void
  onToggle: (id: string) => void
  onPreview: (id: string) => void
}) {
  const t = useT()
  const head = (key: string) => t(`claims:columns.${key}`)
  const word = (key: string) => t(`claims:statements.${key}`)
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th>
            <Checkbox checked={props.all} aria-label={word('chooseAll')} onChange={props.onAll} />
          </th>
          <th>{head('customerName')}</th>
          <th className="num">{word('outstanding')}</th>
          <th className="num">{head('overdue')}</th>
          <th className="num">{word('advance')}</th>
          <th>{word('last')}</th>
          <th>{head('ownerName')}</th>
          <th>
            <span className="visually-hidden">{word('preview')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {props.rows.map((row) => (
          <tr key={row.customerId}>
            <td>
              <Checkbox
                checked={props.chosen.has(row.customerId)}
                aria-label={row.customerName}
                onChange={() => props.onToggle(row.customerId)}
              />
            </td>
            <td>{row.customerName}</td>
            <td className="num">
              <Amount fen={row.outstanding} />
            </td>
            <td className="num">{row.overdue === 0 ? '' : <Amount fen={row.overdue} />}</td>
            <td className="num">{row.advance === 0 ? '' : <Amount fen={row.advance} />}</td>
            <td>
              {row.lastDay ?? ''} {row.lastState === null ? null : <StatementTag state={row.lastState} />}
            </td>
            <td>{row.ownerName}</td>
            <td>
              <Button
                size="small"
                type="text"
                aria-label={`${word('preview')}: ${row.customerName}`}
                onClick={() => props.onPreview(row.customerId)}
              >
                {word('preview')}
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
