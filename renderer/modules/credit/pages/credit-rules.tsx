import { Spin } from 'antd'
import { formatYuan, parseYuan } from '#shared/kernel/money.ts'
import { CREDIT_GRADES, CREDIT_MODES, creditPolicy } from '#shared/modules/credit/credit.schema.ts'
import { CREDIT_CRITERIA } from '#shared/modules/receivables/receivables.credit.rules.ts'
import { useCreditPolicy } from '#renderer/modules/credit/credit.queries.ts'
import { api } from '#renderer/rpc/api.ts'
import { EntityForm, FormGroup } from '#renderer/ui/entity-form.tsx'
import { NumberCell } from '#renderer/ui/fields/cells.tsx'
import { SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { CountField, MoneyField, parseCount, parseRate } from '#renderer/ui/fields/number-fields.tsx'
import { useField } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { ErrorNotice, Page } from '#renderer/ui/parts.tsx'
import { useGo } from '#renderer/ui/use-go.ts'

/** The firm's card: what counts how much, what a grade gives, and how strictly a limit is kept. */
export function CreditRulesPage() {
  const t = useT()
  const go = useGo()
  const notice = useNotice()
  const found = useCreditPolicy()
  const word = (key: string) => t(`credit:rules.${key}`)
  if (found.shownError) {
    return (
      <Page title={word('title')}>
        <ErrorNotice error={found.shownError} />
      </Page>
    )
  }
  if (!found.data) return <Spin className="grid-spin" />
  const modes = CREDIT_MODES.map((value) => ({ value, label: word(`modes.${value}`) }))
  return (
    <Page title={word('title')}>
      <EntityForm
        key={found.data.version}
        form="credit-policy"
        record="credit"
        schema={creditPolicy}
        initial={{ ...found.data.value }}
        version={found.data.version}
        labelOf={(path) => word(`fields.${path.split('.')[0] ?? ''}`)}
        onCancel={() => go('/credit')}
        save={async (value, version) => {
          await api.credit.policy.save({ value, version })
          notice.done(word('saved'))
        }}
      >
        <FormGroup title={word('checks')}>
          <SelectField name="atDraft" label={word('fields.atDraft')} options={modes} />
          <SelectField name="atDelivery" label={word('fields.atDelivery')} options={modes} />
          <CountField name="holdFromDays" label={word('fields.holdFromDays')} hint={word('holdHint')} />
          <MoneyField name="approveFrom" label={word('fields.approveFrom')} required />
        </FormGroup>
        <FormGroup title={word('fields.points')}>
          {CREDIT_CRITERIA.map((key) => (
            <CountField key={key} name={`points.${key}`} label={word(`criteria.${key}`)} required />
          ))}
        </FormGroup>
        <fieldset className="form-group">
          <legend>{word('fields.grades')}</legend>
          <Grades />
        </fieldset>
      </EntityForm>
    </Page>
  )
}

function Grades() {
  const t = useT()
  const { error } = useField('grades')
  const columns = [
    { key: 'from', head: t('credit:rules.from'), parse: parseCount, format: String },
    { key: 'limit', head: t('credit:columns.limit'), parse: parseYuan, format: formatYuan },
    { key: 'days', head: t('credit:columns.days'), parse: parseCount, format: String },
    { key: 'prepay', head: t('credit:approval.prepay'), parse: parseRate, format: (bp: number) => String(bp / 100) },
  ] as const
  return (
    <>
      <table className="plain-table cells">
        <thead>
          <tr>
            <th>{t('credit:columns.grade')}</th>
            {columns.map((column) => (
              <th key={column.key} className="num">
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {CREDIT_GRADES.map((grade, i) => (
            <tr key={grade}>
              <td>{grade}</td>
              {columns.map((column) => (
                <td key={column.key}>
                  <NumberCell
                    name={`grades.${i}.${column.key}`}
                    label={`${grade} ${column.head}`}
                    parse={column.parse}
                    format={column.format}
                    {...(column.key === 'prepay' ? { suffix: '%' } : {})}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {error === undefined ? null : <p className="field-note error">{error}</p>}
    </>
  )
}
