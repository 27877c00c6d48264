import { Link, useParams } from '@tanstack/react-router'
import { Button, Dropdown, Spin } from 'antd'
import { formatMoment } from '#shared/i18n/formatters.ts'
import { isMoney } from '#shared/modules/obligations/obligations.rules.ts'
import type { ObligationRow } from '#shared/modules/obligations/obligations.schema.ts'
import { whatOf, whenOf } from '#shared/modules/obligations/obligations.words.ts'
import { AttachmentsPanel } from '#renderer/modules/attachments/parts/attachments-panel.tsx'
import { SEAT_ZONE } from '#renderer/modules/customers/customers.queries.ts'
import { mayStep, useObligation } from '#renderer/modules/obligations/obligations.queries.ts'
import { ObligationTag } from '#renderer/modules/obligations/parts/state-tag.tsx'
import { useObligationSteps, type AskedStep } from '#renderer/modules/obligations/parts/step-drawers.tsx'
import { useCan } from '#renderer/rpc/session.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { Amount, ErrorNotice, Facts, Page, Panel } from '#renderer/ui/parts.tsx'

/** One obligation: who owes what by when, what came of it, and what proves it. */
export function ObligationPage() {
  const t = useT()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const found = useObligation(id)
  if (found.shownError) {
    return (
      <Page title={t('obligations:title')}>
        <ErrorNotice error={found.shownError} onRetry={() => void found.refetch()} />
      </Page>
    )
  }
  return found.data ? <Shown row={found.data} /> : <Spin className="grid-spin" />
}

function Shown({ row }: { row: ObligationRow }) {
  const t = useT()
  const steps = useObligationSteps()
  return (
    <Page
      title={whatOf(t, row)}
      extra={<ObligationTag row={row} />}
      action={<Actions row={row} onAsk={(step) => steps.ask(step, [row])} onReopen={() => void steps.reopen([row])} />}
    >
      <div className="columns-main">
        <Panel title={t('obligations:page.facts')}>
          <FactsOf row={row} />
          <Follows row={row} />
        </Panel>
        <AttachmentsPanel to="obligation" id={row.id} />
      </div>
      {steps.drawers}
    </Page>
  )
}

function Actions(props: { row: ObligationRow; onAsk: (step: AskedStep) => void; onReopen: () => void }) {
  const t = useT()
  const may = useCan('contracts.perform')
  const { row } = props
  if (!may) return null
  const more = (['move', 'assign', 'drop'] as const).filter((step) => mayStep(row, step))
  return (
    <span className="action-bar">
      {more.length > 0 ? (
        <Dropdown
          trigger={['click']}
          menu={{
            items: more.map((key) => ({ key, label: t(`obligations:${key}.submit`), danger: key === 'drop' })),
            onClick: ({ key }) => props.onAsk(key as AskedStep),
          }}
        >
          <Button>{t('contracts:page.more')}</Button>
        </Dropdown>
      ) : null}
      {mayStep(row, 'reopen') ? <Button onClick={props.onReopen}>{t('obligations:reopen.action')}</Button> : null}
      {mayStep(row, 'done') ? (
        <Button type="primary" onClick={() => props.onAsk('done')}>
          {t('obligations:done.submit')}
        </Button>
      ) : null}
    </span>
  )
}

/** Why a person may not finish it, where it follows what is recorded elsewhere. */
function Follows({ row }: { row: ObligationRow }) {
  const t = useT()
  if (isMoney(row.kind)) return <p className="muted">{t('obligations:page.payment')}</p>
  if (row.done !== null && row.done.byName === null) return <p className="muted">{t('obligations:page.followed')}</p>
  return null
}

function FactsOf({ row }: { row: ObligationRow }) {
  const t = useT()
  const label = (key: string) => t(`obligations:columns.${key}`)
  const moved = row.moveReason !== ''
  return (
    <Facts
      items={[
        { label: label('side'), value: t(`obligations:sides.${row.side}`) },
        { label: label('kind'), value: t(`obligations:kinds.${row.kind}`) },
        { label: label('dueDay'), value: [row.dueDay ?? '', whenOf(t, row)].filter(Boolean).join(' · ') },
        ...(moved
          ? [
              {
                label: t('obligations:facts.rule'),
                value: `${row.ruleDay ?? ''} · ${t('obligations:facts.moved', { reason: row.moveReason })}`,
              },
            ]
          : []),
        ...(row.amount === null ? [] : [{ label: label('amount'), value: <Amount fen={row.amount} /> }]),
        {
          label: label('contract'),
          value: (
            <>
              <Link to={`/contracts/${row.contractId}` as never}>{row.contractNumber}</Link> {row.contractTitle}
            </>
          ),
        },
        {
          label: label('buyerName'),
          value: <Link to={`/customers/${row.customerId}` as never}>{row.buyerName}</Link>,
        },
        { label: label('owner'), value: row.ownerName },
        { label: label('department'), value: row.departmentName ?? '' },
        {
          label: t('obligations:facts.byRule'),
          value: row.byRule
            ? t('obligations:facts.fromClause')
            : [t('obligations:facts.byHand'), row.clause].filter(Boolean).join(' · '),
        },
        ...(row.done
          ? [
              {
                label: label('doneDay'),
                value:
                  row.done.byName === null
                    ? t('obligations:facts.doneRule', { day: row.done.day })
                    : t('obligations:facts.doneBy', { day: row.done.day, name: row.done.byName }),
              },
              { label: label('note'), value: row.done.note },
            ]
          : []),
        ...(row.dropped
          ? [
              {
                label: t('obligations:states.dropped'),
                value: [t(`obligations:drops.${row.dropped.code}`), row.dropped.note].filter(Boolean).join(' · '),
              },
            ]
          : []),
        { label: label('updatedAt'), value: formatMoment(row.updatedAt, SEAT_ZONE) },
      ]}
    />
  )
}
