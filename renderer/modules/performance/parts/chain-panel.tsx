import { Link } from '@tanstack/react-router'
import { Button, Spin } from 'antd'
import { useState } from 'react'
import {
  NOTICE_WAYS,
  noticeFields,
  type ChainLink,
  type ChainView,
  type NoticeFields,
} from '#shared/modules/performance/performance.chain.schema.ts'
import { linkWords } from '#shared/modules/performance/performance.notice.documents.ts'
import { formatScore } from '#shared/modules/performance/performance.words.ts'
import { api } from '#renderer/rpc/api.ts'
import { useList } from '#renderer/rpc/queries.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { ErrorNotice, Panel, StatusTag } from '#renderer/ui/parts.tsx'
import { firmToday } from '#renderer/ui/firm-day.ts'

/** The evidence that somebody is not up to the job, link by link; a notice is drafted only where all of it stands. */
export function ChainPanel({ userId }: { userId: string }) {
  const t = useT()
  const [drafting, setDrafting] = useState(false)
  const found = useList('performance', ['chain', userId], () => api.performance.chain.get({ userId: userId as never }))
  const word = (key: string, params?: Record<string, string>) => t(`performance:chain.${key}`, params)
  const { data } = found
  return (
    <Panel
      title={word('title')}
      extra={
        <>
          <span className="spacer" />
          <Button size="small" disabled={!data?.complete} onClick={() => setDrafting(true)}>
            {word('draft')}
          </Button>
        </>
      }
    >
      {found.shownError ? <ErrorNotice error={found.shownError} onRetry={() => void found.refetch()} /> : null}
      {found.isPending ? <Spin className="grid-spin" /> : null}
      {data ? (
        <>
          <table className="plain-table">
            <thead>
              <tr>
                <th scope="col">{word('link')}</th>
                <th scope="col">{word('rests')}</th>
                <th scope="col">{t('performance:columns.day')}</th>
                <th scope="col">{word('stands')}</th>
              </tr>
            </thead>
            <tbody>
              {data.links.map((link) => (
                <LinkRow key={link.link} link={link} />
              ))}
            </tbody>
          </table>
          <p className="muted">{word('hint', { below: formatScore(data.below) })}</p>
        </>
      ) : null}
      {data && drafting ? <NoticeDrawer chain={data} onClose={() => setDrafting(false)} /> : null}
    </Panel>
  )
}

function LinkRow({ link }: { link: ChainLink }) {
  const t = useT()
  const words = linkWords(link, t)
  return (
    <tr>
      <td>{t(`performance:chain.links.${link.link}`)}</td>
      <td>
        {link.proposalId !== null ? (
          <Link to={`/performance/proposals/${link.proposalId}` as never}>{words}</Link>
        ) : null}
        {link.proposalId === null && link.month !== null ? (
          <Link to={'/performance' as never} search={{ month: link.month } as never}>
            {words}
          </Link>
        ) : null}
      </td>
      <td>{link.day}</td>
      <td>
        {link.gap === null ? (
          <StatusTag tone="done">{t('performance:chain.there')}</StatusTag>
        ) : (
          <StatusTag tone={link.gap === 'waits' ? 'neutral' : 'attention'}>
            {t(`performance:chain.gaps.${link.gap}`)}
          </StatusTag>
        )}
      </td>
    </tr>
  )
}

function NoticeDrawer({ chain, onClose }: { chain: ChainView; onClose: () => void }) {
  const t = useT()
  const notice = useNotice()
  const word = (key: string, params?: Record<string, string>) => t(`performance:chain.notice.${key}`, params)
  const initial = { userId: chain.userId, way: 'notice', unionDay: firmToday() }
  return (
    <ActionForm
      title={word('make', { name: chain.userName })}
      hint={word('forLawyer')}
      open
      schema={noticeFields}
      initial={initial as unknown as NoticeFields}
      submitLabel={t('performance:chain.draft')}
      onClose={onClose}
      submit={async (fields) => {
        await api.performance.chain.notice(fields)
        notice.done(t('performance:exportStarted'))
      }}
    >
      <SelectField
        name="way"
        label={word('wayLabel')}
        options={NOTICE_WAYS.map((value) => ({ value, label: word(`ways.${value}`) }))}
      />
      <DayField name="unionDay" label={word('unionDay')} hint={word('unionHint')} required />
    </ActionForm>
  )
}
