import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Input, Select } from 'antd'
import { useEffect, useState } from 'react'
import { distributeShares, WHOLE, withShare } from '#shared/modules/deals/deals.rules.ts'
import type { DealSplit } from '#shared/modules/deals/deals.schema.ts'
import { usePeopleChoices } from '#renderer/modules/customers/customers.queries.ts'
import { parseRate } from '#renderer/ui/fields/number-fields.tsx'
import { useField, useForm } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'

/** A share as it is typed and shown, without the sign. */
const shown = (share: number) => String(share / 100)

/**
 * Who has how much of the credit. A share that is typed leaves those before it as they are; those after it take up the
 * rest, so the sum is 100 % at every moment. No row: all of it is the owner's.
 */
export function SplitsEditor() {
  const t = useT()
  const form = useForm()
  const people = usePeopleChoices()
  const field = useField<readonly DealSplit[] | undefined>('splits')
  const rows = field.value ?? []
  const owner = form.values['ownerId'] as string | null
  const spread = (list: readonly DealSplit[], shares: readonly number[]) =>
    field.set(list.map((row, i) => ({ ...row, share: shares[i] ?? 0 })))
  const add = () => {
    const used = new Set(rows.map((row) => row.userId))
    const next = (used.size === 0 ? owner : null) ?? people.find((person) => !used.has(person.value))?.value
    if (!next) return
    const list = [...rows, { userId: next, share: 0 }]
    // Whoever comes in gets as much as if all shared evenly; the others keep their proportions.
    const usual = Math.floor(WHOLE / Math.max(1, rows.length))
    spread(list, distributeShares([...rows.map((row) => row.share), usual]))
  }
  const remove = (at: number) => {
    const list = rows.filter((_row, i) => i !== at)
    spread(list, distributeShares(list.map((row) => row.share)))
  }
  return (
    <fieldset className="form-group" data-path="splits">
      <legend>{t('deals:fields.splits')}</legend>
      {rows.length === 0 ? <p className="muted">{t('deals:split.ownerOnly')}</p> : null}
      {field.error ? (
        <p className="field-note error" role="alert">
          {field.error}
        </p>
      ) : null}
      {rows.map((row, at) => (
        <div className="split-row" key={at}>
          <Select
            aria-label={t('deals:split.person', { n: at + 1 })}
            value={row.userId}
            options={people.filter(({ value }) => value === row.userId || !rows.some((r) => r.userId === value))}
            showSearch={{ optionFilterProp: 'label' }}
            disabled={field.disabled}
            onChange={(userId: string) => field.set(rows.map((r, i) => (i === at ? { ...r, userId } : r)))}
          />
          <ShareInput
            label={t('deals:split.share', { n: at + 1 })}
            share={row.share}
            disabled={field.disabled || rows.length === 1}
            onShare={(share) =>
              spread(
                rows,
                withShare(
                  rows.map((r) => r.share),
                  at,
                  share,
                ),
              )
            }
          />
          <Button
            type="text"
            size="small"
            icon={<DeleteOutlined aria-hidden />}
            aria-label={t('deals:split.remove', { n: at + 1 })}
            onClick={() => remove(at)}
          />
        </div>
      ))}
      <span className="action-bar">
        <Button
          size="small"
          icon={<PlusOutlined aria-hidden />}
          disabled={field.disabled || rows.length >= 20}
          onClick={add}
        >
          {t('deals:split.add')}
        </Button>
        {rows.length > 1 ? (
          <Button size="small" onClick={() => spread(rows, distributeShares(rows.map(() => 1)))}>
            {t('deals:split.even')}
          </Button>
        ) : null}
      </span>
    </fieldset>
  )
}

/** A share in percent; read when the field is left, so that nothing moves while one types. */
function ShareInput(props: { label: string; share: number; disabled: boolean; onShare: (share: number) => void }) {
  const [text, setText] = useState(shown(props.share))
  useEffect(() => setText(shown(props.share)), [props.share])
  const leave = () => {
    const share = parseRate(text)
    if (share !== null && share !== props.share) props.onShare(share)
    else setText(shown(props.share))
  }
  return (
    <Input
      aria-label={props.label}
      className="money"
      inputMode="decimal"
      suffix="%"
      value={text}
      disabled={props.disabled}
      onChange={(event) => setText(event.target.value)}
      onBlur={leave}
    />
  )
}
