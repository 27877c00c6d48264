import { App } from 'antd'
import { z } from 'zod'
import { plainDay } from '#shared/kernel/dates.ts'
import { optionalText } from '#shared/kernel/text.ts'
import { formatQuantity, parseDecimal } from '#shared/modules/contracts/contracts.format.ts'
import { leftOf } from '#shared/modules/orders/orders.rules.ts'
import type { OrderView } from '#shared/modules/orders/orders.schema.ts'
import { api } from '#renderer/rpc/api.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { NumberCell } from '#renderer/ui/fields/cells.tsx'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'

const MAX = 1_000_000_000_000
const quantities = z.array(z.number('validation:notANumber').int().min(0).max(MAX))
const schema = z
  .strictObject({ day: plainDay, note: optionalText(200), quantities })
  .refine((form) => form.quantities.some((quantity) => quantity > 0), {
    path: ['quantities'],
    message: 'orders:delivery.nothing',
  })

/** Records what left the house on one day: every line starts with what is left of it. */
export function DeliveryDrawer(props: { order: OrderView; open: boolean; onClose: () => void; today: string }) {
  const t = useT()
  const { message } = App.useApp()
  const { order } = props
  const lines = order.lines.filter((line) => leftOf(line) > 0)
  const head = (key: string) => t(`orders:line.${key}`)
  return (
    <ActionForm
      title={t('orders:delivery.title')}
      hint={t('orders:delivery.hint')}
      open={props.open}
      schema={schema}
      initial={{ day: props.today, note: '', quantities: lines.map(leftOf) }}
      submitLabel={t('orders:delivery.submit')}
      onClose={props.onClose}
      submit={async (form) => {
        const parts = lines.flatMap((line, i) => {
          const quantity = form.quantities[i] ?? 0
          return quantity > 0 ? [{ lineId: line.id as never, quantity }] : []
        })
        await api.orders.deliver({
          id: order.id as never,
          version: order.version,
          day: form.day,
          note: form.note,
          parts,
        })
        message.success(t('orders:delivery.done'))
      }}
    >
      <DayField name="day" label={t('orders:delivery.day')} required />
      <TextField name="note" label={t('orders:delivery.note')} max={200} />
      <table className="plain-table cells">
        <thead>
          <tr>
            <th>{head('name')}</th>
            <th>{head('spec')}</th>
            <th className="num">{head('left')}</th>
            <th className="num">{head('quantity')}</th>
            <th>{head('unit')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line, i) => (
            <tr key={line.id}>
              <td>{line.name}</td>
              <td>{line.spec}</td>
              <td className="num">{formatQuantity(leftOf(line))}</td>
              <td>
                <NumberCell
                  name={`quantities.${i}`}
                  label={`${head('quantity')} ${i + 1}`}
                  parse={(text) => parseDecimal(text, 3, MAX)}
                  format={formatQuantity}
                />
              </td>
              <td>{line.unit}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ActionForm>
  )
}
