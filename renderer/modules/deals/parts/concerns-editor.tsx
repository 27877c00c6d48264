import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { CONCERN_STATES, type ConcernFields } from '#shared/modules/deals/deals.schema.ts'
import { SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useField } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'

const NEW: ConcernFields = { topic: '', answer: '', status: 'open' }

/** What the customer is worried about, what was answered, and whether it is out of the way. */
export function ConcernsEditor({ path }: { path: string }) {
  const t = useT()
  const field = useField<readonly ConcernFields[] | undefined>(path)
  const rows = field.value ?? []
  const word = (key: string) => t(`deals:concern.${key}`)
  const states = CONCERN_STATES.map((value) => ({ value, label: t(`deals:concernState.${value}`) }))
  return (
    <fieldset className="form-group">
      <legend>{t('deals:fields.concerns')}</legend>
      {field.error ? (
        <p className="field-note error" role="alert">
          {field.error}
        </p>
      ) : null}
      {rows.map((_row, at) => (
        <div className="deal-line" key={at}>
          <div className="form-grid">
            <TextField name={`${path}.${at}.topic`} label={word('topic')} max={200} required />
            <TextField name={`${path}.${at}.answer`} label={word('answer')} max={500} />
            <SelectField name={`${path}.${at}.status`} label={word('status')} options={states} />
          </div>
          <Button
            type="text"
            size="small"
            icon={<DeleteOutlined aria-hidden />}
            aria-label={t('deals:concern.remove', { n: at + 1 })}
            onClick={() => field.set(rows.filter((_other, i) => i !== at))}
          />
        </div>
      ))}
      <Button
        size="small"
        icon={<PlusOutlined aria-hidden />}
        disabled={field.disabled || rows.length >= 50}
        onClick={() => field.set([...rows, NEW])}
      >
        {word('add')}
      </Button>
    </fieldset>
  )
}
