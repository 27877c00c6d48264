import { Link, useParams } from '@tanstack/react-router'
import { Button, Dropdown, Spin } from 'antd'
import { useState } from 'react'
import type { StatementRow } from '#shared/modules/claims/claims.statements.schema.ts'
import { AttachmentsPanel } from '#renderer/modules/attachments/parts/attachments-panel.tsx'
import { useStatement } from '#renderer/modules/claims/claims.queries.ts'
import { StatementTag } from '#renderer/modules/claims/parts/state-tags.tsx'
import { AnsweredStatement, SentStatement } from '#renderer/modules/claims/parts/statement-drawers.tsx'
import { api } from '#renderer/rpc/api.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useWithReason } from '#renderer/ui/notices.tsx'
import { Amount, ErrorNotice, Facts, Page, Panel } from '#renderer/ui/parts.tsx'
import { PaperPane } from '#renderer/ui/stored-paper.tsx'

/** One statement of account: what it says, how it went out, and the slip that came back. */
export function StatementPage() {
  const t = useT()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const found = useStatement(id)
  if (found.shownError) {
    return (
      <Page title={t('claims:lists.statements')}>
        <ErrorNotice error={found.shownError} onRetry={() => void found.refetch()} />
      </Page>
    )
  }
  return found.data ? <Shown row={found.data} /> : <Spin className="grid-spin" />
}

function Shown({ row }: { row: StatementRow }) {
  const t = useT()
  const [open, setOpen] = useState<'sent' | 'answer' | null>(null)
  const close = () => setOpen(null)
  const label = (key: string) => t(`claims:columns.${key}`)
  return (
    <Page
      title={`${t('claims:statement.title')} ${row.number}`}
      extra={<StatementTag state={row.state} />}
      action={<Actions row={row} onOpen={setOpen} />}
    >
      {row.state === 'void' ? (
        <div className="notice">{t('claims:statements.voidNote', { reason: row.voidReason })}</div>
      ) : null}
      <div className="two-pane paper-page">
        <div className="page">
          <Panel title={t('claims:debt.facts')}>
            <Facts
              items={[
                {
                  label: label('customerName'),
                  value: <Link to={`/customers/${row.customerId}` as never}>{row.customerName}</Link>,
                },
                { label: t('claims:statements.period'), value: `${row.fromDay} – ${row.asOf}` },
                ...(['opening', 'raised', 'received', 'closing', 'overdue'] as const).map((key) => ({
                  label: label(key),
                  value: <Amount fen={row[key]} />,
                })),
                { label: t('claims:statements.outstanding'), value: <Amount fen={row.outstanding} /> },
                { label: label('ownerName'), value: row.ownerName },
                ...(row.sentDay === null
                  ? []
                  : [
                      {
                        label: label('sentDay'),
                        value: `${row.sentDay} ${t(`claims:statements.ways.${row.sentWay ?? 'other'}`)} ${row.sentReference}`,
                      },
                    ]),
                ...(row.answerDay === null
                  ? []
                  : [
                      { label: label('answerDay'), value: row.answerDay },
                      {
                        label: label('signer'),
                        value: `${row.signer} · ${t(`claims:signerRoles.${row.signerRole ?? 'unknown'}`)}`,
                      },
                      ...(row.theirAmount === null
                        ? []
                        : [{ label: label('theirAmount'), value: <Amount fen={row.theirAmount} /> }]),
                      { label: label('note'), value: row.answerNote },
                    ]),
                { label: t('claims:hash'), value: <code>{row.sha256.slice(0, 16)}</code> },
              ]}
            />
          </Panel>
          <AttachmentsPanel to="statement" id={row.id} />
        </div>
        <PaperPane
          source={{
            key: ['statement', row.id],
            title: `${t('claims:statement.title')} ${row.number}`,
            load: () => api.claims.statements.file({ id: row.id as never }),
          }}
        />
      </div>
      <SentStatement row={row} open={open === 'sent'} onClose={close} />
      <AnsweredStatement row={row} open={open === 'answer'} onClose={close} />
    </Page>
  )
}

function Actions({ row, onOpen }: { row: StatementRow; onOpen: (what: 'sent' | 'answer') => void }) {
  const t = useT()
  const withReason = useWithReason()
  const may = useCan('claims.record')
  const word = (key: string) => t(`claims:statements.${key}`)
  const takeBack = () =>
    withReason(
      {
        title: word('void'),
        text: word('voidText'),
        action: word('void'),
        danger: true,
        reason: { label: t('claims:columns.reason') },
      },
      (reason) => api.claims.statements.void({ id: row.id as never, version: row.version, reason }),
      word('voided'),
    )
  const answered = row.answerDay !== null
  const sent = row.sentDay !== null
  return (
    <span className="action-bar">
      {may && row.state !== 'void' ? (
        <Dropdown
          trigger={['click']}
          menu={{ items: [{ key: 'void', label: word('void'), danger: true }], onClick: () => void takeBack() }}
        >
          <Button>{t('contracts:page.more')}</Button>
        </Dropdown>
      ) : null}
      {may && row.state !== 'void' && !answered ? (
        <>
          <Button type={sent ? 'default' : 'primary'} onClick={() => onOpen('sent')}>
            {word('markSent')}
          </Button>
          <Button type={sent ? 'primary' : 'default'} onClick={() => onOpen('answer')}>
            {word('answer')}
          </Button>
        </>
      ) : null}
    </span>
  )
}
