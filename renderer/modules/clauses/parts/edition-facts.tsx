import { formatMoment } from '#shared/i18n/formatters.ts'
import type { EditionHead } from '#shared/modules/clauses/clauses.schema.ts'
import { SEAT_ZONE } from '#renderer/modules/customers/customers.queries.ts'
import { useT } from '#renderer/ui/i18n.ts'

/** From when until when an edition counts. */
export function Validity({ edition }: { edition: EditionHead }) {
  const t = useT()
  if (edition.validFrom === null) return null
  return edition.validTo === null
    ? t('clauses:page.since', { from: edition.validFrom })
    : t('clauses:page.range', { from: edition.validFrom, to: edition.validTo })
}

/** Who published an edition, what was said of it, and why it was withdrawn. */
export function EditionStory({ edition }: { edition: EditionHead }) {
  const t = useT()
  const published =
    edition.publishedAt === null
      ? null
      : edition.publishedByName === ''
        ? t('clauses:page.shipped')
        : t('clauses:page.publishedBy', {
            name: edition.publishedByName,
            at: formatMoment(edition.publishedAt, SEAT_ZONE),
          })
  return (
    <>
      {edition.remark === '' ? null : <div>{edition.remark}</div>}
      {published === null ? null : <div className="muted">{published}</div>}
      {edition.withdrawnDay === null ? null : (
        <div className="muted">
          {t('clauses:page.withdrawnOn', { day: edition.withdrawnDay, reason: edition.withdrawReason })}
        </div>
      )}
    </>
  )
}
