import type { Finding } from '#shared/modules/contracts/contracts.schema.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { Panel, StatusTag } from '#renderer/ui/parts.tsx'

/** What the check found, required parts first; each line goes to its field. */
export function FindingsList(props: { findings: readonly Finding[]; onGoTo?: (finding: Finding) => void }) {
  const t = useT()
  const errors = props.findings.filter((finding) => finding.severity === 'error')
  const warnings = props.findings.filter((finding) => finding.severity === 'warning')
  const ordered = [...errors, ...warnings]
  const count = t('contracts:editor.checkCount', { errors: errors.length, warnings: warnings.length })
  return (
    <Panel title={t('contracts:editor.check')} extra={<span className="muted">{count}</span>}>
      {ordered.length === 0 ? (
        <StatusTag tone="done" icon>
          {t('contracts:findings.none')}
        </StatusTag>
      ) : (
        <ul className="findings">
          {ordered.map((finding) => (
            <li key={`${finding.code} ${finding.path.join('.')} ${finding.params?.['name'] ?? ''}`}>
              <StatusTag tone={finding.severity === 'error' ? 'danger' : 'attention'}>
                {t(`contracts:severities.${finding.severity}`)}
              </StatusTag>
              <FindingText finding={finding} {...(props.onGoTo ? { onGoTo: props.onGoTo } : {})} />
              <span className="muted">
                {finding.article === null ? '' : t(`contracts:articles.${finding.article}`)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

function FindingText(props: { finding: Finding; onGoTo?: (finding: Finding) => void }) {
  const t = useT()
  const { finding, onGoTo } = props
  const row = finding.path.find((part) => typeof part === 'number')
  const text = `${t(`contracts:findings.${finding.code}`, finding.params)}${row === undefined ? '' : ` · ${row + 1}`}`
  if (!onGoTo) return <span>{text}</span>
  return (
    <button type="button" className="link-button" title={t('contracts:editor.goTo')} onClick={() => onGoTo(finding)}>
      {text}
    </button>
  )
}

/** Brings the field of a finding into view and puts the cursor there. */
export function goToField(root: HTMLElement | null, path: Finding['path']): void {
  for (let length = path.length; length > 0; length -= 1) {
    const name = path.slice(0, length).join('.')
    const place = root?.querySelector<HTMLElement>(`[data-path="${CSS.escape(name)}"]`)
    if (!place) continue
    const inner = 'input:not([disabled]), textarea:not([disabled]), button:not([disabled])'
    const target = place.matches('input, textarea') ? place : place.querySelector<HTMLElement>(inner)
    const goal = target ?? place
    goal.scrollIntoView({ block: 'center' })
    goal.focus({ preventScroll: true })
    return
  }
}
