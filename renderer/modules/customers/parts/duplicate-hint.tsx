import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { firmDomain } from '#shared/modules/customers/customers.rules.ts'
import type { DuplicateHit } from '#shared/modules/customers/customers.schema.ts'
import { api } from '#renderer/rpc/api.ts'
import { useForm } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'

const AFTER_MS = 300
const LONGEST = { name: 80, uscc: 40, phone: 40 } as const
const LONGEST_MAIL = 120

/** Says while one types that this customer may be there already; of somebody else's it tells only whose it is. */
export function DuplicateHint(props: { exceptId: string | null }) {
  const t = useT()
  const { values } = useForm()
  const typed = (name: keyof typeof LONGEST) =>
    String(values[name] ?? '')
      .trim()
      .slice(0, LONGEST[name])
  const email = firstFirmMail(values['contacts'])
  const keys = { name: typed('name'), uscc: typed('uscc'), phone: typed('phone'), email }
  const asked = useSettled(keys)
  const hits = useQuery({
    queryKey: ['customers', 'duplicates', asked, props.exceptId],
    queryFn: () => api.customers.duplicates({ ...asked, exceptId: props.exceptId }),
    enabled: Object.values(asked).some((text) => text.length > 1),
  })
  const found = hits.data ?? []
  return (
    <div className="duplicates" role="status">
      {found.length > 0 ? (
        <div className="notice attention">
          <strong>{t('customers:duplicates.title')}</strong>
          <ul>
            {found.map((hit) => (
              <li key={`${hit.by} ${hit.id ?? hit.ownerName ?? ''}`}>
                <HitLine hit={hit} />
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </div>
  )
}

/** The first address at a firm's own domain: colleagues of a known customer write from the same. */
function firstFirmMail(contacts: unknown): string {
  if (!Array.isArray(contacts)) return ''
  const mails = contacts.map((contact: { email?: unknown }) => String(contact.email ?? '').trim())
  return mails.find((mail) => mail.length <= LONGEST_MAIL && firmDomain(mail).includes('.')) ?? ''
}

function HitLine({ hit }: { hit: DuplicateHit }) {
  const t = useT()
  const owner = hit.ownerName ?? t('customers:duplicates.nobody')
  const why = <span className="muted">{t(`customers:duplicates.${hit.by}`)}</span>
  if (!hit.visible)
    return (
      <>
        {t('customers:duplicates.hidden', { owner })} {why}
      </>
    )
  return (
    <>
      <Link to={`/customers/${hit.id ?? ''}` as never}>{hit.name}</Link> {hit.code} · {owner} {why}
    </>
  )
}

/** The value once it has rested for a moment, so that not every key asks the core. */
function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value)
  const text = JSON.stringify(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(JSON.parse(text) as T), AFTER_MS)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}
