import { useNavigate, useSearch } from '@tanstack/react-router'
import { Select, Segmented, Spin } from 'antd'
import { z } from 'zod'
import { CATALOGUE } from '#shared/modules/performance/performance.indicators.schema.ts'
import {
  SPREAD_INDICATORS,
  spreadYear,
  type SpreadIndicator,
} from '#shared/modules/performance/performance.spread.rules.ts'
import {
  monthWeights,
  spreadRow,
  type SpreadFields,
  type SpreadPerson,
} from '#shared/modules/performance/performance.spread.schema.ts'
import { figureText } from '#shared/modules/performance/performance.words.ts'
import { FigureCell } from '#renderer/modules/performance/parts/figure-fields.tsx'
import { YearPicker } from '#renderer/modules/performance/parts/month.tsx'
import { api } from '#renderer/rpc/api.ts'
import { useList } from '#renderer/rpc/queries.ts'
import { EntityForm } from '#renderer/ui/entity-form.tsx'
import { NumberCell } from '#renderer/ui/fields/cells.tsx'
import { parseCount } from '#renderer/ui/fields/number-fields.tsx'
import { useForm } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { EmptyState, ErrorNotice, Page } from '#renderer/ui/parts.tsx'
import { firmYear } from '#renderer/ui/firm-day.ts'

const WAYS = ['equal', 'shape', 'weights'] as const
const EQUAL = Array.from({ length: 12 }, () => 1)

const schema = z.strictObject({
  way: z.enum(WAYS),
  weights: monthWeights,
  rows: z.array(spreadRow).min(1),
})
type Values = z.infer<typeof schema>

const weightsOf = ({ way, weights }: Pick<Values, 'way' | 'weights'>, shape: readonly number[] | null) =>
  way === 'weights' ? weights : way === 'shape' ? (shape ?? EQUAL) : EQUAL

/** A year's target of each person over its months: equally, as last year went, or by weights; seen before it is saved. */
export function SpreadPage() {
  const t = useT()
  const notice = useNotice()
  const navigate = useNavigate()
  const search = useSearch({ strict: false }) as { year?: number; indicator?: SpreadIndicator }
  const year = search.year ?? firmYear()
  const indicator = search.indicator ?? 'contractAmount'
  const go = (next: { year: number; indicator: SpreadIndicator }) =>
    void navigate({ to: '.', search: next as never, replace: true })
  const found = useList('performance', ['spread', year, indicator], () =>
    api.performance.spread.look({ year, indicator }),
  )
  const word = (key: string, params?: Record<string, string | number>) => t(`performance:spread.${key}`, params)
  const people = found.data?.people ?? []
  const shape = found.data?.shape ?? null
  const toTargets = () => void navigate({ to: '/performance/targets' as never })
  return (
    <Page
      title={word('title')}
      filters={
        <>
          <YearPicker year={year} onYear={(next) => go({ year: next, indicator })} />
          <Select
            aria-label={word('indicator')}
            value={indicator}
            popupMatchSelectWidth={false}
            options={SPREAD_INDICATORS.map((value) => ({ value, label: t(`performance:indicators.${value}`) }))}
            onChange={(next) => go({ year, indicator: next })}
          />
        </>
      }
    >
      {found.shownError ? <ErrorNotice error={found.shownError} onRetry={() => void found.refetch()} /> : null}
      {found.isPending ? <Spin className="grid-spin" /> : null}
      {found.data && people.length === 0 ? <EmptyState text={t('performance:empty')} /> : null}
      {people.length > 0 ? (
        <EntityForm
          key={`${year}:${indicator}`}
          form="spread"
          record={`${year}:${indicator}`}
          schema={schema}
          initial={{
            way: 'equal',
            weights: EQUAL,
            rows: people.map(({ userId, months }) => ({
              userId,
              total: months.reduce((sum, one) => sum + one.target, 0),
            })),
          }}
          version={0}
          labelOf={(path) => people[Number(path.split('.')[1])]?.userName ?? word('weightsRow')}
          saveLabel={word('save')}
          onCancel={toTargets}
          save={async (output) => {
            const { rows } = output
            const fields: SpreadFields = { year, indicator, rows, weights: [...weightsOf(output, shape)] }
            const { months } = await api.performance.spread.save(fields)
            notice.done(word('saved', { count: months }))
            toTargets()
          }}
        >
          <SpreadForm people={people} shape={shape} indicator={indicator} />
        </EntityForm>
      ) : null}
    </Page>
  )
}

