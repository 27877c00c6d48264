import { CaretDownOutlined, CaretUpOutlined } from '@ant-design/icons'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Input, Select } from 'antd'
import type { ReactNode } from 'react'
import { useT } from '#renderer/ui/i18n.ts'
import type { PeopleSearch } from './people-search.ts'

interface Person {
  readonly userName: string
  readonly teamName: string | null
}

/** How a list of people is sought and sorted, and what of it is shown. */
export interface PeopleRows<Row> {
  readonly shown: readonly Row[]
  /** Whether some are left out. */
  readonly narrowed: boolean
  readonly filters: ReactNode
  /** The head of a column; one that it can be sorted by is a button. */
  readonly head: (key: string, label: string, align?: 'num') => ReactNode
}

/** The people of a firm are few enough to be here whole: sought by name, narrowed to a team and sorted by the address. */
export function usePeopleRows<Row extends Person>(
  rows: readonly Row[] | undefined,
  by: Readonly<Record<string, (row: Row) => string | number | null>>,
): PeopleRows<Row> {
  const t = useT()
  const navigate = useNavigate()
  const { team, text, sort, dir = 'desc' } = useSearch({ strict: false }) as PeopleSearch
  const go = (change: PeopleSearch) =>
    void navigate({ to: '.', search: ((old: PeopleSearch) => ({ ...old, ...change })) as never, replace: true })
  const teams = [...new Set(rows?.flatMap((row) => row.teamName ?? []))]
  const sought = (text ?? '').trim().toLowerCase()
  const found = (rows ?? [])
    .filter((row) => team === undefined || row.teamName === team)
    .filter((row) => row.userName.toLowerCase().includes(sought))
  const value = sort === undefined ? undefined : by[sort]
  return {
    shown: value === undefined ? found : found.toSorted((a, b) => (dir === 'asc' ? 1 : -1) * order(value(a), value(b))),
    narrowed: found.length < (rows?.length ?? 0),
    filters: (
      <>
        <Input.Search
          className="people-text"
          aria-label={t('performance:people.search')}
          placeholder={t('performance:people.search')}
          value={text ?? ''}
          maxLength={40}
          allowClear
          onChange={(event) => go({ text: event.target.value || undefined })}
        />
        {teams.length > 1 || team !== undefined ? (
          <Select
            className="people-team"
            aria-label={t('performance:columns.team')}
            placeholder={t('performance:ranking.allTeams')}
            value={team ?? null}
            allowClear
            options={teams.map((one) => ({ value: one, label: one }))}
            onChange={(one: string | null) => go({ team: one ?? undefined })}
          />
        ) : null}
      </>
    ),
    head: (key, label, align) => {
      const sorted = sort === key
      const next: PeopleSearch =
        sorted && dir === 'desc' ? { dir: 'asc' } : { sort: sorted ? undefined : key, dir: undefined }
      return (
        <th
          key={key}
          scope="col"
          className={align}
          aria-sort={sorted ? (dir === 'asc' ? 'ascending' : 'descending') : undefined}
        >
          {by[key] === undefined ? (
            label
          ) : (
            <button type="button" className="grid-sort" onClick={() => go(next)}>
              <span className="grid-title">{label}</span>
              {sorted && dir === 'asc' ? <CaretUpOutlined aria-hidden /> : null}
              {sorted && dir === 'desc' ? <CaretDownOutlined aria-hidden /> : null}
            </button>
          )}
        </th>
      )
    },
  }
}

/** What is not there stands last of all the large and first of all the small. */
function order(a: string | number | null, b: string | number | null): number {
  if (typeof a === 'string' && typeof b === 'string') return a.localeCompare(b, 'zh-CN')
  return Number(a ?? -1) - Number(b ?? -1)
}
