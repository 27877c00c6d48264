import { Link } from '@tanstack/react-router'
import { Select, Spin } from 'antd'
import { useState } from 'react'
import { asDay } from '#shared/kernel/dates.ts'
import { usePeopleChoices } from '#renderer/modules/customers/customers.queries.ts'
import { useForecast } from '#renderer/modules/deals/deals.queries.ts'
import { ForecastChart, ForecastTable, useBucketName } from '#renderer/modules/deals/parts/forecast-table.tsx'
import { LossesPanel } from '#renderer/modules/deals/parts/losses-panel.tsx'
import { MovementTable } from '#renderer/modules/deals/parts/movement-table.tsx'
import { PartsDrawer, type NumberOf } from '#renderer/modules/deals/parts/parts-drawer.tsx'
import '#renderer/modules/deals/deals.css'
import { api } from '#renderer/rpc/api.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { ErrorNotice, Page } from '#renderer/ui/parts.tsx'
import { firmToday } from '#renderer/ui/firm-day.ts'

const MONTHS = 6

/** What the pipeline will bring, how it moved, and why deals were lost. */
export function ForecastPage() {
  const t = useT()
  const people = usePeopleChoices()
  const bucketName = useBucketName()
  const [ownerId, setOwnerId] = useState<string | undefined>(undefined)
  const [number, setNumber] = useState<NumberOf | null>(null)
  const found = useForecast(MONTHS, ownerId)
  const forecast = found.data
  const open = (bucket: string, userId: string | null) => {
    const asked = { months: MONTHS, bucket, userId, ...(ownerId ? { ownerId } : {}) }
    const who = forecast?.people.find((person) => person.id === userId)?.name ?? ''
    setNumber({
      title: [t('deals:forecastTitle'), bucket === 'total' ? t('deals:sum') : bucketName(bucket), who]
        .filter(Boolean)
        .join(' · '),
      key: ['forecast', asked],
      load: () => api.deals.forecastRows(asked),
      weighted: true,
    })
  }
  const today = asDay(forecast?.today ?? firmToday())
  return (
    <Page
      title={t('deals:forecastTitle')}
      extra={<span className="muted">{t('deals:forecast.hint')}</span>}
      action={<Link to={'/deals' as never}>{t('deals:title')}</Link>}
      filters={
        <Select
          allowClear
          className="board-owner"
          placeholder={t('deals:fields.ownerId')}
          aria-label={t('deals:fields.ownerId')}
          value={ownerId ?? null}
          options={people}
          showSearch={{ optionFilterProp: 'label' }}
          onChange={(value: string | null | undefined) => setOwnerId(value ?? undefined)}
        />
      }
    >
      {found.shownError ? <ErrorNotice error={found.shownError} onRetry={() => void found.refetch()} /> : null}
      {found.isPending ? <Spin className="grid-spin" /> : null}
      {forecast ? (
        <>
          <ForecastTable forecast={forecast} onNumber={open} />
          <ForecastChart forecast={forecast} onNumber={(bucket) => open(bucket, null)} />
          <MovementTable today={today} ownerId={ownerId} onNumber={setNumber} />
          <LossesPanel today={today} ownerId={ownerId} />
        </>
      ) : null}
      <PartsDrawer of={number} onClose={() => setNumber(null)} />
    </Page>
  )
}
