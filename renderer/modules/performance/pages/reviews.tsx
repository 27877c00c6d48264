import { Link } from '@tanstack/react-router'
import { Button, Select, Spin } from 'antd'
import { useState } from 'react'
import { formatRate } from '#shared/i18n/formatters.ts'
import type { PlainMonth } from '#shared/kernel/dates.ts'
import { FEWEST_PEERS } from '#shared/modules/performance/performance.review.rules.ts'
import type { ReviewStand } from '#shared/modules/performance/performance.review.schema.ts'
import { formatScore } from '#shared/modules/performance/performance.words.ts'
import { AskCustomersDrawer, type Asking } from '#renderer/modules/performance/parts/ask-customers.tsx'
import { MarksDrawer, type Marking } from '#renderer/modules/performance/parts/marks-drawer.tsx'
import { MonthPicker, useMonth } from '#renderer/modules/performance/parts/month.tsx'
import { api } from '#renderer/rpc/api.ts'
import { useList } from '#renderer/rpc/queries.ts'
import { useCan, useSession } from '#renderer/rpc/session.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { EmptyState, ErrorNotice, Page, Panel, StatusTag } from '#renderer/ui/parts.tsx'
import '../performance.css'

type Give = (marking: Marking) => void

/** Ratings: what I am asked for, and how those of the people I may see stand. */
export function ReviewsPage() {
  const t = useT()
  const { month, go } = useMonth()
  const may = useCan('performance.read')
  const leads = useCan('performance.targets')
  const [marking, setMarking] = useState<Marking | null>(null)
  const [asking, setAsking] = useState<Asking | null>(null)
  return (
    <Page
      title={t('performance:review.title')}
      filters={
        <>
          <MonthPicker month={month} onMonth={go} />
          <span className="spacer" />
          {leads ? <Link to={'/performance/forms' as never}>{t('performance:forms.open')}</Link> : null}
        </>
      }
    >
      <ToGive onGive={setMarking} />
      {may ? <Stands month={month} onGive={setMarking} onAsk={setAsking} /> : null}
      <MarksDrawer of={marking} onClose={() => setMarking(null)} />
      <AskCustomersDrawer of={asking} onClose={() => setAsking(null)} />
    </Page>
  )
}

