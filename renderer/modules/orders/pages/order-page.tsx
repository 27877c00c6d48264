import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Button, Spin } from 'antd'
import { useState } from 'react'
import { formatMoment } from '#shared/i18n/formatters.ts'
import { formatQuantity } from '#shared/modules/contracts/contracts.format.ts'
import { leftOf } from '#shared/modules/orders/orders.rules.ts'
import type { OrderDelivery, OrderView } from '#shared/modules/orders/orders.schema.ts'
import { OrderCredit } from '#renderer/modules/credit/parts/order-credit.tsx'
import { SEAT_ZONE } from '#renderer/modules/customers/customers.queries.ts'
import { DeliveryDrawer } from '#renderer/modules/orders/parts/delivery-drawer.tsx'
import { OrderStageTag } from '#renderer/modules/orders/parts/stage-tag.tsx'
import { api, shownError } from '#renderer/rpc/api.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useWithReason } from '#renderer/ui/notices.tsx'
import { ErrorNotice, Facts, Page, Panel } from '#renderer/ui/parts.tsx'
import { firmToday } from '#renderer/ui/firm-day.ts'

/** One order: what is to be delivered, what was, and the contract it comes from. */
export function OrderPage() {
  const t = useT()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const found = useQuery({ queryKey: ['orders', 'get', id], queryFn: () => api.orders.get({ id: id as never }) })
  if (found.error) {
    return (
      <Page title={t('orders:title')}>
        <ErrorNotice error={shownError(found.error)} onRetry={() => void found.refetch()} />
      </Page>
    )
  }
  return found.data ? <Shown order={found.data} /> : <Spin className="grid-spin" />
}

function Shown({ order }: { order: OrderView }) {
  const t = useT()
  const may = useCan('orders.write')
  const [open, setOpen] = useState(false)
  const deliverable = may && (order.stage === 'open' || order.stage === 'partly')
  return (
    <Page
      title={`${order.number} ${order.title}`}
      extra={<OrderStageTag row={order} />}
      action={
        deliverable ? (
          <Button type="primary" onClick={() => setOpen(true)}>
            {t('orders:page.deliver')}
          </Button>
        ) : null
      }
    >
      {deliverable ? <OrderCredit orderId={order.id} /> : null}
      {order.stage === 'cancelled' ? <div className="notice">{t('orders:page.cancelled')}</div> : null}
      <div className="columns-main">
        <div className="page">
          <Panel title={t('orders:page.lines')}>
            <LinesTable order={order} />
          </Panel>
          <Panel title={t('orders:page.deliveries')}>
            <DeliveriesTable order={order} may={may && order.stage !== 'cancelled'} />
          </Panel>
        </div>
        <div className="page">
          <Panel title={t('orders:page.facts')}>
            <Facts
              items={[
                {
                  label: t('orders:columns.contract'),
                  value: <Link to={`/contracts/${order.contractId}` as never}>{order.contractNumber}</Link>,
                },
                {
                  label: t('orders:page.customer'),
                  value: <Link to={`/customers/${order.customerId}` as never}>{order.buyerName}</Link>,
                },
                { label: t('orders:columns.owner'), value: order.ownerName },
                { label: t('orders:columns.signDay'), value: order.signDay },
                { label: t('orders:columns.deliveryDay'), value: order.deliveryDay ?? '' },
                { label: t('orders:columns.updatedAt'), value: formatMoment(order.updatedAt, SEAT_ZONE) },
              ]}
            />
          </Panel>
        </div>
      </div>
      <DeliveryDrawer order={order} open={open} onClose={() => setOpen(false)} today={firmToday()} />
    </Page>
  )
}

function LinesTable({ order }: { order: OrderView }) {
  const t = useT()
  const head = (key: string) => t(`orders:line.${key}`)
  return (
    <table className="plain-table lines-table">
      <thead>
        <tr>
          <th>{head('name')}</th>
          <th>{head('spec')}</th>
          <th className="num">{head('quantity')}</th>
          <th className="num">{head('delivered')}</th>
          <th className="num">{head('left')}</th>
          <th>{head('unit')}</th>
          <th>{head('deliveryDay')}</th>
        </tr>
      </thead>
      <tbody>
        {order.lines.map((line) => (
          <tr key={line.id}>
            <td>{line.name}</td>
            <td>{line.spec}</td>
            <td className="num">{formatQuantity(line.quantity)}</td>
            <td className="num">{formatQuantity(line.delivered)}</td>
            <td className="num">{formatQuantity(leftOf(line))}</td>
            <td>{line.unit}</td>
            <td>{line.deliveryDay ?? ''}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function DeliveriesTable({ order, may }: { order: OrderView; may: boolean }) {
  const t = useT()
  const names = new Map(order.lines.map((line) => [line.id, line]))
  if (order.deliveries.length === 0) return <p className="muted">{t('orders:page.none')}</p>
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th>{t('orders:delivery.day')}</th>
          <th>{t('orders:line.name')}</th>
          <th className="num">{t('orders:line.quantity')}</th>
          <th>{t('orders:delivery.note')}</th>
          <th>{t('orders:delivery.by')}</th>
          <th>
            <span className="visually-hidden">{t('orders:delivery.reverse')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {order.deliveries.map((row) => (
          <tr key={row.id} className={row.reversed ? 'muted' : ''}>
            <td>{row.day}</td>
            <td>{names.get(row.lineId)?.name ?? ''}</td>
            <td className="num">
              {formatQuantity(row.quantity)} {names.get(row.lineId)?.unit ?? ''}
            </td>
            <td>{row.note}</td>
            <td>{row.recordedByName}</td>
            <td>{row.reversed ? <Reversed row={row} /> : may ? <ReverseButton order={order} row={row} /> : null}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Reversed({ row }: { row: OrderDelivery }) {
  const t = useT()
  return <>{t('orders:delivery.reversed', { reason: row.reversed?.reason ?? '', who: row.reversed?.byName ?? '' })}</>
}

/** Takes a delivery back that was entered in error, with the reason. */
function ReverseButton({ order, row }: { order: OrderView; row: OrderDelivery }) {
  const t = useT()
  const withReason = useWithReason()
  const reverse = () =>
    withReason(
      {
        title: t('orders:delivery.reverseTitle'),
        text: t('orders:delivery.reverseText'),
        action: t('orders:delivery.reverse'),
        reason: { label: t('orders:delivery.reason'), max: 200 },
      },
      (reason) =>
        api.orders.reverse({ id: order.id as never, version: order.version, deliveryId: row.id as never, reason }),
      t('orders:delivery.reverseDone'),
    )
  return (
    <Button size="small" onClick={() => void reverse()}>
      {t('orders:delivery.reverse')}
    </Button>
  )
}
