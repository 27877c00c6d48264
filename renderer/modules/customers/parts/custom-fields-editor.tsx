import { ArrowDownOutlined, ArrowUpOutlined } from '@ant-design/icons'
import { Button, Spin } from 'antd'
import { useMemo, useState } from 'react'
import type { Translate } from '#shared/i18n/translate.ts'
import { labelIn } from '#shared/modules/customers/customers.fields.rules.ts'
import type { FieldView } from '#shared/modules/customers/customers.fields.schema.ts'
import { api } from '#renderer/rpc/api.ts'
import { useCommand, useList } from '#renderer/rpc/queries.ts'
import { FormProvider } from '#renderer/ui/form-provider.tsx'
import { setPath, type FormValues } from '#renderer/ui/form-state.ts'
import { useLocale, useT } from '#renderer/ui/i18n.ts'
import { useConfirm, useNotice } from '#renderer/ui/notices.tsx'
import { EmptyState, ErrorNotice, Panel, StatusTag } from '#renderer/ui/parts.tsx'
import { CustomFieldDrawer } from './custom-field-drawer.tsx'
import { CustomFieldsGroup } from './custom-fields-form.tsx'
import '#renderer/modules/customers/custom-fields.css'

/** The firm's own fields: made, changed, put in order by keyboard, retired; and how the form looks with them. */
export function CustomFieldsEditor() {
  const t = useT()
  const [editing, setEditing] = useState<FieldView | null | undefined>(undefined)
  const found = useList('customers', ['fields'], () => api.customers.fields.list({}))
  const order = useOrder(found.data ?? [])
  if (found.shownError) return <ErrorNotice error={found.shownError} onRetry={() => void found.refetch()} />
  if (!found.data) return <Spin className="grid-spin" />
  const add = <Button onClick={() => setEditing(null)}>{t('fields:new')}</Button>
  return (
    <div className="columns-main">
      <Panel title={t('fields:title')} extra={add}>
        <p className="muted">{t('fields:intro')}</p>
        {order.fields.length === 0 ? (
          <EmptyState text={t('fields:empty')} />
        ) : (
          <FieldTable fields={order.fields} onMove={order.move} onEdit={setEditing} />
        )}
        <span role="status" className="visually-hidden">
          {order.said}
        </span>
        <CustomFieldDrawer field={editing} fields={found.data} onClose={() => setEditing(undefined)} />
      </Panel>
      <Preview fields={order.fields} />
    </div>
  )
}

/** The fields in the order that was last asked for, shown at once and told to the core one after the other. */
function useOrder(known: readonly FieldView[]) {
  const t = useT()
  const locale = useLocale()
  const notice = useNotice()
  const [wanted, setWanted] = useState<readonly string[] | null>(null)
  const [said, setSaid] = useState('')
  const order = useCommand((input: { ids: string[] }, options) => api.customers.fields.order(input, options))
  const fields = useMemo(() => {
    if (wanted === null || wanted.length !== known.length) return known
    const byId = new Map(known.map((field) => [field.id, field]))
    const arranged = wanted.flatMap((id) => byId.get(id) ?? [])
    return arranged.length === known.length ? arranged : known
  }, [known, wanted])
  const move = async (at: number, by: -1 | 1) => {
    const to = at + by
    const field = fields[at]
    if (!field || to < 0 || to >= fields.length) return
    const ids = fields.map((one) => one.id)
    ids.splice(to, 0, ...ids.splice(at, 1))
    setWanted(ids)
    setSaid(t('fields:moved', { name: labelIn(field.labels, locale), place: to + 1 }))
    try {
      await order.run({ ids })
    } catch (error) {
      setWanted(null)
      notice.fail(error)
    }
  }
  return { fields, said, move: (at: number, by: -1 | 1) => void move(at, by) }
}

