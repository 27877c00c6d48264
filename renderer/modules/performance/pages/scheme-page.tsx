import { useParams } from '@tanstack/react-router'
import { Button, Select, Spin } from 'antd'
import { useState } from 'react'
import { z } from 'zod'
import { formatMoment, formatRate } from '#shared/i18n/formatters.ts'
import { plainMonth } from '#shared/kernel/dates.ts'
import { CATALOGUE } from '#shared/modules/performance/performance.indicators.schema.ts'
import type { SchemeBody, SchemeRow } from '#shared/modules/performance/performance.schemes.schema.ts'
import {
  curveText,
  definitionText,
  figureText,
  formatScore,
  tiersText,
} from '#shared/modules/performance/performance.words.ts'
import { SEAT_ZONE } from '#renderer/modules/customers/customers.queries.ts'
import { useSchemes } from '#renderer/modules/performance/performance.queries.ts'
import { api } from '#renderer/rpc/api.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { EmptyState, ErrorNotice, Facts, Page, Panel } from '#renderer/ui/parts.tsx'
import { useGo } from '#renderer/ui/use-go.ts'
import { firmMonth } from '#renderer/ui/firm-day.ts'
import { teamWords } from './scheme-list.tsx'

/** A scheme as one of its editions has it, with the way to the next one. */
export function SchemePage() {
  const t = useT()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const found = useSchemes()
  const row = found.data?.rows.find((one) => one.id === id)
  if (found.isPending) return <Spin className="grid-spin" />
  if (!row) {
    return (
      <Page title={t('performance:schemes.title')}>
        {found.shownError ? (
          <ErrorNotice error={found.shownError} />
        ) : (
          <EmptyState text={t('performance:schemes.gone')} />
        )}
      </Page>
    )
  }
  return <Scheme row={row} teams={found.data?.teams ?? []} />
}

const ending = z.strictObject({ lastMonth: plainMonth })

function Scheme({ row, teams }: { row: SchemeRow; teams: readonly { id: string; name: string }[] }) {
  const t = useT()
  const go = useGo()
  const notice = useNotice()
  const may = useCan('performance.schemes')
  const [no, setNo] = useState<number | null>(null)
  const [closing, setClosing] = useState(false)
  const edition = row.editions.find((one) => one.no === no) ?? row.editions[0]
  const word = (key: string, params?: Record<string, string | number>) => t(`performance:schemes.${key}`, params)
  if (!edition) return null
  const { id, version } = row
  const resume = () =>
    notice.tell(() => api.performance.schemes.end({ id: id as never, version, lastMonth: null }), word('resumed'))
  const newest = row.editions[0]
  return (
    <Page
      title={row.name}
      action={
        may ? (
          <Button type="primary" onClick={() => go(`/performance/schemes/${id}/edit`)}>
            {word(newest?.used ? 'follow' : 'edit')}
          </Button>
        ) : null
      }
      filters={
        <>
          <Select
            value={edition.no}
            aria-label={word('editions')}
            popupMatchSelectWidth={false}
            options={row.editions.map((one) => ({
              value: one.no,
              label: `${word('edition', { no: one.no })} · ${word('from', { month: one.fromMonth })}`,
            }))}
            onChange={setNo}
          />
          <span className="muted">
            {word('savedBy', { name: edition.savedBy, time: formatMoment(edition.savedAt, SEAT_ZONE) })}
          </span>
          <span className="spacer" />
          {may && row.lastMonth === null ? <Button onClick={() => setClosing(true)}>{word('end')}</Button> : null}
          {may && row.lastMonth !== null ? <Button onClick={() => void resume()}>{word('resume')}</Button> : null}
        </>
      }
    >
      <Panel title={word('group.scope')}>
        <Facts
          items={[
            {
              label: word('fields.roles'),
              value: edition.body.roles.map((role) => t(`policy:roles.${role}`)).join(t('performance:rules.between')),
            },
            { label: word('fields.teamIds'), value: teamWords(edition.body.teamIds, teams, word('everybody')) },
            { label: word('fields.fromMonth'), value: edition.fromMonth },
            { label: word('fields.lastMonth'), value: row.lastMonth ?? word('ongoing') },
            {
              label: t('performance:extra.title'),
              value: t('performance:extra.caps', {
                up: formatScore(edition.body.extra.mostUp),
                down: formatScore(edition.body.extra.mostDown),
              }),
            },
          ]}
        />
      </Panel>
      <Items body={edition.body} />
      <Grades body={edition.body} />
      <ActionForm
        title={word('end')}
        hint={word('endHint')}
        open={closing}
        schema={ending}
        initial={{ lastMonth: firmMonth() }}
        submitLabel={word('end')}
        danger
        onClose={() => setClosing(false)}
        submit={async ({ lastMonth }) => {
          await api.performance.schemes.end({ id: id as never, version, lastMonth })
          notice.done(word('ended'))
        }}
      >
        <TextField name="lastMonth" label={word('fields.lastMonth')} max={7} required />
      </ActionForm>
    </Page>
  )
}

function Items({ body }: { body: SchemeBody }) {
  const t = useT()
  const head = (key: string) => t(`performance:columns.${key}`)
  return (
    <Panel title={t('performance:schemes.group.items')}>
      <table className="plain-table scheme-read">
        <thead>
          <tr>
            <th scope="col">{head('indicator')}</th>
            <th scope="col">{head('kind')}</th>
            <th scope="col" className="num">
              {head('weight')}
            </th>
            <th scope="col" className="num">
              {head('target')}
            </th>
            <th scope="col">{head('rule')}</th>
            <th scope="col">{head('definition')}</th>
          </tr>
        </thead>
        <tbody>
          {body.items.map((item) => (
            <tr key={item.indicator}>
              <td>{t(`performance:indicators.${item.indicator}`)}</td>
              <td>{t(`performance:kinds.${CATALOGUE[item.indicator].kind}`)}</td>
              <td className="num">{formatRate(item.weight)}</td>
              <td className="num">
                {figureText(item.indicator, item.target)}
                <span className="muted locked-figure">{tiersText(item.curve, item.indicator, item.target, t)}</span>
              </td>
              <td>{curveText(item.curve, item.indicator, t)}</td>
              <td className="muted">{definitionText(item.indicator, item.param, t)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}

function Grades({ body }: { body: SchemeBody }) {
  const t = useT()
  if (body.grades.length === 0) return null
  const word = (key: string) => t(`performance:schemes.band.${key}`)
  return (
    <Panel title={t('performance:schemes.group.grades')}>
      <table className="plain-table scheme-grades">
        <thead>
          <tr>
            <th scope="col">{word('name')}</th>
            <th scope="col" className="num">
              {word('from')}
            </th>
            <th scope="col" className="num">
              {word('coefficient')}
            </th>
            <th scope="col" className="num">
              {word('most')}
            </th>
          </tr>
        </thead>
        <tbody>
          {body.grades.map((band) => (
            <tr key={band.name}>
              <td>{band.name}</td>
              <td className="num">{formatScore(band.from)}</td>
              <td className="num">{formatRate(band.coefficient)}</td>
              <td className="num">
                {typeof band.most === 'number' ? formatRate(band.most) : t('performance:bonus.noMost')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}
