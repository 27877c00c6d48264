import { Link, useNavigate } from '@tanstack/react-router'
import { Button, Spin } from 'antd'
import { formatMoment } from '#shared/i18n/formatters.ts'
import { formatYuan } from '#shared/kernel/money.ts'
import { APPROVAL_KINDS } from '#shared/modules/approvals/approvals.kinds.rules.ts'
import type { DefinitionBody } from '#shared/modules/approvals/approvals.schema.ts'
import { useWays } from '#renderer/modules/approvals/approvals.queries.ts'
import '#renderer/modules/approvals/approvals.css'
import { DryRun } from '#renderer/modules/approvals/parts/dry-run.tsx'
import { SEAT_ZONE } from '#renderer/modules/customers/customers.queries.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { EmptyState, ErrorNotice, Page, Panel, StatusTag } from '#renderer/ui/parts.tsx'

/** Ways of approval, in the order in which they are tried. */
export function WaysPage() {
  const t = useT()
  const navigate = useNavigate()
  const found = useWays()
  const ways = found.data ?? []
  const start = (kind: string) => void navigate({ to: '/approval-ways/new' as never, search: { kind } as never })
  const word = (key: string) => t(`approvals:define.${key}`)
  const missing = APPROVAL_KINDS.filter((kind) => !ways.some((way) => way.body.kind === kind))
  return (
    <Page
      title={word('title')}
      action={
        <Button type="primary" onClick={() => start('contract')}>
          {word('new')}
        </Button>
      }
    >
      <p className="muted">
        {word('hint')} {word('own')}
      </p>
      {found.shownError ? <ErrorNotice error={found.shownError} onRetry={() => void found.refetch()} /> : null}
      {found.isPending ? <Spin className="grid-spin" /> : null}
      {found.data && ways.length === 0 ? <EmptyState text={word('empty')} /> : null}
      {ways.length === 0 ? null : (
        <Panel>
          <table className="plain-table">
            <thead>
              <tr>
                <th>{word('fields.kind')}</th>
                <th>{word('fields.name')}</th>
                <th>{word('groups.conditions')}</th>
                <th>{word('groups.steps')}</th>
                <th>{t('approvals:fields.outcome')}</th>
                <th>{t('approvals:define.changed')}</th>
              </tr>
            </thead>
            <tbody>
              {ways.map((way) => (
                <tr key={way.id}>
                  <td>{t(`approvals:kinds.${way.body.kind}`)}</td>
                  <td>
                    <Link to={`/approval-ways/${way.id}` as never}>{way.body.name}</Link>{' '}
                    <span className="muted">{t('approvals:fields.edition', { edition: way.edition })}</span>
                  </td>
                  <td>
                    <Conditions body={way.body} />
                  </td>
                  <td>{way.body.steps.map((step) => step.name).join(' → ')}</td>
                  <td>
                    <StatusTag tone={way.body.enabled ? 'done' : 'neutral'}>
                      {way.body.enabled ? word('fields.enabled') : word('off')}
                    </StatusTag>
                  </td>
                  <td className="muted">
                    {formatMoment(way.updatedAt, SEAT_ZONE)} {way.updatedByName}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Panel>
      )}
      {found.data && missing.length > 0 ? (
        <Panel title={word('start')}>
          <span className="action-bar">
            {missing.map((kind) => (
              <Button key={kind} onClick={() => start(kind)}>
                {t(`approvals:proposal.${kind}`)}
              </Button>
            ))}
          </span>
        </Panel>
      ) : null}
      <DryRun body={null} kind="contract" />
    </Page>
  )
}

/** When a way is taken, in short. */
function Conditions({ body }: { body: DefinitionBody }) {
  const t = useT()
  const { conditions: c } = body
  const range = (from: string | null, to: string | null) =>
    from === null && to === null ? null : `${from ?? ''}–${to ?? ''}`
  const money = (fen: number | null) => (fen === null ? null : formatYuan(fen))
  const percent = (bp: number | null) => (bp === null ? null : `${bp / 100}%`)
  const plain = (count: number | null) => (count === null ? null : String(count))
  const said = [
    [t('approvals:test.amount'), range(money(c.amountFrom), money(c.amountTo))],
    [t('approvals:test.discount'), range(percent(c.discountFrom), percent(c.discountTo))],
    [t('approvals:test.paymentDays'), range(plain(c.paymentDaysFrom), plain(c.paymentDaysTo))],
    [t('approvals:define.fields.grades'), c.grades.length === 0 ? null : c.grades.join(' ')],
    [t('approvals:define.fields.departmentIds'), c.departmentIds.length === 0 ? null : String(c.departmentIds.length)],
  ].flatMap(([label, value]) => (value === null ? [] : [`${label} ${value}`]))
  return <>{said.length === 0 ? t('approvals:define.conditionsNone') : said.join('; ')}</>
}