/** What others ask me for, newest months first. */
function ToGive({ onGive }: { onGive: Give }) {
  const t = useT()
  const found = useList('performance', ['reviews', 'mine'], () => api.performance.review.mine({}))
  const rows = (found.data ?? []).filter((row) => row.group === 'peer')
  const word = (key: string) => t(`performance:review.${key}`)
  return (
    <Panel title={word('mine')}>
      {found.shownError ? <ErrorNotice error={found.shownError} /> : null}
      {found.data && rows.length === 0 ? <p className="muted">{word('noneAsked')}</p> : null}
      {rows.length > 0 ? (
        <table className="plain-table">
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <td>{row.month}</td>
                <td>{row.userName}</td>
                <td>
                  <StatusTag tone={row.given ? 'done' : 'attention'}>
                    {word(row.given ? 'states.given' : 'states.asked')}
                  </StatusTag>
                </td>
                <td className="num">
                  {row.open ? (
                    <Button
                      size="small"
                      type={row.given ? 'default' : 'primary'}
                      onClick={() =>
                        onGive({
                          as: 'asked',
                          id: row.id,
                          month: row.month as PlainMonth,
                          userId: row.userId,
                          userName: row.userName,
                          marks: row.marks,
                          comment: row.comment,
                        })
                      }
                    >
                      {`${word(row.given ? 'change' : 'rate')} ${row.userName}`}
                    </Button>
                  ) : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </Panel>
  )
}

function Stands({ month, onGive, onAsk }: { month: PlainMonth; onGive: Give; onAsk: (of: Asking) => void }) {
  const t = useT()
  const found = useList('performance', ['reviews', month], () => api.performance.review.stand({ month }))
  if (found.shownError) return <ErrorNotice error={found.shownError} onRetry={() => void found.refetch()} />
  if (found.isPending) return <Spin className="grid-spin" />
  const stand = found.data
  if (!stand || stand.people.length === 0) return <EmptyState text={t('performance:empty')} />
  return stand.people.map((person) => (
    <PersonStand
      key={person.userId}
      person={person}
      month={month}
      open={!stand.locked}
      colleagues={stand.colleagues}
      onGive={onGive}
      onAsk={onAsk}
    />
  ))
}

function PersonStand(props: {
  person: ReviewStand
  month: PlainMonth
  open: boolean
  colleagues: readonly { readonly id: string; readonly name: string }[]
  onGive: Give
  onAsk: (of: Asking) => void
}) {
  const t = useT()
  const { person, month, open, onGive, onAsk } = props
  const mine = useSession((state) => state.session?.user.userId) === person.userId
  const word = (key: string, params?: Record<string, string | number>) => t(`performance:review.${key}`, params)
  const { userId, userName } = person
  const rate = (as: 'rate' | 'customer') => onGive({ as, month, userId, userName, marks: null, comment: '' })
  return (
    <Panel
      title={userName}
      extra={
        <span className="review-head">
          <strong>{person.score === null ? '' : word('score', { score: formatScore(person.score) })}</strong>
          {open && (mine || person.leads) ? (
            <Button size="small" onClick={() => rate('rate')}>
              {mine ? word('rateSelf') : `${word('rate')} ${userName}`}
            </Button>
          ) : null}
          {open && person.leads ? (
            <Button
              size="small"
              aria-label={`${t('performance:forms.ask')} ${userName}`}
              onClick={() => onAsk({ month, userId, userName })}
            >
              {t('performance:forms.ask')}
            </Button>
          ) : null}
          {open && person.leads ? (
            <Button size="small" aria-label={`${word('customer')} ${userName}`} onClick={() => rate('customer')}>
              {word('customer')}
            </Button>
          ) : null}
        </span>
      }
    >
      <Groups person={person} />
      {person.comments.map((one, i) => (
        <p key={i} className="review-comment">
          <span className="muted">{word(`groups.${one.group}`)}</span> {one.text}
        </p>
      ))}
      {open && (mine || person.leads) ? <Peers {...props} mine={mine} /> : null}
    </Panel>
  )
}

function Groups({ person }: { person: ReviewStand }) {
  const t = useT()
  const word = (key: string) => t(`performance:review.${key}`)
  return (
    <table className="plain-table scheme-preview">
      <thead>
        <tr>
          <th scope="col">{word('group')}</th>
          {['given', 'mean', 'weight'].map((key) => (
            <th key={key} scope="col" className="num">
              {word(`columns.${key}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {person.groups.map((one) => (
          <tr key={one.group}>
            <td>{word(`groups.${one.group}`)}</td>
            <td className="num">{one.asked === one.given ? one.given : `${one.given} / ${one.asked}`}</td>
            <td className="num">
              {one.mean === null ? <span className="muted">{word(hidden(one))}</span> : formatScore(one.mean)}
            </td>
            <td className="num">{formatRate(one.weight)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Why a group's mean is not shown. */
function hidden(one: ReviewStand['groups'][number]): string {
  if (one.given === 0) return 'notGiven'
  return one.given < FEWEST_PEERS ? 'tooFew' : 'waits'
}

function Peers(props: Parameters<typeof PersonStand>[0] & { mine: boolean }) {
  const t = useT()
  const notice = useNotice()
  const [chosen, setChosen] = useState<string[]>([])
  const { person, month, mine } = props
  const word = (key: string) => t(`performance:review.${key}`)
  const taken = new Set([person.userId, ...person.peers.map((peer) => peer.userId)])
  const run = (work: () => Promise<unknown>) => notice.tell(work, t('common:saved'))
  const decide = (id: string, accept: boolean) => run(() => api.performance.review.decide({ id: id as never, accept }))
  const propose = async () => {
    await run(() =>
      api.performance.review.propose({ month, userId: person.userId as never, raterIds: chosen as never }),
    )
    setChosen([])
  }
  return (
    <div className="review-peers">
      {person.peers.map((peer) => (
        <p key={peer.id} className="action-bar">
          <span>{peer.userName}</span>
          {peer.state === null ? null : (
            <StatusTag tone={peer.state === 'given' ? 'done' : peer.state === 'asked' ? 'attention' : 'neutral'}>
              {word(`states.${peer.state}`)}
            </StatusTag>
          )}
          {!mine && peer.state === 'proposed' ? (
            <Button size="small" onClick={() => void decide(peer.id, true)}>
              {`${word('accept')} ${peer.userName}`}
            </Button>
          ) : null}
          {!mine && (peer.state === 'proposed' || peer.state === 'asked') ? (
            <Button size="small" onClick={() => void decide(peer.id, false)}>
              {`${word('strike')} ${peer.userName}`}
            </Button>
          ) : null}
        </p>
      ))}
      <p className="action-bar">
        <Select
          mode="multiple"
          size="small"
          className="review-choose"
          aria-label={`${word('choosePeers')} ${person.userName}`}
          placeholder={word('choosePeers')}
          value={chosen}
          showSearch={{ optionFilterProp: 'label' }}
          options={props.colleagues
            .filter((one) => !taken.has(one.id))
            .map((one) => ({ value: one.id, label: one.name }))}
          onChange={setChosen}
        />
        <Button size="small" disabled={chosen.length === 0} onClick={() => void propose()}>
          {word(mine ? 'propose' : 'ask')}
        </Button>
      </p>
    </div>
  )
}
