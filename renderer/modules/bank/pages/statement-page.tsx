import { useParams } from '@tanstack/react-router'
import { Button, Spin } from 'antd'
import { useState } from 'react'
import { z } from 'zod'
import { formatYuan } from '#shared/kernel/money.ts'
import { shortText } from '#shared/kernel/text.ts'
import { api } from '#renderer/rpc/api.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { CheckField } from '#renderer/ui/fields/choice-fields.tsx'
import { TextAreaField } from '#renderer/ui/fields/text-fields.tsx'
import { saveTicket } from '#renderer/ui/files.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { Amount, ErrorNotice, Page } from '#renderer/ui/parts.tsx'
import { useStatement } from '#renderer/modules/bank/bank.queries.ts'
import '#renderer/modules/bank/bank.css'
import { BulkDrawer } from '#renderer/modules/bank/parts/bulk-drawer.tsx'
import { LineGrid } from '#renderer/modules/bank/parts/line-grid.tsx'

type Statement = Awaited<ReturnType<typeof api.bank.statement>>

/** One statement: whether it adds up, what came of it, and its lines. */
export function StatementPage() {
  const t = useT()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const found = useStatement(id)
  if (found.shownError) {
    return (
      <Page title={t('bank:statements.one')}>
        <ErrorNotice error={found.shownError} onRetry={() => void found.refetch()} />
      </Page>
    )
  }
  return found.data ? <Shown view={found.data} /> : <Spin className="grid-spin" />
}

function Shown({ view }: { view: Statement }) {
  const t = useT()
  const notice = useNotice()
  const mayWrite = useCan('bank.write')
  const [open, setOpen] = useState<'bulk' | 'revert' | null>(null)
  const standing = view.revertedAt === null
  const download = async () => {
    try {
      const { url, name } = await api.bank.statementFile({ id: view.id })
      saveTicket(url, name)
    } catch (error) {
      notice.fail(error)
    }
  }
  return (
    <Page
      title={`${view.accountName} ${view.firstDay} – ${view.lastDay}`}
      action={
        <span className="action-bar">
          <Button onClick={() => void download()}>{t('bank:statements.file')}</Button>
          {mayWrite && standing ? (
            <>
              <Button onClick={() => setOpen('revert')}>{t('bank:revert.action')}</Button>
              <Button type="primary" onClick={() => setOpen('bulk')}>
                {t('bank:bulk.action')}
              </Button>
            </>
          ) : null}
        </span>
      }
    >
      {standing ? null : (
        <div className="notice">{t('bank:statements.revertedNote', { reason: view.revertedReason })}</div>
      )}
      {standing ? <Doubts view={view} /> : null}
      {standing ? <Figures view={view} /> : null}
      <LineGrid statementId={view.id} empty={{ text: t('bank:lines.empty') }} />
      <BulkDrawer open={open === 'bulk'} filters={{ statementId: view.id as never }} onClose={() => setOpen(null)} />
      <RevertForm view={view} open={open === 'revert'} onClose={() => setOpen(null)} />
    </Page>
  )
}

/** What does not add up. */
function Doubts({ view }: { view: Statement }) {
  const t = useT()
  const { breaks, breaksReason: reason, gap, opening } = view
  if (breaks === 0 && gap === null) return null
  return (
    <div className="notice">
      {breaks > 0 ? <div>{t('bank:statements.breaks', { count: breaks, reason })}</div> : null}
      {gap === null ? null : (
        <div>
          {t('bank:statements.gap', {
            day: gap.lastDay,
            closing: formatYuan(gap.closing),
            opening: formatYuan(opening ?? 0),
          })}
        </div>
      )}
    </div>
  )
}

function Figures({ view }: { view: Statement }) {
  const t = useT()
  const { figures, opening, closing } = view
  const word = (key: string) => t(`bank:statements.figures.${key}`)
  const one = (key: 'in' | 'out' | 'booked' | 'aside' | 'open') => (
    <span>
      {word(key)} {t('bank:statements.linesCount', { count: figures[key].count })} <Amount fen={figures[key].sum} />
    </span>
  )
  return (
    <div className="bank-figures">
      {opening === null ? null : (
        <span>
          {word('opening')} <Amount fen={opening} />
        </span>
      )}
      {one('in')}
      {one('out')}
      {closing === null ? null : (
        <span>
          {word('closing')} <Amount fen={closing} />
        </span>
      )}
      {one('booked')}
      {one('aside')}
      {one('open')}
      {view.known > 0 ? <span className="muted">{t('bank:statements.known', { count: view.known })}</span> : null}
    </div>
  )
}

const reverting = z.strictObject({ reason: shortText(200), withReceipts: z.boolean() })

function RevertForm(props: { view: Statement; open: boolean; onClose: () => void }) {
  const t = useT()
  const notice = useNotice()
  const { view } = props
  const booked = view.figures.booked.count
  return (
    <ActionForm
      title={t('bank:revert.title')}
      hint={[t('bank:revert.text'), booked > 0 ? t('bank:revert.booked', { count: booked }) : '']
        .filter(Boolean)
        .join(' ')}
      open={props.open}
      schema={reverting}
      initial={{ reason: '', withReceipts: false }}
      submitLabel={t('bank:revert.action')}
      danger
      onClose={props.onClose}
      submit={async (input) => {
        await api.bank.revert({ id: view.id, version: view.version, ...input } as never)
        notice.done(t('bank:revert.done'))
      }}
    >
      <TextAreaField name="reason" label={t('bank:revert.reason')} max={200} required />
      {booked > 0 ? <CheckField name="withReceipts" label={t('bank:revert.withReceipts')} /> : null}
    </ActionForm>
  )
}
