import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { formatMoment, formatRate } from '#shared/i18n/formatters.ts'
import type { DealView } from '#shared/modules/deals/deals.schema.ts'
import { isOpenStage } from '#shared/modules/deals/deals.stages.schema.ts'
import { useDealNotes } from '#renderer/modules/deals/deals.queries.ts'
import { api } from '#renderer/rpc/api.ts'
import { useList } from '#renderer/rpc/queries.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { Amount, Facts, Panel, StatusTag } from '#renderer/ui/parts.tsx'
import type { StatusTone } from '#renderer/ui/theme.ts'
import { firmToday } from '#renderer/ui/firm-day.ts'
import { DealStageTag } from './stage-tag.tsx'

const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone

/** What is known of a deal. */
export function FactsPanel({ deal }: { deal: DealView }) {
  const t = useT()
  const mayContracts = useCan('contracts.read')
  const field = (key: string) => t(`deals:fields.${key}`)
  const amount = (fen: number | null) => (fen === null || fen === 0 ? '' : <Amount fen={fen} />)
  return (
    <Panel title={t('deals:panels.facts')}>
      <Facts
        items={[
          {
            label: field('customerId'),
            value: <Link to={`/customers/${deal.customerId}` as never}>{deal.customerName}</Link>,
          },
          { label: field('ownerId'), value: deal.ownerName },
          { label: field('amount'), value: amount(deal.amount) },
          { label: field('probability'), value: formatRate(deal.probability) },
          { label: field('weighted'), value: amount(deal.weighted) },
          {
            label: field('expectedDay'),
            value: deal.overdue ? (
              <StatusTag tone="danger">{t('deals:card.overdue', { day: deal.expectedDay })}</StatusTag>
            ) : (
              deal.expectedDay
            ),
          },
          { label: field('decisionMaker'), value: deal.decisionMaker },
          { label: field('budget'), value: amount(deal.budget) },
          ...(deal.quotationSkip === '' ? [] : [{ label: field('quotationSkip'), value: deal.quotationSkip }]),
          ...(deal.contractId === null || !mayContracts
            ? []
            : [
                {
                  label: field('contractId'),
                  value: <Link to={`/contracts/${deal.contractId}` as never}>{t('deals:panels.openContract')}</Link>,
                },
              ]),
        ]}
      />
    </Panel>
  )
}

/** What was asked for, in the customer's words and ours. */
export function NeedsPanel({ deal }: { deal: DealView }) {
  const t = useT()
  if (deal.needs === '' && deal.note === '') return null
  return (
    <Panel title={t('deals:fields.needs')}>
      {deal.needs === '' ? null : <p className="prose">{deal.needs}</p>}
      {deal.note === '' ? null : <p className="prose muted">{deal.note}</p>}
    </Panel>
  )
}

/** How it ended, and what was learned. */
export function ClosingPanel({ deal }: { deal: DealView }) {
  const t = useT()
  if (deal.closedDay === null) return null
  const field = (key: string) => t(`deals:fields.${key}`)
  return (
    <Panel title={t(`deals:stage.${deal.stage}`)}>
      <Facts
        items={[
          { label: field('closedDay'), value: deal.closedDay },
          { label: field('reason'), value: deal.closeReason === null ? '' : t(`deals:reason.${deal.closeReason}`) },
          ...(deal.stage === 'lost' ? [{ label: field('lostTo'), value: deal.lostTo }] : []),
        ]}
      />
      {deal.closeNote === '' ? null : <p className="prose">{deal.closeNote}</p>}
    </Panel>
  )
}

/** The next step and the open tasks of the deal. */
export function NextStepPanel(props: { deal: DealView; onPlan: () => void }) {
  const t = useT()
  const { deal } = props
  const mayTasks = useCan('tasks.use')
  const found = useList('tasks', ['deal', deal.id], () =>
    mayTasks
      ? api.tasks.list({
          limit: 200,
          sort: { key: 'dueDay', dir: 'asc' },
          filters: { customerId: deal.customerId, state: 'open' },
        })
      : Promise.resolve({ rows: [], nextCursor: null }),
  )
  const tasks = (found.data?.rows ?? []).filter((task) => task.source?.module === 'deals' && task.source.id === deal.id)
  const open = isOpenStage(deal.stage)
  if (!open && tasks.length === 0) return null
  const late = deal.nextDay !== null && deal.nextDay < firmToday()
  return (
    <Panel
      title={t('deals:fields.nextStep')}
      extra={
        open && deal.editable ? (
          <Button size="small" onClick={props.onPlan}>
            {t('deals:next.plan')}
          </Button>
        ) : undefined
      }
    >
      {deal.nextStep === '' ? (
        <p className="muted">{t('deals:card.noStep')}</p>
      ) : (
        <p className="deal-step">
          <span>{deal.nextStep}</span>
          {late && tasks.length > 0 ? (
            <StatusTag tone="danger">{t('deals:card.overdue', { day: deal.nextDay ?? '' })}</StatusTag>
          ) : (
            <span className="muted">{deal.nextDay}</span>
          )}
        </p>
      )}
      {mayTasks && deal.nextStep !== '' && found.isSuccess ? (
        <p className="muted">
          {tasks.length > 0 ? (
            <Link to={'/tasks' as never}>{t('deals:next.task', { name: tasks[0]?.ownerName ?? '' })}</Link>
          ) : (
            t('deals:next.noTask')
          )}
        </p>
      ) : null}
    </Panel>
  )
}

