import { Link, useParams } from '@tanstack/react-router'
import { Button, Spin } from 'antd'
import { useState } from 'react'
import type { LetterView } from '#shared/modules/dunning/dunning.proof.schema.ts'
import { AttachmentsPanel } from '#renderer/modules/attachments/parts/attachments-panel.tsx'
import '#renderer/modules/dunning/dunning.css'
import { LetterTag } from '#renderer/modules/dunning/parts/letter-tags.tsx'
import { SendingsPanel } from '#renderer/modules/dunning/parts/sendings-panel.tsx'
import { VoidLetterDialog } from '#renderer/modules/dunning/parts/void-letter.tsx'
import { api } from '#renderer/rpc/api.ts'
import { useEntry } from '#renderer/rpc/queries.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { saveTicket } from '#renderer/ui/files.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { Amount, ErrorNotice, Page, Panel } from '#renderer/ui/parts.tsx'
import { PaperPane } from '#renderer/ui/stored-paper.tsx'

/** One letter of the register: what it claimed, how it was sent and what that proves; the paper beside it. */
export function LetterPage() {
  const t = useT()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const found = useEntry('dunning', id, () => api.dunning.letter({ id }))
  if (found.shownError) {
    return (
      <Page title={t('dunning:letterPage.title')}>
        <ErrorNotice error={found.shownError} onRetry={() => void found.refetch()} />
      </Page>
    )
  }
  return found.data ? <Shown view={found.data} /> : <Spin className="grid-spin" />
}

function Shown({ view }: { view: LetterView }) {
  const t = useT()
  const notice = useNotice()
  const mayRun = useCan('dunning.run')
  const [voiding, setVoiding] = useState(false)
  const { letter } = view
  const standing = letter.state !== 'void'
  const draft = async () => {
    try {
      const ticket = await api.dunning.emailDraft({ id: letter.id })
      saveTicket(ticket.url, ticket.name)
    } catch (error) {
      notice.fail(error)
    }
  }
  return (
    <Page
      title={letter.number}
      extra={
        <>
          <LetterTag state={letter.state} />
          <span className="muted">
            {[
              t(`dunning:steps.${letter.kind}`),
              letter.day,
              t('dunning:letterPage.deadline', { day: letter.deadlineDay }),
            ].join(' · ')}
          </span>
        </>
      }
      action={
        standing ? (
          <span className="action-bar">
            {mayRun ? (
              <Button danger onClick={() => setVoiding(true)}>
                {t('dunning:void.title')}
              </Button>
            ) : null}
            <Button onClick={() => void draft()}>{t('dunning:letterPage.email')}</Button>
          </span>
        ) : null
      }
    >
      <div className="two-pane letter-page">
        <div className="case-pane">
          <Claimed view={view} />
          <SendingsPanel view={view} mayRun={mayRun && standing} />
          <p className="muted">{t('dunning:proof.files')}</p>
          <AttachmentsPanel to="letter" id={letter.id} />
        </div>
        <PaperPane
          source={{
            key: ['letter', letter.id],
            title: t('dunning:letterPage.paper'),
            load: () => api.dunning.letterFile({ id: letter.id }),
          }}
        />
      </div>
      <VoidLetterDialog letter={voiding ? letter : null} onClose={() => setVoiding(false)} />
    </Page>
  )
}

function Claimed({ view }: { view: LetterView }) {
  const t = useT()
  const { letter, lines } = view
  return (
    <Panel
      title={t('dunning:letterPage.claimed')}
      extra={
        <span className="panel-links">
          <Link to={`/customers/${letter.customerId}` as never}>{letter.customerName}</Link>
        </span>
      }
    >
      {view.voidReason === '' ? null : <p className="muted">{`${t('dunning:void.reason')}: ${view.voidReason}`}</p>}
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{t('dunning:letter.instalment')}</th>
            <th scope="col">{t('dunning:letter.dueDay')}</th>
            <th scope="col" className="num">
              {t('dunning:letter.outstanding')}
            </th>
            <th scope="col" className="num">
              {t('dunning:letter.interest')}
            </th>
            <th scope="col" className="num">
              {t('dunning:letterPage.left')}
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={`${line.contractNumber} ${line.label} ${line.dueDay}`}>
              <td>
                <span className="whole">{line.contractNumber}</span> <span className="whole">{line.label}</span>
              </td>
              <td className="whole">{line.dueDay}</td>
              <td className="num">
                <Amount fen={line.outstanding} />
              </td>
              <td className="num">
                <Amount fen={line.interest} />
              </td>
              <td className="num">
                <Amount fen={line.left} />
              </td>
            </tr>
          ))}
          <tr className="total">
            <th scope="row">{t('dunning:work.total')}</th>
            <td />
            <td className="num">
              <Amount fen={letter.principal} />
            </td>
            <td className="num">
              <Amount fen={letter.interest} />
            </td>
            <td className="num">
              <Amount fen={letter.outstanding} />
            </td>
          </tr>
        </tbody>
      </table>
    </Panel>
  )
}
