import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import type { FieldView } from '#shared/modules/customers/customers.fields.schema.ts'
import { seatDatabase } from '#renderer/local/database.ts'
import { NewCustomerPage } from '#renderer/modules/customers/pages/customer-editor.tsx'
import { CustomFieldsPage } from '#renderer/modules/customers/pages/custom-fields.tsx'
import { withFieldFilters } from '#renderer/modules/customers/parts/custom-fields-list.tsx'
import { fakeCore, renderAt, sitDown, USER_ID, wait } from './helpers.tsx'

const field = (n: number, kind: FieldView['kind'], over: Partial<FieldView> = {}): FieldView => ({
  id: `01890000-0000-7000-8000-00000000000${n}`,
  key: `own_${n}`,
  kind,
  labels: { 'zh-CN': `字段${n}`, 'zh-TW': '', 'en': '' },
  help: '',
  required: false,
  inList: false,
  lines: false,
  decimals: 1,
  unit: '',
  options: [{ key: 'a', labels: { 'zh-CN': '甲', 'zh-TW': '', 'en': '' }, retired: false }],
  retired: false,
  version: 0,
  ...over,
})
const FIELDS = [field(1, 'number', { unit: '吨' }), field(2, 'text', { required: true }), field(3, 'yesNo')]

let sent: { create: unknown[]; order: { ids: string[] }[] }

beforeEach(async () => {
  await wait(50)
  await seatDatabase.drafts.clear()
  await sitDown('zh-CN', { 'customers.read': 'all', 'customers.create': 'all', 'customers.rules': 'all' })
  sent = { create: [], order: [] }
  fakeCore({
    people: { briefs: async () => [{ id: USER_ID, name: '李娜' }] },
    customers: {
      duplicates: async () => [],
      create: async (input: unknown) => {
        sent.create.push(input)
        return { id: USER_ID, version: 0 }
      },
      fields: {
        list: async () => FIELDS,
        usage: async () => [{ id: FIELDS[0]?.id, count: 3, options: {} }],
        order: async (input: { ids: string[] }) => {
          sent.order.push(input)
          return {}
        },
      },
    },
  } as never)
})

describe('the form of a customer', () => {
  it('says beside an own field what is wrong with it, and sends nothing', async () => {
    await renderAt(<NewCustomerPage />)
    fireEvent.change(await screen.findByLabelText(/^字段1/), { target: { value: '1.25' } })
    fireEvent.click(screen.getByRole('button', { name: '新建客户' }))
    expect(await screen.findByText('最多 1 位小数')).toBeDefined()
    const text = screen.getByLabelText(/^字段2/)
    expect(text.getAttribute('aria-invalid')).toBe('true')
    expect(sent.create).toEqual([])
    fireEvent.change(screen.getByLabelText(/^字段1/), { target: { value: 'zwei' } })
    fireEvent.click(screen.getByRole('button', { name: '新建客户' }))
    expect(await screen.findByText('不是可识别的数字')).toBeDefined()
  })
})

describe('the fields of the firm', () => {
  it('are put in order with the keyboard; the key pressed keeps its place, and the move is said', async () => {
    await renderAt(<CustomFieldsPage />)
    const up = await screen.findByRole('button', { name: '上移“字段2”' })
    up.focus()
    fireEvent.click(up)
    await waitFor(() => expect(sent.order.length).toBe(1))
    expect(sent.order[0]?.ids).toEqual([FIELDS[1]?.id, FIELDS[0]?.id, FIELDS[2]?.id])
    const rows = within(screen.getByRole('table')).getAllByRole('row')
    expect(rows[1]?.textContent).toContain('字段2')
    expect(document.activeElement).toBe(screen.getByRole('button', { name: '上移“字段2”' }))
    expect(screen.getByRole('status').textContent).toContain('第 1 项')
    // Pressed again at the end of the list, nothing moves.
    fireEvent.click(screen.getByRole('button', { name: '上移“字段2”' }))
    await wait(20)
    expect(sent.order.length).toBe(1)
  })

  it('are offered to be removed only where no customer has a value', async () => {
    await renderAt(<CustomFieldsPage />)
    await waitFor(() => expect(screen.getAllByRole('button', { name: '删除' })).toHaveLength(2))
  })
})

it('filters of own fields go to the core apart from the others', () => {
  expect(withFieldFilters({ 'grade': 'A', 'field:own_3': true, 'field:pay': 'cash' })).toEqual({
    grade: 'A',
    fields: { own_3: true, pay: 'cash' },
  })
  expect(withFieldFilters({ grade: 'A' })).toEqual({ grade: 'A' })
  const span = { 'field:annual:from': 100, 'field:annual:to': 500, 'field:since:from': '2026-01-01' }
  expect(withFieldFilters(span)).toEqual({ fields: { annual: { from: 100, to: 500 }, since: { from: '2026-01-01' } } })
})
