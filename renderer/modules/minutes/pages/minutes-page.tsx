import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { Button, Spin } from 'antd'
import { useState } from 'react'
import { z } from 'zod'
import { shortText } from '#shared/kernel/text.ts'
import { agreedWords } from '#shared/modules/minutes/minutes.documents.ts'
import type { MinutesView } from '#shared/modules/minutes/minutes.schema.ts'
import { useMinutes } from '#renderer/modules/minutes/minutes.queries.ts'
import { MinutesStateTag } from '#renderer/modules/minutes/parts/state-tag.tsx'
import { AttachmentsPanel } from '#renderer/modules/attachments/parts/attachments-panel.tsx'
import { api } from '#renderer/rpc/api.ts'
import { useCommand } from '#renderer/rpc/queries.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { TextAreaField } from '#renderer/ui/fields/text-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useConfirm, useNotice } from '#renderer/ui/notices.tsx'
import { ErrorNotice, Facts, Page, Panel, StatusTag } from '#renderer/ui/parts.tsx'
import { PdfDialog } from '#renderer/ui/pdf-preview.tsx'
import type { StatusTone } from '#renderer/ui/theme.ts'

/** Minutes of one meeting: what was agreed, what stays open, what is done next. */
export function MinutesPage() {
  const t = useT()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const found = useMinutes(id)
  if (found.shownError) {
    return (
      <Page title={t('minutes:view')}>
        <ErrorNotice error={found.shownError} onRetry={() => void found.refetch()} />
      </Page>
    )
  }
  return found.data ? <Shown view={found.data} /> : <Spin className="grid-spin" />
}

function Shown({ view }: { view: MinutesView }) {
  const t = useT()
  const field = (key: string) => t(`minutes:fields.${key}`)
  return (
    <Page
      title={`${view.number} ${view.subject}`}
      extra={
        <>
          <MinutesStateTag state={view.state} />
          <span className="muted">{t('minutes:page.edition', { edition: view.edition })}</span>
        </>
      }
      action={<Actions view={view} />}
    >
      <div className="columns-main">
        <div className="page">
          <AgreedPanel view={view} />
          <OpenPanel view={view} />
          <NextPanel view={view} />
          <AttachmentsPanel to="minutes" id={view.id} />
        </div>
        <div className="page">
          <Panel title={t('minutes:page.facts')}>
            <Facts
              items={[
                { label: field('day'), value: view.day },
                { label: field('place'), value: view.place },
                { label: field('ourPeople'), value: view.ourPeople },
                { label: field('theirPeople'), value: view.theirPeople },
                {
                  label: t('minutes:columns.customer'),
                  value: <Link to={`/customers/${view.customerId}` as never}>{view.customerName}</Link>,
                },
                {
                  label: t('minutes:columns.deal'),
                  value: <Link to={`/deals/${view.dealId}` as never}>{`${view.dealNumber} ${view.dealName}`}</Link>,
                },
                { label: t('minutes:columns.owner'), value: view.ownerName },
                { label: field('language'), value: t(`contracts:languages.${view.language}`) },
                {
                  label: t('minutes:page.finalised'),
                  value: view.finalDay === null ? '' : `${view.finalDay} · ${view.finalName}`,
                },
              ]}
            />
          </Panel>
        </div>
      </div>
    </Page>
  )
}

const reopening = z.strictObject({ reason: shortText(200) })