/** Who has the credit. */
export function SplitsPanel({ deal }: { deal: DealView }) {
  const t = useT()
  return (
    <Panel title={t('deals:fields.splits')}>
      <table className="plain-table">
        <tbody>
          {deal.splits.map((split) => (
            <tr key={split.userId}>
              <td>{split.userName}</td>
              <td className="num">{formatRate(split.share)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}

export function CompetitorsPanel({ deal }: { deal: DealView }) {
  const t = useT()
  const word = (key: string) => t(`deals:competitor.${key}`)
  return (
    <Panel title={t('deals:fields.competitors')}>
      {deal.competitors.length === 0 ? (
        <p className="muted">{t(deal.noCompetitors ? 'deals:fields.noCompetitors' : 'deals:competitor.unknown')}</p>
      ) : (
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{word('name')}</th>
              <th scope="col">{word('product')}</th>
              <th scope="col" className="num">
                {word('price')}
              </th>
              <th scope="col">{word('note')}</th>
            </tr>
          </thead>
          <tbody>
            {deal.competitors.map((row, at) => (
              <tr key={at}>
                <td>{row.name}</td>
                <td>{row.product}</td>
                <td className="num">{row.price === null ? '' : <Amount fen={row.price} />}</td>
                <td>{row.note}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  )
}

const CONCERN_TONES: Readonly<Record<DealView['concerns'][number]['status'], StatusTone>> = {
  open: 'attention',
  answered: 'active',
  settled: 'done',
}

export function ConcernsPanel({ deal }: { deal: DealView }) {
  const t = useT()
  return (
    <Panel title={t('deals:fields.concerns')}>
      {deal.concerns.length === 0 ? (
        <p className="muted">{t('deals:concern.none')}</p>
      ) : (
        <table className="plain-table">
          <tbody>
            {deal.concerns.map((row, at) => (
              <tr key={at}>
                <td>
                  {row.topic}
                  {row.answer === '' ? null : <div className="muted">{row.answer}</div>}
                </td>
                <td className="deal-state">
                  <StatusTag tone={CONCERN_TONES[row.status]}>{t(`deals:concernState.${row.status}`)}</StatusTag>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  )
}

/** What was heard of the market in this deal. */
export function NotesPanel({ deal }: { deal: DealView }) {
  const t = useT()
  const mayRead = useCan('market.read')
  const mayWrite = useCan('market.write')
  const notes = useDealNotes(deal.id, mayRead)
  if (!mayRead) return null
  const rows = notes.data?.rows ?? []
  return (
    <Panel
      title={t('market:title')}
      extra={
        mayWrite ? (
          <span className="panel-links">
            <Link to={'/market/new' as never} search={{ customer: deal.customerId, deal: deal.id } as never}>
              {t('market:new')}
            </Link>
          </span>
        ) : undefined
      }
    >
      {rows.length === 0 ? (
        <p className="muted">{t('deals:panels.noNotes')}</p>
      ) : (
        <table className="plain-table">
          <tbody>
            {rows.map((note) => (
              <tr key={note.id}>
                <td>{note.day}</td>
                <td>
                  <Link to={`/market/${note.id}` as never}>
                    {[note.competitor, note.product].filter(Boolean).join(' · ')}
                  </Link>
                </td>
                <td>{note.content}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  )
}

/** How it moved, the latest first. */
export function MovesPanel({ deal }: { deal: DealView }) {
  const t = useT()
  return (
    <Panel title={t('deals:panels.moves')}>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{t('deals:panels.when')}</th>
            <th scope="col">{t('deals:panels.who')}</th>
            <th scope="col">{t('deals:fields.stage')}</th>
            <th scope="col" className="num">
              {t('deals:fields.amount')}
            </th>
            <th scope="col">{t('deals:fields.expectedDay')}</th>
          </tr>
        </thead>
        <tbody>
          {deal.moves.toReversed().map((move) => (
            <tr key={move.id}>
              <td>{formatMoment(move.at, ZONE)}</td>
              <td>{move.userName}</td>
              <td>
                <DealStageTag stage={move.toStage} />
              </td>
              <td className="num">
                <Amount fen={move.amount} />
              </td>
              <td>{move.expectedDay}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}
