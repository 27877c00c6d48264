import type { InvoiceFinding } from '#shared/modules/invoices/invoices.schema.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { StatusTag } from '#renderer/ui/parts.tsx'

const TONES = { error: 'danger', warning: 'attention' } as const

/** Where an invoice departs, each with the article that it rests on. `null`: not checked yet. */
export function Findings({ findings }: { findings: readonly InvoiceFinding[] | null }) {
  const t = useT()
  if (findings === null) return <p className="muted">{t('invoices:check.waiting')}</p>
  if (findings.length === 0) {
    return (
      <p>
        <StatusTag tone="done" icon>
          {t('invoices:check.none')}
        </StatusTag>
      </p>
    )
  }
  return (
    <ul className="invoice-findings" aria-live="polite">
      {findings.map((finding) => (
        <li key={`${finding.code} ${finding.path ?? ''}`}>
          <StatusTag tone={TONES[finding.severity]}>{t(`invoices:severities.${finding.severity}`)}</StatusTag>
          <span>{t(`invoices:findings.${finding.code}`, finding.params)}</span>
          <span className="muted">{finding.article === null ? '' : t(`contracts:articles.${finding.article}`)}</span>
        </li>
      ))}
    </ul>
  )
}