function Actions({ view }: { view: MinutesView }) {
  const t = useT()
  const navigate = useNavigate()
  const notice = useNotice()
  const confirm = useConfirm()
  const mayDraft = useCan('contracts.create')
  const [pdf, setPdf] = useState<{ fileId: string; name: string } | null>(null)
  const [opening, setOpening] = useState(false)
  const finish = useCommand((input: { id: string; version: number }, options) => api.minutes.finish(input, options))
  const word = (key: string) => t(`minutes:page.${key}`)
  const makeFinal = async () => {
    const ours = view.next.filter((item) => item.ownerId !== null).length
    const text = t('minutes:finishing.text', { count: ours })
    if ((await confirm({ title: t('minutes:finishing.title'), text, action: word('finish') })) === null) return
    try {
      await finish.run({ id: view.id, version: view.version })
      notice.done(t('minutes:finishing.done'))
    } catch (error) {
      notice.fail(error)
    }
  }
  const openPdf = async () => {
    try {
      setPdf(await api.minutes.preview({ id: view.id }))
    } catch (error) {
      notice.fail(error)
    }
  }
  return (
    <span className="action-bar">
      {view.editable && view.state === 'final' ? (
        <Button onClick={() => setOpening(true)}>{word('reopen')}</Button>
      ) : null}
      {view.editable && view.state === 'draft' ? (
        <Button onClick={() => void navigate({ to: `/minutes/${view.id}/edit` as never })}>{t('minutes:edit')}</Button>
      ) : null}
      <Button onClick={() => void openPdf()}>{word('openPdf')}</Button>
      {view.editable && view.state === 'draft' ? (
        <Button type="primary" loading={finish.busy} onClick={() => void makeFinal()}>
          {word('finish')}
        </Button>
      ) : null}
      {view.editable && mayDraft && view.state === 'final' ? (
        <Button
          type="primary"
          onClick={() => void navigate({ to: '/contracts/new' as never, search: { deal: view.dealId } as never })}
        >
          {word('draftContract')}
        </Button>
      ) : null}
      <ActionForm
        title={word('reopen')}
        hint={t('minutes:reopening.hint')}
        open={opening}
        schema={reopening}
        initial={{ reason: '' }}
        submitLabel={word('reopen')}
        onClose={() => setOpening(false)}
        submit={async ({ reason }) => {
          await api.minutes.reopen({ id: view.id, version: view.version, reason })
          notice.done(t('minutes:reopening.done'))
        }}
      >
        <TextAreaField name="reason" label={t('minutes:reopening.reason')} max={200} rows={3} required />
      </ActionForm>
      <PdfDialog file={pdf} onClose={() => setPdf(null)} />
    </span>
  )
}

function AgreedPanel({ view }: { view: MinutesView }) {
  const t = useT()
  return (
    <Panel title={t('minutes:groups.agreed')}>
      {view.agreed.length === 0 ? <p className="muted">{t('minutes:page.none')}</p> : null}
      {view.agreed.length === 0 ? null : (
        <table className="plain-table">
          <tbody>
            {view.agreed.map((item, row) => (
              <tr key={row}>
                <td className="muted">{t(`minutes:terms.${item.term}`)}</td>
                <td>{agreedWords(item, t)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  )
}

function OpenPanel({ view }: { view: MinutesView }) {
  const t = useT()
  if (view.open.length === 0) return null
  return (
    <Panel title={t('minutes:groups.open')}>
      <table className="plain-table">
        <tbody>
          {view.open.map((item, row) => (
            <tr key={row}>
              <td>{item.question}</td>
              <td className="muted">{item.owner}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}

const TASK_TONES: Readonly<Record<'open' | 'done' | 'dropped', StatusTone>> = {
  open: 'active',
  done: 'done',
  dropped: 'neutral',
}

function NextPanel({ view }: { view: MinutesView }) {
  const t = useT()
  const head = (key: string) => t(`minutes:fields.next.${key}`)
  if (view.next.length === 0) return null
  return (
    <Panel title={t('minutes:groups.next')}>
      <table className="plain-table">
        <thead>
          <tr>
            <th>{head('text')}</th>
            <th>{t('minutes:document.owner')}</th>
            <th>{head('day')}</th>
            <th>{t('minutes:page.task')}</th>
          </tr>
        </thead>
        <tbody>
          {view.next.map((item, row) => (
            <tr key={row}>
              <td>{item.text}</td>
              <td>
                {item.ownerName}
                {item.ownerId === null ? <span className="muted"> · {t('minutes:page.theirs')}</span> : null}
              </td>
              <td>{item.day}</td>
              <td>
                {item.task === null ? null : (
                  <StatusTag tone={TASK_TONES[item.task]}>{t(`minutes:tasks.${item.task}`)}</StatusTag>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}
