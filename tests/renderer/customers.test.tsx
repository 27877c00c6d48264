import { fireEvent, screen, within } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import { NewCustomerPage } from '#renderer/modules/customers/pages/customer-editor.tsx'
import { CustomerListPage } from '#renderer/modules/customers/pages/customer-list.tsx'
import { seatDatabase } from '#renderer/local/database.ts'
import { MapStep } from '#renderer/modules/imports/parts/map-step.tsx'
import type { CheckInput, ImportTable } from '#shared/modules/imports/imports.schema.ts'
import { fakeCore, renderAt, sitDown, USER_ID, wait } from './helpers.tsx'

type Answer = (input: never) => unknown
const calls: Record<string, unknown[]> = {}

function core(answers: Record<string, Record<string, Answer>>): void {
  for (const name of Object.keys(calls)) delete calls[name]
  const recorded = Object.entries(answers).map(([module, entries]) => [
    module,
    Object.fromEntries(
      Object.entries(entries).map(([name, answer]) => [
        name,
        async (input: never) => {
          ;(calls[`${module}.${name}`] ??= []).push(input)
          return answer(input)
        },
      ]),
    ),
  ])
  fakeCore(Object.fromEntries(recorded) as never)
}

const PEOPLE = { briefs: () => [{ id: USER_ID, name: '李娜' }] }

beforeEach(async () => {
  // A form that was taken away writes what it had: let it, then clear.
  await wait(50)
  await seatDatabase.drafts.clear()
  await sitDown('zh-CN', {
    'customers.read': 'team',
    'customers.create': 'team',
    'customers.transfer': 'team',
    'customers.import': 'team',
  })
})

describe('a new customer', () => {
  it('is compared while it is typed; of somebody else’s only the owner is told', async () => {
    core({
      people: PEOPLE,
      customers: {
        duplicates: () => [
          { visible: true, id: USER_ID, name: '重庆长江机电有限公司', code: 'KH00001', ownerName: '李娜', by: 'name' },
          { visible: false, id: null, name: null, code: null, ownerName: '张伟', by: 'phone' },
        ],
      },
    })
    await renderAt(<NewCustomerPage />)
    fireEvent.change(screen.getByLabelText(/客户名称/), { target: { value: '长江机电' } })
    const hint = (await screen.findByText('可能已有此客户')).parentElement as HTMLElement
    expect(within(hint).getByRole('link').textContent).toBe('重庆长江机电有限公司')
    expect(hint.textContent).toContain('由 张伟 负责的客户')
    expect(calls['customers.duplicates']?.at(-1)).toMatchObject({
      name: '长江机电',
      uscc: '',
      phone: '',
      exceptId: null,
    })
  })

  it('says beside each field what is missing, and sends nothing', async () => {
    core({ people: PEOPLE, customers: { duplicates: () => [], create: () => ({ id: USER_ID, version: 0 }) } })
    await renderAt(<NewCustomerPage />)
    fireEvent.click(screen.getByRole('button', { name: '新建客户' }))
    await wait(50)
    expect(screen.getAllByText('必填').length).toBeGreaterThanOrEqual(2)
    expect(calls['customers.create']).toBeUndefined()
  })

  it('has one primary contact, whichever is made so', async () => {
    core({ people: PEOPLE, customers: { duplicates: () => [] } })
    await renderAt(<NewCustomerPage />)
    const add = screen.getByRole('button', { name: '添加联系人' })
    fireEvent.click(add)
    fireEvent.click(add)
    expect(screen.getAllByText('首要联系人')).toHaveLength(1)
    fireEvent.click(screen.getByRole('button', { name: '设为首要联系人' }))
    expect(screen.getAllByText('首要联系人')).toHaveLength(1)
    const [first] = screen.getAllByRole('button', { name: /^删除联系人/ })
    fireEvent.click(first as HTMLElement)
    expect(screen.getAllByText('首要联系人')).toHaveLength(1)
  })
})

