import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Select, Spin } from 'antd'
import { z } from 'zod'
import { CRITERIA, screening, type Screening } from '#shared/modules/customers/customers.screening.schema.ts'
import { useScreening } from '#renderer/modules/customers/customers.queries.ts'
import { api } from '#renderer/rpc/api.ts'
import { EntityForm, FormGroup, type SaveOptions } from '#renderer/ui/entity-form.tsx'
import { NumberCell, SelectCell } from '#renderer/ui/fields/cells.tsx'
import { CheckField } from '#renderer/ui/fields/choice-fields.tsx'
import { CountField, parseCount } from '#renderer/ui/fields/number-fields.tsx'
import { useField } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { ErrorNotice, Page } from '#renderer/ui/parts.tsx'
import { useGo } from '#renderer/ui/use-go.ts'

const form = z.strictObject({ value: screening })
const WITH_WORDS: ReadonlySet<string> = new Set(['region', 'industry'])

/** What leads are judged by, and how long a rejected one is kept. */
export function ScreeningRulesPage() {
  const t = useT()
  const go = useGo()
  const notice = useNotice()
  const found = useScreening()
  const save = async ({ value }: { value: Screening }, version: number, { context }: SaveOptions) => {
    await api.customers.screening.save({ value, version }, { context })
    notice.done(t('customers:screening.saved'))
    go('/customers')
  }
  return (
    <Page title={t('customers:screening.title')}>
      {found.shownError ? <ErrorNotice error={found.shownError} onRetry={() => void found.refetch()} /> : null}
      {found.data ? (
        <EntityForm
          key={found.data.version}
          form="screening"
          record="screening"
          schema={form}
          initial={{ value: found.data.value }}
          version={found.data.version}
          labelOf={(path) =>
            t(path.includes('criteria') ? 'customers:screening.criteria' : 'customers:screening.title')
          }
          onCancel={() => go('/customers')}
          save={save}
        >
          <CriteriaEditor />
          <FormGroup title={t('customers:screening.deleteDays')}>
            <CountField
              name="value.deleteDays"
              label={t('customers:screening.deleteDays')}
              hint={t('customers:screening.source')}
              required
            />
            <CheckField
              name="value.birthdays"
              label={t('customers:screening.birthdays')}
              hint={t('customers:screening.birthdaysHint')}
            />
          </FormGroup>
        </EntityForm>
      ) : (
        <Spin className="grid-spin" />
      )}
    </Page>
  )
}

function CriteriaEditor() {
  const t = useT()
  const field = useField<Screening['criteria']>('value.criteria')
  const list = field.value ?? []
  const used = new Set(list.map((one) => one.key))
  const next = CRITERIA.find((key) => !used.has(key))
  return (
    <fieldset className="form-group">
      <legend>{t('customers:screening.criteria')}</legend>
      <p className="muted">{t('customers:screening.hint')}</p>
      {list.length === 0 ? null : (
        <table className="plain-table cells criteria">
          <thead>
            <tr>
              <th>{t('customers:score.criterion')}</th>
              <th>{t('customers:score.wanted')}</th>
              <th className="num">{t('customers:score.weight')}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {list.map((one, at) => (
              <tr key={one.key}>
                <td>
                  <SelectCell
                    name={`value.criteria.${at}.key`}
                    label={`${t('customers:score.criterion')} ${at + 1}`}
                    options={CRITERIA.filter((key) => key === one.key || !used.has(key)).map((value) => ({
                      value,
                      label: t(`customers:score.criteria.${value}`),
                    }))}
                  />
                </td>
                <td>{WITH_WORDS.has(one.key) ? <WantedCell at={at} /> : null}</td>
                <td>
                  <NumberCell
                    name={`value.criteria.${at}.points`}
                    label={`${t('customers:score.weight')} ${at + 1}`}
                    parse={parseCount}
                    format={String}
                  />
                </td>
                <td>
                  <Button
                    size="small"
                    type="text"
                    icon={<DeleteOutlined aria-hidden />}
                    aria-label={`${t('customers:score.remove')} ${t(`customers:score.criteria.${one.key}`)}`}
                    onClick={() => field.set(list.filter((_, i) => i !== at))}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Button
        icon={<PlusOutlined aria-hidden />}
        disabled={field.disabled || next === undefined}
        onClick={() => (next ? field.set([...list, { key: next, points: 10, wanted: [] }]) : undefined)}
      >
        {t('customers:score.add')}
      </Button>
    </fieldset>
  )
}

function WantedCell({ at }: { at: number }) {
  const t = useT()
  const name = `value.criteria.${at}.wanted`
  const field = useField<readonly string[]>(name)
  return (
    <Select
      size="small"
      mode="tags"
      data-path={name}
      aria-label={`${t('customers:score.wanted')} ${at + 1}`}
      aria-invalid={field.error !== undefined}
      value={[...(field.value ?? [])]}
      disabled={field.disabled}
      onChange={(words: string[]) => field.set(words.map((word) => word.trim()).filter(Boolean))}
    />
  )
}
