import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { CompetitorFields } from '#shared/modules/deals/deals.schema.ts'
import { useCompetitorNames } from '#renderer/modules/deals/deals.queries.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { MoneyField } from '#renderer/ui/fields/number-fields.tsx'
import { SuggestField, TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useField } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'

const NEW: CompetitorFields = { name: '', product: '', price: null, note: '' }

/** Who else is in it, with what, and at what price. `path` is the list in the form. */
export function CompetitorsEditor({ path }: { path: string }) {
  const t = useT()
  const field = useField<readonly CompetitorFields[] | undefined>(path)
  const names = useCompetitorNames(useCan('market.read'))
  const rows = field.value ?? []
  const word = (key: string) => t(`deals:competitor.${key}`)
  return (
    <fieldset className="form-group">
      <legend>{t('deals:fields.competitors')}</legend>
      {rows.map((_row, at) => (
        // A competitor has no id of its own; its place is what the fields are bound to.
        <div className="deal-line" key={at}>
          <div className="form-grid">
            <SuggestField name={`${path}.${at}.name`} label={word('name')} max={80} suggestions={names} required />
            <TextField name={`${path}.${at}.product`} label={word('product')} max={80} />
            <MoneyField name={`${path}.${at}.price`} label={word('price')} />
            <TextField name={`${path}.${at}.note`} label={word('note')} max={200} />
          </div>
          <Button
            type="text"
            size="small"
            icon={<DeleteOutlined aria-hidden />}
            aria-label={t('deals:competitor.remove', { n: at + 1 })}
            onClick={() => field.set(rows.filter((_other, i) => i !== at))}
          />
        </div>
      ))}
      <Button
        size="small"
        icon={<PlusOutlined aria-hidden />}
        disabled={field.disabled || rows.length >= 30}
        onClick={() => field.set([...rows, NEW])}
      >
        {word('add')}
      </Button>
    </fieldset>
  )
}