function FieldTable(props: {
  fields: readonly FieldView[]
  onMove: (at: number, by: -1 | 1) => void
  onEdit: (field: FieldView) => void
}) {
  const t = useT()
  const locale = useLocale()
  const usage = useList('customers', ['fields', 'usage'], () => api.customers.fields.usage({}))
  const uses = new Map((usage.data ?? []).map((one) => [one.id, one.count]))
  const column = (key: string) => t(`fields:columns.${key}`)
  const last = props.fields.length - 1
  return (
    <table className="plain-table field-table">
      <thead>
        <tr>
          <th>{column('order')}</th>
          <th>{column('label')}</th>
          <th>{column('kind')}</th>
          <th>{column('rules')}</th>
          <th className="num">{column('usage')}</th>
          <td />
        </tr>
      </thead>
      <tbody>
        {props.fields.map((field, at) => {
          const name = labelIn(field.labels, locale)
          const moves = [
            { by: -1 as const, label: t('fields:up', { name }), icon: <ArrowUpOutlined aria-hidden />, end: at === 0 },
            {
              by: 1 as const,
              label: t('fields:down', { name }),
              icon: <ArrowDownOutlined aria-hidden />,
              end: at === last,
            },
          ]
          return (
            <tr key={field.id} className={field.retired ? 'retired' : undefined}>
              <td className="field-moves">
                {moves.map(({ by, label, icon, end }) => (
                  // Not disabled at the end of the list: the key that moves it there would lose its place.
                  <Button
                    key={by}
                    size="small"
                    type="text"
                    icon={icon}
                    aria-label={label}
                    aria-disabled={end}
                    onClick={() => props.onMove(at, by)}
                  />
                ))}
              </td>
              <td>
                {name} <span className="muted field-code">{field.key}</span>
              </td>
              <td>{kindWords(field, t)}</td>
              <td>
                <Marks field={field} />
              </td>
              <td className="num">{uses.get(field.id) ?? 0}</td>
              <td className="field-actions">
                <Button size="small" type="text" onClick={() => props.onEdit(field)}>
                  {t('common:edit')}
                </Button>
                <Ways field={field} name={name} used={(uses.get(field.id) ?? 0) > 0 || !usage.data} />
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

/** The kind with what makes it this one: `Number · 2 decimals · t`, `Choice · 4`. */
function kindWords(field: FieldView, t: Translate): string {
  const more = {
    text: field.lines ? t('fields:lines') : '',
    number: [field.decimals > 0 ? `0.${'0'.repeat(field.decimals)}` : '', field.unit].filter(Boolean).join(' '),
    choice: String(field.options.filter((option) => !option.retired).length),
    day: '',
    yesNo: '',
  }[field.kind]
  return [t(`fields:kind.${field.kind}`), more].filter(Boolean).join(' · ')
}

function Marks({ field }: { field: FieldView }) {
  const t = useT()
  if (field.retired) return <StatusTag tone="neutral">{t('fields:retiredTag')}</StatusTag>
  const words = [field.required ? t('fields:required') : '', field.inList ? t('fields:inList') : '']
  return <>{words.filter(Boolean).join(' · ')}</>
}

/** Out of use, into use again, or away for good where nobody has a value. */
function Ways({ field, name, used }: { field: FieldView; name: string; used: boolean }) {
  const t = useT()
  const notice = useNotice()
  const confirm = useConfirm()
  const retire = useCommand((input: { id: string; version: number; retired: boolean }, options) =>
    api.customers.fields.retire(input, options),
  )
  const remove = useCommand((input: { id: string; version: number }, options) =>
    api.customers.fields.remove(input, options),
  )
  const { id, version } = field
  const attempt = (work: () => Promise<unknown>, done: string) => notice.tell(work, t(done, { name }))
  const setRetired = async (retired: boolean) => {
    if (retired) {
      const title = t('fields:retireTitle', { name })
      const sure = await confirm({ title, text: t('fields:retireText'), action: t('fields:retire') })
      if (sure === null) return
    }
    await attempt(() => retire.run({ id, version, retired }), retired ? 'fields:retiredDone' : 'fields:revivedDone')
  }
  const takeAway = async () => {
    const title = t('fields:removeTitle', { name })
    const sure = await confirm({ title, text: t('fields:removeText'), action: t('fields:remove'), danger: true })
    if (sure !== null) await attempt(() => remove.run({ id, version }), 'fields:removedDone')
  }
  return (
    <>
      <Button size="small" type="text" loading={retire.busy} onClick={() => void setRetired(!field.retired)}>
        {t(field.retired ? 'fields:reviveShort' : 'fields:retireShort')}
      </Button>
      {used ? null : (
        <Button size="small" type="text" danger loading={remove.busy} onClick={() => void takeAway()}>
          {t('common:remove')}
        </Button>
      )}
    </>
  )
}

/** The part of the customer's form that these fields make; what is typed into it goes nowhere. */
function Preview({ fields }: { fields: readonly FieldView[] }) {
  const t = useT()
  const [values, setValues] = useState<FormValues>({})
  const form = useMemo(
    () => ({
      values,
      errors: {},
      disabled: false,
      set: (path: string, value: unknown) => setValues((old) => setPath(old, path, value)),
    }),
    [values],
  )
  return (
    <Panel title={t('fields:preview')}>
      <p className="muted">{t('fields:previewHint')}</p>
      <FormProvider form={form}>
        <CustomFieldsGroup fields={fields} />
      </FormProvider>
    </Panel>
  )
}
