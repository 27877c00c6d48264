import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { formatMoment } from '#shared/i18n/formatters.ts'
import { editionOn, standingOn } from '#shared/modules/clauses/clauses.editions.rules.ts'
import type { EditionHead, Standing } from '#shared/modules/clauses/clauses.schema.ts'
import { SEAT_ZONE } from '#renderer/modules/customers/customers.queries.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { firmToday } from '#renderer/ui/firm-day.ts'

/** How an edition stands today among all of them: in force is only the one that counts. */
export function standingAmong(editions: readonly EditionHead[], edition: EditionHead): Standing | 'superseded' {
  const own = standingOn(edition, firmToday())
  return own === 'inForce' && editionOn(editions, firmToday()) !== edition ? 'superseded' : own
}

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

/** What is done with a published edition: a draft is begun from it where there is none, or it is withdrawn. */
export function EditionActions(props: {
  edition: EditionHead
  editions: readonly EditionHead[]
  /** The address of the editor. */
  editor: string
  onWithdraw: (no: number) => Promise<void>
}) {
  const t = useT()
  const navigate = useNavigate()
  const may = useCan('clauses.write')
  const { no, state } = props.edition
  if (!may || state !== 'published') return null
  const hasDraft = props.editions.some((edition) => edition.state === 'draft')
  return (
    <span className="action-bar">
      {hasDraft ? null : (
        <Button
          size="small"
          onClick={() => void navigate({ to: props.editor as never, search: { from: no } as never })}
        >
          {t('clauses:page.from')}
        </Button>
      )}
      <Button size="small" aria-label={t('clauses:page.withdrawOf', { no })} onClick={() => void props.onWithdraw(no)}>
        {t('clauses:page.withdraw')}
      </Button>
    </span>
  )
}
