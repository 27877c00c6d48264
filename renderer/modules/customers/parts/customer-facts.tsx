import { formatMoment } from '#shared/i18n/formatters.ts'
import { missingInvoiceFields } from '#shared/modules/customers/customers.rules.ts'
import type { CustomerView } from '#shared/modules/customers/customers.schema.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { Facts, Panel, StatusTag } from '#renderer/ui/parts.tsx'
import { SEAT_ZONE } from '#renderer/modules/customers/customers.queries.ts'

const PLAIN = ['shortName', 'uscc', 'industry', 'phone', 'website', 'region', 'address'] as const
const WORDS = ['kind', 'size', 'source'] as const

/** What the file says of the customer itself. */
export function FactsPanel({ view }: { view: CustomerView }) {
  const t = useT()
  return (
    <Panel title={t('customers:panels.facts')}>
      <Facts
        items={[
          ...PLAIN.map((key) => ({ label: t(`customers:fields.${key}`), value: view[key] })),
          ...WORDS.map((key) => ({ label: t(`customers:fields.${key}`), value: t(`customers:${key}.${view[key]}`) })),
          { label: t('customers:columns.createdAt'), value: formatMoment(view.createdAt, SEAT_ZONE) },
          { label: t('customers:columns.updatedAt'), value: formatMoment(view.updatedAt, SEAT_ZONE) },
        ]}
      />
    </Panel>
  )
}

/** Whom to talk to; the primary contact stands first. */
export function ContactsPanel({ view }: { view: CustomerView }) {
  const t = useT()
  return (
    <Panel title={t('customers:groups.contacts')}>
      {view.contacts.length === 0 ? <p className="muted">{t('customers:contact.empty')}</p> : null}
      <ul className="contact-list">
        {view.contacts.map((contact) => (
          <li key={`${contact.name} ${contact.mobile} ${contact.email}`}>
            <div>
              <strong>{contact.name}</strong> <span className="muted">{contact.title}</span>{' '}
              {contact.primary ? <StatusTag tone="active">{t('customers:contact.primary')}</StatusTag> : null}
            </div>
            <div>{[contact.mobile, contact.phone, contact.email].filter(Boolean).join(' · ')}</div>
            <div className="muted">
              {[
                contact.wechat === '' ? '' : `${t('customers:contact.wechat')} ${contact.wechat}`,
                contact.decisionRole === 'unknown' ? '' : t(`customers:decisionRole.${contact.decisionRole}`),
                contact.birthday === null ? '' : `${t('customers:contact.birthday')} ${contact.birthday}`,
                `${t(`customers:consentBasis.${contact.consentBasis}`)} ${contact.consentDay ?? ''}`.trim(),
              ]
                .filter(Boolean)
                .join(' · ')}
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

/** The six parts of the invoice data, and which of them a special VAT invoice still lacks. */
export function InvoicePanel({ view }: { view: CustomerView }) {
  const t = useT()
  const word = (key: string) => t(`customers:invoice.${key}`)
  const missing = missingInvoiceFields(view.invoice)
  return (
    <Panel title={t('customers:groups.invoice')}>
      <Facts
        items={(Object.keys(view.invoice) as (keyof CustomerView['invoice'])[]).map((key) => ({
          label: word(key),
          value: view.invoice[key],
        }))}
      />
      {missing.length > 0 ? (
        <p className="muted">{t('customers:invoice.missing', { fields: missing.map(word).join(' · ') })}</p>
      ) : null}
    </Panel>
  )
}

export function NotesPanel({ view }: { view: CustomerView }) {
  const t = useT()
  if (view.needs === '' && view.note === '') return null
  return (
    <Panel title={t('customers:groups.notes')}>
      {(['needs', 'note'] as const).map((key) =>
        view[key] === '' ? null : (
          <p key={key} className="prose">
            <span className="muted">{t(`customers:fields.${key}`)}</span>
            {'\n'}
            {view[key]}
          </p>
        ),
      )}
    </Panel>
  )
}
