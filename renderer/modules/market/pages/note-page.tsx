import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { Button, Spin } from 'antd'
import { useState } from 'react'
import type { NoteRow } from '#shared/modules/market/market.schema.ts'
import { AttachmentsPanel } from '#renderer/modules/attachments/parts/attachments-panel.tsx'
import { AnswerDrawer } from '#renderer/modules/market/parts/answer-drawer.tsx'
import { AnswerTag } from '#renderer/modules/market/parts/answer-tag.tsx'
import { api } from '#renderer/rpc/api.ts'
import { useCommand, useEntry } from '#renderer/rpc/queries.ts'
import { useCan, useSession } from '#renderer/rpc/session.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useConfirm, useNotice } from '#renderer/ui/notices.tsx'
import { Amount, ErrorNotice, Facts, Page, Panel } from '#renderer/ui/parts.tsx'

/** One note: what was heard, and what a manager made of it. */
export function NotePage() {
  const t = useT()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const note = useEntry('market', id, () => api.market.get({ id }))
  if (note.shownError) {
    return (
      <Page title={t('market:view')}>
        <ErrorNotice error={note.shownError} onRetry={() => void note.refetch()} />
      </Page>
    )
  }
  return note.data ? <Shown note={note.data} /> : <Spin className="grid-spin" />
}

function Shown({ note }: { note: NoteRow }) {
  const t = useT()
  const field = (key: string) => t(`market:fields.${key}`)
  return (
    <Page
      title={[note.competitor, note.product].filter(Boolean).join(' · ')}
      extra={<AnswerTag answer={note.answer} />}
      action={<Actions note={note} />}
    >
      <div className="columns-main">
        <div className="page">
          <Panel title={field('content')}>
            <p className="prose">{note.content}</p>
          </Panel>
          <AttachmentsPanel to="market" id={note.id} />
        </div>
        <div className="page">
          <Panel title={t('market:view')}>
            <Facts
              items={[
                { label: field('day'), value: note.day },
                {
                  label: field('price'),
                  value:
                    note.price === null ? (
                      ''
                    ) : (
                      <>
                        <Amount fen={note.price} />
                        {note.unit === '' ? null : ` / ${note.unit}`}
                      </>
                    ),
                },
                { label: field('source'), value: t(`market:source.${note.source}`) },
                {
                  label: field('customerId'),
                  value:
                    note.customerId === null ? (
                      ''
                    ) : (
                      <Link to={`/customers/${note.customerId}` as never}>{note.customerName}</Link>
                    ),
                },
                ...(note.dealId === null
                  ? []
                  : [
                      {
                        label: field('dealId'),
                        value: <Link to={`/deals/${note.dealId}` as never}>{note.dealName}</Link>,
                      },
                    ]),
                { label: field('author'), value: note.authorName },
                { label: field('addressedId'), value: note.addressedName },
              ]}
            />
          </Panel>
          {note.answer === 'open' ? null : (
            <Panel title={field('answer')}>
              <Facts
                items={[
                  { label: field('answer'), value: t(`market:answer.${note.answer}`) },
                  { label: field('answerNote'), value: note.answerNote },
                  { label: field('answeredBy'), value: `${note.answeredName} · ${note.answeredDay ?? ''}` },
                ]}
              />
            </Panel>
          )}
        </div>
      </div>
    </Page>
  )
}

function Actions({ note }: { note: NoteRow }) {
  const t = useT()
  const navigate = useNavigate()
  const notice = useNotice()
  const confirm = useConfirm()
  const me = useSession((state) => state.session?.user.userId)
  const mayWrite = useCan('market.write')
  const mayAnswer = useCan('market.answer')
  const [answering, setAnswering] = useState(false)
  const remove = useCommand((input: { id: string; version: number }, options) => api.market.remove(input, options))
  const throwAway = async () => {
    const text = t('market:removeText', { day: note.day, competitor: note.competitor })
    if ((await confirm({ title: t('market:remove'), text, action: t('market:remove') })) === null) return
    try {
      await remove.run({ id: note.id, version: note.version })
      notice.done(t('common:removed'))
      void navigate({ to: '/market' as never })
    } catch (error) {
      notice.fail(error)
    }
  }
  if (note.answer !== 'open') return null
  return (
    <span className="action-bar">
      {mayWrite && note.authorId === me ? (
        <>
          <Button loading={remove.busy} onClick={() => void throwAway()}>
            {t('market:remove')}
          </Button>
          <Button onClick={() => void navigate({ to: `/market/${note.id}/edit` as never })}>{t('market:edit')}</Button>
        </>
      ) : null}
      {mayAnswer && note.authorId !== me ? (
        <Button type="primary" onClick={() => setAnswering(true)}>
          {t('market:give.title')}
        </Button>
      ) : null}
      <AnswerDrawer note={note} open={answering} onClose={() => setAnswering(false)} />
    </span>
  )
}