describe('the list', () => {
  it('gives chosen customers to somebody else and takes them back', async () => {
    const row = (n: number) => ({
      id: `01890000-0000-7000-8000-00000000000${n}`,
      code: `KH0000${n}`,
      name: `客户${n}`,
      shortName: '',
      uscc: '',
      kind: 'endUser',
      industry: '',
      stage: 'lead',
      grade: 'A',
      source: 'web',
      region: '',
      phone: '',
      ownerId: null,
      ownerName: null,
      contactName: '',
      version: 0,
      createdAt: 0,
      updatedAt: 0,
    })
    core({
      people: PEOPLE,
      customers: {
        list: () => ({ rows: [row(1), row(2)], nextCursor: null }),
        summary: () => ({ count: 2 }),
      },
      handover: {
        preview: () => ({
          sums: [
            { kind: 'customer', count: 1, amount: null },
            { kind: 'receivable', count: 2, amount: 1_234_500 },
          ],
          stays: 3,
        }),
        run: () => ({ id: 'given', sums: [{ kind: 'customer', count: 1, amount: null }] }),
        undo: () => ({ back: 3, stayed: 0 }),
      },
    })
    await renderAt(<CustomerListPage />)
    await wait(50)
    fireEvent.click(screen.getAllByRole('checkbox', { name: '选择此行' })[0] as HTMLElement)
    fireEvent.click(screen.getByRole('button', { name: '移交客户' }))
    const dialog = await screen.findByRole('dialog')
    fireEvent.mouseDown(within(dialog).getByRole('combobox'))
    fireEvent.click(await screen.findByTitle('李娜'))
    await wait(50)
    expect(dialog.textContent).toContain('未收应收款2')
    expect(dialog.textContent).toContain('12,345.00')
    expect(dialog.textContent).toContain('另有 3 条')
    fireEvent.click(within(dialog).getByRole('checkbox', { name: '未完成待办' }))
    await wait(50)
    fireEvent.click(within(dialog).getByRole('button', { name: '移交客户' }))
    await wait(50)
    expect(calls['handover.run']?.[0]).toEqual({
      what: { customerIds: [row(1).id] },
      toUserId: USER_ID,
      parts: ['deal', 'contract', 'visit'],
    })
    fireEvent.click(await screen.findByRole('button', { name: /撤\s*销/ }))
    await wait(50)
    expect(calls['handover.undo']?.[0]).toEqual({ id: 'given' })
  })
})

describe('the columns of an import', () => {
  const table: ImportTable = {
    tableId: USER_ID,
    fileName: '客户.csv',
    encoding: 'gb18030',
    fields: [
      { key: 'name', title: '客户名称', required: true, names: ['客户名称'] },
      { key: 'phone', title: '电话', required: false, names: ['电话'] },
    ],
    sheets: [
      {
        name: '客户.csv',
        rows: 3,
        columns: 2,
        top: [
          ['一览', ''],
          ['客户名称', '电话'],
          ['长江', '023-1'],
        ],
        headRow: 1,
        mapping: ['name', 'phone'],
        remembered: false,
      },
    ],
  }

  it('are shown with what they hold, and handed on as they were set', async () => {
    const asked: CheckInput[] = []
    await renderAt(
      <MapStep
        entity="customers"
        table={table}
        input={null}
        onCheck={(input) => asked.push(input)}
        onBack={() => undefined}
      />,
    )
    expect(screen.getByText('读取编码 GB18030')).toBeTruthy()
    expect(screen.getByText('023-1')).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: '检查全部行' }))
    expect(asked).toEqual([
      { tableId: USER_ID, sheet: 0, headRow: 1, mapping: ['name', 'phone'], onMatch: 'update', onSimilar: 'skip' },
    ])
  })

  it('need a name or a code before anything is checked', async () => {
    const unnamed = { ...table, sheets: table.sheets.map((sheet) => ({ ...sheet, mapping: [null, 'phone'] })) }
    await renderAt(
      <MapStep entity="customers" table={unnamed} input={null} onCheck={() => undefined} onBack={() => undefined} />,
    )
    expect(screen.getByRole('button', { name: '检查全部行' }).hasAttribute('disabled')).toBe(true)
    expect(screen.getByText('须对应客户名称或客户编号')).toBeTruthy()
  })
})
