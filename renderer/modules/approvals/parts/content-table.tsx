import { Switch } from 'antd'
import { useState } from 'react'
import type { ApprovalView, ContentChange } from '#shared/modules/approvals/approvals.schema.ts'
import { lineWords, valueWords } from '#shared/modules/approvals/approvals.words.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { Panel, StatusTag } from '#renderer/ui/parts.tsx'

const TONES = { added: 'active', removed: 'danger', changed: 'attention' } as const

/** What is asked, as it was frozen; held against the submission before where there was one. */
export function ContentPanel({ view }: { view: Pick<ApprovalView, 'content' | 'compared'> }) {
  const t = useT()
  const changes = view.content.filter((line) => line.change !== 'same').length
  const [onlyChanges, setOnlyChanges] = useState(false)
  const lines = onlyChanges ? view.content.filter((line) => line.change !== 'same') : view.content
  return (
    <Panel
      title={t('approvals:parts.content')}
      extra={
        view.compared ? (
          <>
            <span className="muted">
              {changes === 0 ? t('approvals:content.same') : t('approvals:content.compared', { count: changes })}
            </span>
            {changes === 0 ? null : (
              <label className="approval-switch">
                <Switch size="small" checked={onlyChanges} onChange={setOnlyChanges} />
                {t('approvals:content.onlyChanges')}
              </label>
            )}
          </>
        ) : null
      }
    >
      {[...Map.groupBy(lines, (line) => line.group)].map(([group, some]) => (
        <table key={group} className="plain-table approval-content">
          <caption>{t(group)}</caption>
          <tbody>
            {some.map((line) => (
              <Line key={line.id} line={line} />
            ))}
          </tbody>
        </table>
      ))}
    </Panel>
  )
}

function Line({ line }: { line: ContentChange }) {
  const t = useT()
  const value = valueWords(line.form, line.value, t)
  const before = valueWords(line.form, line.before, t)
  return (
    <tr className={line.change}>
      <th scope="row">{lineWords(line, t)}</th>
      <td>
        {line.change === 'removed' ? <del>{before}</del> : null}
        {line.change === 'changed' && before !== value ? (
          <>
            <del>{before}</del> <ins>{value}</ins>
          </>
        ) : line.change === 'removed' ? null : line.change === 'added' ? (
          <ins>{value}</ins>
        ) : (
          value
        )}
      </td>
      <td className="approval-change">
        {line.change === 'same' ? null : (
          <StatusTag tone={TONES[line.change]}>{t(`approvals:content.${line.change}`)}</StatusTag>
        )}
      </td>
    </tr>
  )
}
