import { Link } from '@tanstack/react-router'
import type { CustomerView } from '#shared/modules/customers/customers.schema.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { Facts, Panel, StatusTag } from '#renderer/ui/parts.tsx'

/** The score by the firm's criteria, each with whether it is met. */
export function ScorePanel({ view }: { view: CustomerView }) {
  const t = useT()
  return (
    <Panel title={t('customers:score.title')} extra={<strong>{t('customers:score.of', { score: view.score })}</strong>}>
      {view.scoreReasons.length === 0 ? <p className="muted">{t('customers:score.none')}</p> : null}
      <Facts
        items={view.scoreReasons.map(({ key, points, met }) => ({
          label: t(`customers:score.criteria.${key}`),
          value: (
            <StatusTag tone={met ? 'done' : 'neutral'}>
              {met ? t('customers:score.points', { points }) : t('customers:score.points', { points: 0 })}
            </StatusTag>
          ),
        }))}
      />
    </Panel>
  )
}

/** Tags, campaign and further addresses, as far as there are any. */
export function MorePanel({ view }: { view: CustomerView }) {
  const t = useT()
  if (view.tags.length === 0 && view.addresses.length === 0 && view.campaignName === null) return null
  return (
    <Panel title={t('customers:fields.tags')}>
      <Facts
        items={[
          ...(view.tags.length > 0
            ? [
                {
                  label: t('customers:fields.tags'),
                  value: view.tags.map((tag) => (
                    <Link key={tag} className="tag-link" to={'/customers' as never} search={{ f: { tag } } as never}>
                      {tag}
                    </Link>
                  )),
                },
              ]
            : []),
          ...(view.campaignName === null
            ? []
            : [{ label: t('customers:fields.campaignId'), value: view.campaignName }]),
          ...view.addresses.map((place) => ({
            label: t(`customers:addressKind.${place.kind}`),
            value: [place.address, place.contact, place.phone].filter(Boolean).join(' · '),
          })),
        ]}
      />
    </Panel>
  )
}

/** Why a rejected file is one, and when it is to be deleted. */
export function RejectedNote({ view }: { view: CustomerView }) {
  const t = useT()
  if (view.stage !== 'rejected' || view.rejectReason === '') return null
  const reason = [t(`customers:rejectReason.${view.rejectReason}`), view.rejectNote].filter(Boolean).join(' · ')
  return <div className="notice attention">{t('customers:deleteOn', { reason, day: view.deleteDay ?? '' })}</div>
}