/** How it is spread, and beside each year's target what that makes of its months. */
function SpreadForm(props: {
  people: readonly SpreadPerson[]
  shape: readonly number[] | null
  indicator: SpreadIndicator
}) {
  const t = useT()
  const { values, set } = useForm()
  const { people, shape, indicator } = props
  const word = (key: string, params?: Record<string, string | number>) => t(`performance:spread.${key}`, params)
  const given = values as Values
  const numbers = given.weights.map((one) => (Number.isSafeInteger(one) && one > 0 ? one : 0))
  const weights = weightsOf({ way: given.way, weights: numbers }, shape)
  const yearTotal = word('yearTotal')
  return (
    <>
      <div className="spread-ways">
        <span>{word('way')}</span>
        <Segmented
          aria-label={word('way')}
          value={given.way}
          options={WAYS.map((value) => ({
            value,
            label: word(`ways.${value}`),
            disabled: value === 'shape' && shape === null,
          }))}
          onChange={(value) => set('way', value)}
        />
        {shape === null ? <span className="muted">{word('noShape')}</span> : null}
      </div>
      <p className="muted">{word('hint')}</p>
      <div className="targets-scroll" tabIndex={0} role="group" aria-label={word('title')}>
        <table className="plain-table cells targets spread">
          <thead>
            <tr>
              <th scope="col">{t('performance:columns.person')}</th>
              <th scope="col" className="num">
                {`${yearTotal} (${t(`performance:units.${CATALOGUE[indicator].unit}`)})`}
              </th>
              {EQUAL.map((_, i) => (
                <th key={i} scope="col" className="num">
                  {t('performance:year.month', { month: i + 1 })}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {given.way === 'weights' ? (
              <tr>
                <th scope="row">{word('weightsRow')}</th>
                <td />
                {EQUAL.map((_, i) => (
                  <td key={i}>
                    <NumberCell
                      name={`weights.${i}`}
                      label={`${word('weightsRow')} ${t('performance:year.month', { month: i + 1 })}`}
                      parse={parseCount}
                      format={String}
                    />
                  </td>
                ))}
              </tr>
            ) : null}
            {people.map((person, row) => (
              <tr key={person.userId}>
                <th scope="row">{person.userName}</th>
                <td>
                  <FigureCell
                    name={`rows.${row}.total`}
                    label={`${person.userName} ${yearTotal}`}
                    indicator={indicator}
                  />
                </td>
                <MonthCells
                  person={person}
                  indicator={indicator}
                  months={monthsFor(given.rows[row]?.total ?? 0, weights, person)}
                />
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}

function monthsFor(total: number, weights: readonly number[], { months }: SpreadPerson): number[] | null {
  if (!Number.isSafeInteger(total) || total < 0) return null
  return spreadYear(
    total,
    weights,
    months.map((one) => (one.state === 'open' ? null : one.target)),
  )
}

function MonthCells(props: { person: SpreadPerson; indicator: SpreadIndicator; months: readonly number[] | null }) {
  const t = useT()
  if (!props.months) {
    return (
      <td colSpan={12} className="spread-wrong">
        {t('performance:spread.errors.total')}
      </td>
    )
  }
  return props.person.months.map(({ month, state }, i) => (
    <td key={month} className="num">
      {state === 'unmeasured' ? (
        <span className="muted">{t('performance:spread.unmeasured')}</span>
      ) : (
        figureText(props.indicator, props.months?.[i] ?? 0)
      )}
      {state === 'locked' ? <span className="under muted">{t('performance:spread.locked')}</span> : null}
    </td>
  ))
}
