import { Link } from '@tanstack/react-router'
import { Button, Select } from 'antd'
import { GRADES } from '#shared/modules/customers/customers.schema.ts'
import { POOL_REASONS, type PoolRow } from '#shared/modules/pool/pool.schema.ts'
import { usePeopleChoices } from '#renderer/modules/customers/customers.queries.ts'
import { GradeMark } from '#renderer/modules/customers/parts/customer-tags.tsx'
import { api } from '#renderer/rpc/api.ts'
import { useCommand, useList } from '#renderer/rpc/queries.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { DataGrid, type GridColumn } from '#renderer/ui/data-grid.tsx'
import type { GridFilter } from '#renderer/ui/grid-toolbar.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { Page } from '#renderer/ui/parts.tsx'

/** Customers of nobody: claimed by one who sells, or given by who leads. */
export function PoolPage() {
  const t = useT()
  const notice = useNotice()
  const may = { assign: useCan('customers.transfer'), rules: useCan('customers.rules') }
  const people = usePeopleChoices()
  const mine = useList('customers', ['pool', 'mine'], () => api.pool.summary({ filters: {} }))
  const claim = useCommand((id: string, options) => api.pool.claim({ id: id as never }, options))
  const assign = useCommand((input: { id: string; ownerId: string }, options) =>
    api.pool.assign(input as never, options),
  )
  const take = async (rows: readonly PoolRow[], done: () => void) => {
    try {
      for (const row of rows) await claim.run(row.id)
      const [only] = rows
      notice.done(
        rows.length === 1 && only
          ? t('pool:claimed', { name: only.name })
          : t('pool:claimedMany', { count: rows.length }),
      )
      done()
    } catch (error) {
      notice.fail(error)
    }
  }
  const give = async (rows: readonly PoolRow[], ownerId: string, done: () => void) => {
    try {
      for (const row of rows) await assign.run({ id: row.id, ownerId })
      notice.done(t('pool:assigned', { count: rows.length }))
      done()
    } catch (error) {
      notice.fail(error)
    }
  }
  return (
    <Page
      title={t('pool:title')}
      extra={<span className="muted">{t('pool:hint')}</span>}
      action={
        <span className="action-bar">
          {mine.data ? <Holdings mine={mine.data} /> : null}
          {may.rules ? <Link to={'/customers/pool/rules' as never}>{t('pool:policy.title')}</Link> : null}
        </span>
      }
    >
      <DataGrid<PoolRow>
        id="pool"
        module="customers"
        columns={useColumns()}
        filters={useFilters()}
        defaultSort={{ key: 'since', dir: 'desc' }}
        load={(input) => api.pool.list(input as never)}
        summarise={async (input) => ({ count: (await api.pool.summary(input as never)).count })}
        rowKey={(row) => row.id}
        bulk={(rows: readonly PoolRow[], done: () => void) => (
          <>
            <Button size="small" type="primary" loading={claim.busy} onClick={() => void take(rows, done)}>
              {t('pool:claim')}
            </Button>
            {may.assign ? (
              <Select
                size="small"
                className="grid-filter"
                value={null}
                placeholder={t('pool:assign')}
                aria-label={t('pool:assign')}
                options={people}
                showSearch={{ optionFilterProp: 'label' }}
                loading={assign.busy}
                onChange={(ownerId: string | null) => (ownerId === null ? undefined : void give(rows, ownerId, done))}
              />
            ) : null}
          </>
        )}
        searchHint={t('pool:search')}
        empty={{ text: t('pool:empty') }}
      />
    </Page>
  )
}

function Holdings({ mine }: { mine: Awaited<ReturnType<typeof api.pool.summary>> }) {
  const t = useT()
  const { held, holdLimit, today, dayLimit, taken } = mine
  return (
    <span className="muted">
      {[
        t('pool:lately', taken),
        holdLimit === null ? t('pool:held', { held }) : t('pool:heldOf', { held, limit: holdLimit }),
        dayLimit === null ? '' : t('pool:todayOf', { today, limit: dayLimit }),
      ]
        .filter(Boolean)
        .join(' · ')}
    </span>
  )
}

function useColumns(): GridColumn<PoolRow>[] {
  const t = useT()
  const column = (
    key: string,
    width: number,
    text: (row: PoolRow) => string,
    more: Partial<GridColumn<PoolRow>> = {},
  ): GridColumn<PoolRow> => ({ key, title: t(`pool:columns.${key}`), width, render: text, text, ...more })
  return [
    column('name', 260, (row) => row.name, { sort: 'name' }),
    column('code', 96, (row) => row.code),
    column('grade', 70, (row) => row.grade, { render: (row) => <GradeMark grade={row.grade} /> }),
    column('region', 90, (row) => row.region),
    column('industry', 120, (row) => row.industry),
    column('since', 110, (row) => row.sinceDay, { sort: 'since' }),
    column('reason', 110, (row) => t(`pool:reason.${row.reason}`)),
    column('former', 110, (row) => row.formerOwnerName ?? ''),
    column('wait', 130, (row) => (row.waitUntil === null ? t('pool:now') : t('pool:wait', { day: row.waitUntil }))),
    column('note', 220, (row) => row.note),
  ]
}

function useFilters(): GridFilter[] {
  const t = useT()
  return [
    {
      kind: 'select',
      name: 'grade',
      label: t('pool:columns.grade'),
      options: GRADES.map((value) => ({ value, label: value })),
    },
    {
      kind: 'select',
      name: 'reason',
      label: t('pool:columns.reason'),
      options: POOL_REASONS.map((value) => ({ value, label: t(`pool:reason.${value}`) })),
    },
  ]
}
