import { DeleteOutlined } from '@ant-design/icons'
import { Button, Checkbox, Input, Select } from 'antd'
import { useEffect, useRef, useState } from 'react'
import type { CheckItem, VisitView } from '#shared/modules/visits/visits.schema.ts'
import { api } from '#renderer/rpc/api.ts'
import { useCommand, useList } from '#renderer/rpc/queries.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { Panel } from '#renderer/ui/parts.tsx'
import { useProposedChecks } from '#renderer/modules/visits/visits.queries.ts'

const MAX_ITEMS = 30

const given = (visit: VisitView): CheckItem[] =>
  visit.checks.map(({ text, done, attachmentId }) => ({ text, done, attachmentId }))

/** What is to be prepared: tick it, hang the file on it that is taken along, add a line; kept at once. */
export function ChecklistPanel({ visit, mayWrite }: { visit: VisitView; mayWrite: boolean }) {
  const t = useT()
  const notice = useNotice()
  const proposed = useProposedChecks(visit.purpose)
  const files = useList('attachments', ['list', 'visit', visit.id], () =>
    api.attachments.list({ to: 'visit', id: visit.id }),
  )
  const [items, setItems] = useState(() => given(visit))
  const [adding, setAdding] = useState('')
  // The list is kept as fast as one ticks; each step goes on from the version that the one before it made.
  const version = useRef(visit.version)
  const queue = useRef<Promise<unknown>>(Promise.resolve())
  useEffect(() => {
    if (visit.version < version.current) return
    version.current = visit.version
    setItems(given(visit))
  }, [visit])
  const prepare = useCommand((input: { id: string; version: number; checks: CheckItem[] }, options) =>
    api.visits.prepare(input, options),
  )
  const keep = (checks: CheckItem[]) => {
    setItems(checks)
    queue.current = queue.current.then(async () => {
      try {
        version.current = (await prepare.run({ id: visit.id, version: version.current, checks })).version
      } catch (error) {
        setItems(given(visit))
        notice.fail(error)
      }
    })
  }
  const change = (at: number, part: Partial<CheckItem>) =>
    keep(items.map((item, index) => (index === at ? { ...item, ...part } : item)))
  const add = () => {
    const text = adding.trim()
    if (text === '' || items.length >= MAX_ITEMS) return
    setAdding('')
    keep([...items, { text, done: false, attachmentId: null }])
  }
  const held = (files.data?.rows ?? []).filter((file) => file.removed === null)
  const ready = items.filter((item) => item.done).length
  if (!mayWrite && items.length === 0) return null
  return (
    <Panel
      title={t('visits:checklist.title')}
      extra={<span className="muted">{items.length === 0 ? '' : `${ready} / ${items.length}`}</span>}
    >
      <ul className="checklist">
        {items.map((item, at) => {
          const noted = visit.checks.find((check) => check.attachmentId === item.attachmentId)
          const kept = noted !== undefined && item.attachmentId !== null ? noted : null
          const gone = kept !== null && !held.some((file) => file.id === item.attachmentId)
          const choices = held.map((file) => ({ value: file.id, label: file.name }))
          if (gone) choices.push({ value: item.attachmentId ?? '', label: kept.attachmentName })
          return (
            <li key={`${at}-${item.text}`}>
              <Checkbox
                checked={item.done}
                disabled={!mayWrite}
                onChange={(event) => change(at, { done: event.target.checked })}
              >
                {item.text}
              </Checkbox>
              <span className="checklist-file">
                {mayWrite && choices.length > 0 ? (
                  <Select
                    size="small"
                    allowClear
                    value={item.attachmentId}
                    options={choices}
                    placeholder={t('visits:checklist.choose')}
                    aria-label={`${t('visits:checklist.material')}: ${item.text}`}
                    onChange={(value: string | null | undefined) => change(at, { attachmentId: value ?? null })}
                  />
                ) : (
                  <span className="muted">{kept?.attachmentName}</span>
                )}
                {kept ? (
                  <code className="muted" title={kept.attachmentSha256}>
                    {kept.attachmentSha256.slice(0, 8)}
                  </code>
                ) : null}
              </span>
              {mayWrite ? (
                <Button
                  type="text"
                  size="small"
                  icon={<DeleteOutlined aria-hidden />}
                  aria-label={`${t('visits:checklist.drop')}: ${item.text}`}
                  onClick={() => keep(items.filter((_, index) => index !== at))}
                />
              ) : null}
            </li>
          )
        })}
      </ul>
      {mayWrite ? (
        <span className="checklist-add">
          <Input
            value={adding}
            maxLength={120}
            placeholder={t('visits:checklist.add')}
            aria-label={t('visits:checklist.add')}
            onChange={(event) => setAdding(event.target.value)}
            onPressEnter={add}
          />
          {items.length === 0 ? (
            <Button onClick={() => keep(proposed.map((text) => ({ text, done: false, attachmentId: null })))}>
              {t('visits:checklist.take')}
            </Button>
          ) : null}
        </span>
      ) : null}
    </Panel>
  )
}
