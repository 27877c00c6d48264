import { SEVERITIES, type Finding } from '#shared/modules/contracts/contracts.schema.ts'
import { useHasWords, useT } from '#renderer/ui/i18n.ts'
import { Panel, StatusTag } from '#renderer/ui/parts.tsx'

const TONES = { error: 'danger', warning: 'attention', note: 'neutral' } as const

interface Steps {
  /** Goes to the field of a finding. */
  readonly onGoTo?: (finding: Finding) => void
  /** Puts the proposed wording into its field. */
  readonly onTake?: (finding: Finding) => void
}

/** What the check found, required parts first; each line goes to its field and says what would put it right. */
export function FindingsList(props: { findings: readonly Finding[] } & Steps) {
  const t = useT()
  const { findings, ...steps } = props
  const ordered = SEVERITIES.flatMap((severity) => findings.filter((finding) => finding.severity === severity))
  const number = (severity: Finding['severity']) => findings.filter((f) => f.severity === severity).length
  const count = t('contracts:editor.checkCount', { errors: number('error'), warnings: number('warning') })
  return (
    <Panel title={t('contracts:editor.check')} extra={<span className="muted">{count}</span>}>
      {ordered.length === 0 ? (
        <StatusTag tone="done" icon>
          {t('contracts:findings.none')}
        </StatusTag>
      ) : (
        <div className="findings" tabIndex={0} role="group" aria-label={t('contracts:editor.check')}>
          <ul>
            {ordered.map((finding) => (
              <FindingItem key={keyOf(finding)} finding={finding} {...steps} />
            ))}
          </ul>
        </div>
      )}
    </Panel>
  )
}

/** What tells findings of one check apart. */
export const keyOf = (finding: Finding): string =>
  [finding.code, finding.path.join('.'), ...Object.values(finding.params ?? {})].join(' ')

function FindingItem({ finding, onGoTo, onTake }: { finding: Finding } & Steps) {
  const t = useT()
  const hasWords = useHasWords()
  const proposal = `contracts:proposals.${finding.code}`
  return (
    <li>
      <StatusTag tone={TONES[finding.severity]}>{t(`contracts:severities.${finding.severity}`)}</StatusTag>
      <div className="finding-text">
        <FindingText finding={finding} {...(onGoTo ? { onGoTo } : {})} />
        {hasWords(proposal) ? (
          <p className="muted">
            {t('contracts:editor.proposal')} {t(proposal, finding.params)}{' '}
            {finding.wording && onTake ? (
              <button type="button" className="link-button" onClick={() => onTake(finding)}>
                {t('contracts:editor.take')}
              </button>
            ) : null}
          </p>
        ) : null}
      </div>
      <span className="muted">{finding.article === null ? '' : t(`contracts:articles.${finding.article}`)}</span>
    </li>
  )
}

function FindingText(props: { finding: Finding; onGoTo?: (finding: Finding) => void }) {
  const t = useT()
  const { finding, onGoTo } = props
  const row = finding.path.find((part) => typeof part === 'number')
  const side = finding.path.find((part) => part === 'ourAuthority' || part === 'theirAuthority')
  const signer = side === 'ourAuthority' ? 'ourSigner' : 'theirSigner'
  const text = [
    t(`contracts:findings.${finding.code}`, finding.params),
    ...(row === undefined ? [] : [row + 1]),
    // The same is found of both sides: it says of which.
    ...(side === undefined ? [] : [t(`contracts:fields.${signer}`)]),
  ].join(' · ')
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
