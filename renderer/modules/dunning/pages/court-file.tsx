import { Link, useParams } from '@tanstack/react-router'
import { Button, Checkbox, Select, Spin } from 'antd'
import { useState } from 'react'
import { LOCALES, type Locale } from '#shared/i18n/locale.ts'
import type { CourtPreview } from '#shared/modules/dunning/dunning.court.schema.ts'
import { CourtFiles, CourtGaps, CourtPieces } from '#renderer/modules/dunning/parts/court-parts.tsx'
import { EndCourt } from '#renderer/modules/dunning/parts/end-court.tsx'
import { api } from '#renderer/rpc/api.ts'
import { useList } from '#renderer/rpc/queries.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { Amount, EmptyState, ErrorNotice, Facts, Page, Panel } from '#renderer/ui/parts.tsx'

/** The file for court of one customer: which debts, what it holds, what is missing; then the file itself. */
export function CourtFilePage() {
  const t = useT()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const [chosen, setChosen] = useState<readonly string[] | null>(null)
  // Without any debt there is nothing to preview: what stood there last stays.
  const asked = chosen !== null && chosen.length > 0 ? chosen : null
  const found = useList('dunning', ['court', id, asked], () =>
    api.dunning.court.preview({
      customerId: id as never,
      ...(asked === null ? {} : { instalmentIds: asked as never }),
    }),
  )
  if (found.shownError) {
    return (
      <Page title={t('dunning:court.title')}>
        <ErrorNotice error={found.shownError} onRetry={() => void found.refetch()} />
      </Page>
    )
  }
  if (!found.data) return <Spin className="grid-spin" />
  return <Shown view={found.data} chosen={chosen} onChoose={setChosen} />
}

interface ShownProps {
  readonly view: CourtPreview
  readonly chosen: readonly string[] | null
  readonly onChoose: (ids: readonly string[]) => void
}

function Shown({ view, chosen, onChoose }: ShownProps) {
  const t = useT()
  const notice = useNotice()
  const [language, setLanguage] = useState<Locale | ''>('')
  const [busy, setBusy] = useState(false)
  const word = (key: string, params?: Record<string, string | number>) => t(`dunning:court.${key}`, params)
  const ids = chosen ?? view.debts.filter((debt) => debt.chosen).map((debt) => debt.instalmentId)
  const make = async () => {
    setBusy(true)
    try {
      const customerId = view.customer.id as never
      const own = language === '' ? {} : { language }
      await api.dunning.court.make({ customerId, instalmentIds: ids as never, ...own })
      notice.done(word('started'))
    } catch (error) {
      notice.fail(error)
    }
    setBusy(false)
  }
  return (
    <Page
      title={`${word('title')} · ${view.customer.name}`}
      extra={<Link to={`/customers/${view.customer.id}` as never}>{t('dunning:work.openCustomer')}</Link>}
      action={
        <>
          {view.files.some((file) => file.closedDay === null) ? <EndCourt customerId={view.customer.id} /> : null}
          <Select<Locale | ''>
            aria-label={word('language')}
            value={language}
            options={[
              { value: '', label: word('ownLanguage') },
              ...LOCALES.map((value) => ({ value, label: t(`contracts:languages.${value}`) })),
            ]}
            onChange={setLanguage}
          />
          <Button type="primary" loading={busy} disabled={ids.length === 0} onClick={() => void make()}>
            {word('make')}
          </Button>
        </>
      }
    >
      {view.debts.length === 0 ? <EmptyState text={word('nothing')} /> : null}
      <div className="columns-main">
        <div className="page">
          <Panel title={word('debts')}>
            <Debts view={view} ids={ids} onChoose={onChoose} />
            {ids.length === 0 ? <span className="field-note error">{word('chooseDebts')}</span> : null}
          </Panel>
          <Panel title={word('pieceCount', { count: view.pieces.length })}>
            <CourtPieces pieces={view.pieces} />
          </Panel>
        </div>
        <div className="page">
          <Panel title={word('forumTitle')}>
            <p>{word(`forum.${view.forum.kind}`, { place: view.forum.place })}</p>
            <Facts
              items={(['principal', 'interest', 'costs'] as const).map((key) => ({
                label: word(`totals.${key}`),
                value: <Amount fen={view.totals[key]} />,
              }))}
            />
          </Panel>
          <Panel title={word('gapList')}>
            <CourtGaps gaps={view.gaps} />
          </Panel>
          <Panel title={word('earlier')}>
            <CourtFiles files={view.files} />
          </Panel>
        </div>
      </div>
    </Page>
  )
}

function Debts({
  view,
  ids,
  onChoose,
}: {
  view: CourtPreview
  ids: readonly string[]
  onChoose: ShownProps['onChoose']
}) {
  const t = useT()
  const toggle = (id: string) => onChoose(ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id])
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th scope="col">{t('dunning:court.columns.choose')}</th>
          <th scope="col">{t('dunning:letter.contract')}</th>
          <th scope="col">{t('dunning:letter.instalment')}</th>
          <th scope="col">{t('dunning:letter.dueDay')}</th>
          <th scope="col" className="num">
            {t('dunning:letter.outstanding')}
          </th>
        </tr>
      </thead>
      <tbody>
        {view.debts.map((debt) => (
          <tr key={debt.instalmentId}>
            <td>
              <Checkbox
                aria-label={`${t('dunning:court.columns.choose')} ${debt.contractNumber} ${debt.label}`}
                checked={ids.includes(debt.instalmentId)}
                onChange={() => toggle(debt.instalmentId)}
              />
            </td>
            <td>{debt.contractNumber}</td>
            <td>
              <Link to={`/debts/${debt.instalmentId}` as never}>{debt.label}</Link>
            </td>
            <td>{debt.dueDay ?? ''}</td>
            <td className="num">
              <Amount fen={debt.outstanding} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
