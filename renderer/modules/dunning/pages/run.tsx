import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Button, Checkbox, Modal, Select, Spin } from 'antd'
import { useMemo, useState, type KeyboardEvent } from 'react'
import { LOCALES, type Locale } from '#shared/i18n/locale.ts'
import { formatYuan } from '#shared/kernel/money.ts'
import type { StepKind } from '#shared/modules/dunning/dunning.ladder.rules.ts'
import type { PreviewRow } from '#shared/modules/dunning/dunning.schema.ts'
import '#renderer/modules/dunning/dunning.css'
import { ExcludeDialog } from '#renderer/modules/dunning/parts/exclude-dialog.tsx'
import { api, shownError } from '#renderer/rpc/api.ts'
import { useCommand, useList } from '#renderer/rpc/queries.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { fetchTicket } from '#renderer/ui/files.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { Amount, EmptyState, ErrorNotice, Page, StatusTag } from '#renderer/ui/parts.tsx'
import { PdfPreview } from '#renderer/ui/pdf-preview.tsx'
import type { StatusTone } from '#renderer/ui/theme.ts'

const TONES: Readonly<Record<StepKind, StatusTone>> = {
  reminder: 'active',
  demand: 'attention',
  final: 'danger',
  lawyer: 'danger',
  court: 'danger',
}

/** Who would be written to today: customers left, the letter right; leave some out, then make them all. */
export function RunPage() {
  const t = useT()
  const notice = useNotice()
  const mayRun = useCan('dunning.run')
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [at, setAt] = useState(0)
  const [language, setLanguage] = useState<Locale | undefined>(undefined)
  const [asking, setAsking] = useState(false)
  const [excluding, setExcluding] = useState<PreviewRow | null>(null)
  const navigate = useNavigate()
  const { customers } = useSearch({ strict: false }) as { customers?: string[] }
  const preview = useList('dunning', ['preview', customers], () =>
    api.dunning.preview(customers ? { customerIds: customers } : {}),
  )
  const rows = preview.data?.rows ?? []
  const chosen = rows.filter((row) => row.skip === null && !left.has(row.customerId))
  const current = rows[at]
  const total = useMemo(() => chosen.reduce((sum, row) => sum + row.principal + row.interest, 0), [chosen])
  const run = useCommand((customerIds: string[], options) =>
    api.dunning.run({ customerIds, ...(language ? { language } : {}) }, options),
  )
  const toggle = (row: PreviewRow) => {
    if (row.skip !== null) return
    const next = new Set(left)
    if (!next.delete(row.customerId)) next.add(row.customerId)
    setLeft(next)
  }
  const start = async () => {
    setAsking(false)
    try {
      await run.run(chosen.map((row) => row.customerId))
      notice.done(t('dunning:run.started'))
    } catch (error) {
      notice.fail(error)
    }
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      setAt(Math.max(0, Math.min(rows.length - 1, at + (event.key === 'ArrowDown' ? 1 : -1))))
    } else if (event.key === ' ' && current && event.target === event.currentTarget) {
      event.preventDefault()
      toggle(current)
    }
  }

  return (
    <Page
      title={t('dunning:run.title')}
      action={
        mayRun ? (
          <Button type="primary" disabled={chosen.length === 0} loading={run.busy} onClick={() => setAsking(true)}>
            {t('dunning:run.start')}
          </Button>
        ) : null
      }
      filters={
        <>
          <span>{t('dunning:run.count', { count: chosen.length })}</span>
          <strong>
            <Amount fen={total} />
          </strong>
          <Select
            className="grid-filter"
            value={language ?? null}
            placeholder={t('dunning:run.language')}
            aria-label={t('dunning:run.language')}
            allowClear
            options={LOCALES.map((value) => ({ value, label: t(`common:languages.${value.replace('-', '')}`) }))}
            onChange={(value: Locale | null) => setLanguage(value ?? undefined)}
          />
          {customers ? (
            <>
              <span className="muted">{t('dunning:run.only')}</span>
              <Button size="small" onClick={() => void navigate({ to: '/dunning/run' as never })}>
                {t('dunning:run.all')}
              </Button>
            </>
          ) : null}
          <span className="spacer" />
          <Link to={'/dunning/letters' as never}>{t('dunning:register.title')}</Link>
          <Link to={'/dunning/policy' as never}>{t('dunning:policy.title')}</Link>
        </>
      }
    >
      {preview.shownError ? <ErrorNotice error={preview.shownError} onRetry={() => void preview.refetch()} /> : null}
      {preview.isPending ? <Spin className="grid-spin" /> : null}
      {preview.data && rows.length === 0 ? <EmptyState text={t('dunning:run.empty')} /> : null}
      {rows.length > 0 ? (
        <div className="two-pane run-pane">
          <div className="grid-scroll" tabIndex={0} role="group" aria-label={t('dunning:run.title')} onKeyDown={onKey}>
            <table className="grid-table">
              <colgroup>
                <col width={36} />
                <col />
                <col width={76} />
                <col width={100} />
                <col width={92} />
              </colgroup>
              <thead>
                <tr>
                  <th scope="col">
                    <span className="visually-hidden">{t('dunning:run.include')}</span>
                  </th>
                  <th scope="col">{t('dunning:columns.customerName')}</th>
                  <th scope="col" className="num">
                    {t('dunning:columns.maxDays')}
                  </th>
                  <th scope="col" className="num">
                    {t('dunning:columns.principal')}
                  </th>
                  <th scope="col">{t('dunning:columns.state')}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row, index) => (
                  <tr
                    key={row.customerId}
                    className={index === at ? 'cursor' : undefined}
                    aria-selected={index === at}
                    onClick={() => setAt(index)}
                  >
                    <td className="grid-check">
                      <Checkbox
                        checked={row.skip === null && !left.has(row.customerId)}
                        disabled={row.skip !== null}
                        aria-label={`${t('dunning:run.include')} ${row.customerName}`}
                        onChange={() => toggle(row)}
                      />
                    </td>
                    <td title={row.customerName}>
                      <button type="button" className="link-button" onClick={() => setAt(index)}>
                        {row.customerName}
                      </button>
                    </td>
                    <td className="num">{row.maxDays}</td>
                    <td className="num">
                      <Amount fen={row.principal} />
                    </td>
                    <td title={row.reasons.map((reason) => t(reason.key, reason.params)).join('\n')}>
                      {row.skip === null && row.kind !== null ? (
                        <StatusTag tone={TONES[row.kind]}>{t(`dunning:steps.${row.kind}`)}</StatusTag>
                      ) : (
                        <StatusTag tone="neutral">{t(`dunning:skip.${row.skip ?? 'none'}`)}</StatusTag>
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {current ? (
            <LetterPane row={current} language={language} mayRun={mayRun} onExclude={() => setExcluding(current)} />
          ) : (
            <EmptyState text={t('dunning:run.choose')} />
          )}
        </div>
      ) : null}
      <Modal
        open={asking}
        title={t('dunning:run.start')}
        okText={t('dunning:run.start')}
        cancelText={t('common:cancel')}
        onOk={() => void start()}
        onCancel={() => setAsking(false)}
      >
        {t('dunning:run.confirm', { count: chosen.length, amount: formatYuan(total) })}
      </Modal>
      <ExcludeDialog
        customer={excluding ? { id: excluding.customerId, name: excluding.customerName } : null}
        onClose={() => setExcluding(null)}
      />
    </Page>
  )
}

/** The letter of the customer at hand, as it would be printed. */
function LetterPane(props: { row: PreviewRow; language: Locale | undefined; mayRun: boolean; onExclude: () => void }) {
  const t = useT()
  const notice = useNotice()
  const { row, language } = props
  const letter = useQuery({
    queryKey: ['dunning', 'letter', row.customerId, language],
    queryFn: async () => {
      const made = await api.dunning.previewLetter({ customerId: row.customerId, ...(language ? { language } : {}) })
      return { name: made.name, bytes: await fetchTicket(made.url) }
    },
    staleTime: 60_000,
    enabled: row.skip === null,
  })
  const excluded = row.reasons.some(({ key }) => key === 'dunning:next.excluded')
  const include = () => notice.tell(() => api.dunning.include({ customerId: row.customerId }), t('common:saved'))
  return (
    <section className="letter-pane" aria-label={row.customerName}>
      <div className="page-filters">
        <strong>{row.customerName}</strong>
        <span className="muted">
          {row.ownerName}
          {row.lastDay === null
            ? ''
            : ` · ${t('dunning:columns.last')} ${t('dunning:levelName', { level: row.lastLevel ?? 0 })} ${row.lastDay}`}
          {row.skip === null ? ` · ${t(`common:languages.${(language ?? row.language).replace('-', '')}`)}` : ''}
        </span>
        <span className="spacer" />
        {props.mayRun && excluded ? (
          <Button size="small" onClick={() => void include()}>
            {t('dunning:exclude.undo')}
          </Button>
        ) : null}
        {props.mayRun && !excluded ? (
          <Button size="small" onClick={props.onExclude}>
            {t('dunning:exclude.title')}
          </Button>
        ) : null}
      </div>
      <p className="muted">{row.reasons.map((reason) => t(reason.key, reason.params)).join(' · ')}</p>
      {row.skip === null ? (
        <div className="letter-paper">
          <PdfPreview
            bytes={letter.data?.bytes ?? null}
            name={letter.data?.name ?? ''}
            error={letter.isError ? shownError(letter.error) : null}
            thumbnails={false}
          />
        </div>
      ) : null}
    </section>
  )
}
