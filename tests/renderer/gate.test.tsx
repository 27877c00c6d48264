import { QueryClient } from '@tanstack/react-query'
import { act, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { CoreStatus, SessionInfoView } from '#shared/modules/session/session.schema.ts'
import { ACTIONS } from '#shared/policy/actions.ts'
import { scopeOf } from '#shared/policy/can.ts'
import { ROLES, type Role } from '#shared/policy/roles.ts'
import { Gate } from '#renderer/app/gate.tsx'
import { NAVIGATION } from '#renderer/app/navigation.ts'
import { Providers } from '#renderer/app/providers.tsx'
import { useSession } from '#renderer/rpc/session.ts'
import { seatNow } from '#renderer/ui/seat-clock.ts'
import { DRAFT_KEY, fakeCore, sitDown } from './helpers.tsx'
import zhCN from '#shared/i18n/locales/zh-CN/common.json' with { type: 'json' }

const refusal = (code: string, data: object = {}) => Object.assign(new Error(code), { code, data })

const status = (over: Partial<CoreStatus> = {}): CoreStatus => ({
  state: 'locked',
  locale: 'zh-CN',
  firmName: '重庆恒力机械',
  host: 'web',
  appVersion: '0.1.0',
  recovery: null,
  session: null,
  ...over,
})

function sessionOf(role: Role, mustChangePassword = false): SessionInfoView {
  const permissions: SessionInfoView['permissions'] = {}
  for (const action of ACTIONS) {
    const reach = scopeOf([role], action)
    if (reach !== 'none') permissions[action] = reach
  }
  return {
    user: { userId: 'u1', name: '李娜', login: 'lina', roles: [role], departmentName: null, mustChangePassword },
    permissions,
    draftKey: DRAFT_KEY,
    idleMinutes: 10,
    zone: 'Asia/Shanghai',
    token: 't',
  }
}

const logIn = vi.fn<(input: { login: string; password: string }) => Promise<SessionInfoView>>()
const lock = vi.fn(async () => ({}))
/** A stream that never says anything. */
const never = () => ({
  [Symbol.asyncIterator]: () => ({ next: () => new Promise<IteratorResult<never>>(() => undefined) }),
})
let queries: QueryClient

/** What the first screen is, with a core of these answers. */
async function open(given: CoreStatus) {
  window.history.replaceState(null, '', '/nowhere')
  fakeCore({
    session: { logIn, lock, logOut: lock, status: async () => given, touch: async () => ({}) } as never,
    changes: { watch: async () => never() },
    jobs: { watch: async () => never(), list: async () => [] },
    backups: {
      recoveryList: async () => ({ rows: [] }),
      status: async () => ({ state: 'fresh', lastAt: 1, changed: false, second: 'fresh' }),
    },
  })
  queries = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  useSession.setState({ status: null, session: null, ended: null, lastLogin: '', online: true })
  useSession.getState().setStatus(given)
  await act(async () => {
    render(
      <Providers queries={queries}>
        <Gate />
      </Providers>,
    )
  })
}

const type = (label: string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } })
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }))

beforeEach(async () => {
  await sitDown()
  logIn.mockReset().mockResolvedValue(sessionOf('owner'))
  lock.mockClear()
})

describe('the first screen', () => {
  test('of a new firm is the first run', async () => {
    await open(status({ state: 'first-run', firmName: null }))
    expect(screen.getByRole('heading', { name: '建立公司' })).toBeTruthy()
  })

  test.each([
    ['missing', ['恢复所选备份'], '数据文件不在文件夹中'],
    ['damaged', ['抢救可读的记录', '恢复备份'], '校验未通过'],
    ['rolled-back', ['继续使用现有文件', '恢复备份'], '比上次使用时旧'],
    ['newer', [], '更新的版本'],
    ['busy', [], '另一个业务台程序'],
  ] as const)('of a file that is %s says so and offers its ways back', async (kind, ways, text) => {
    await open(status({ state: 'recovery', recovery: { kind, fileVersion: '9', dataDir: '/data' } }))
    expect(screen.getByRole('alert').textContent).toContain(text)
    expect(screen.getByText(/原文件未作任何更改/)).toBeTruthy()
    for (const way of ways.slice(0, kind === 'missing' ? 0 : undefined)) {
      expect(screen.getByRole('radio', { name: way })).toBeTruthy()
    }
    expect(screen.getByRole('button', { name: '再次检查文件' })).toBeTruthy()
    if (ways.length === 0) expect(screen.queryByRole('radio', { name: '恢复备份' })).toBeNull()
  })

  test('of a firm is the log-in, with the firm’s name', async () => {
    await open(status())
    expect(screen.getByRole('heading', { name: '重庆恒力机械' })).toBeTruthy()
    expect(document.activeElement).toBe(screen.getByLabelText('登录名'))
  })
})

describe('log-in', () => {
  test('opens the program', async () => {
    await open(status())
    type('登录名', ' lina ')
    type('密码', 'correct horse battery')
    press('登录')
    expect(await screen.findByRole('navigation', { name: '主导航' })).toBeTruthy()
    expect(logIn.mock.calls[0]?.[0]).toEqual({ login: 'lina', password: 'correct horse battery' })
  })

  test('refused says so and keeps the name', async () => {
    logIn.mockRejectedValue(refusal('SESSION_REFUSED', { retryAt: null }))
    await open(status())
    type('登录名', 'lina')
    type('密码', 'wrong')
    press('登录')
    expect(await screen.findByText('登录名或密码不正确。')).toBeTruthy()
    expect(screen.getByLabelText<HTMLInputElement>('登录名').value).toBe('lina')
  })

  test('slowed down says for how long', async () => {
    logIn.mockRejectedValue(refusal('SESSION_REFUSED', { retryAt: seatNow() + 8000 }))
    await open(status())
    type('登录名', 'lina')
    type('密码', 'wrong')
    press('登录')
    expect(await screen.findByText(/^尝试次数过多。[78] 秒后可再试。$/)).toBeTruthy()
  })

  test('allows pasting and password managers', async () => {
    await open(status())
    const name = screen.getByLabelText<HTMLInputElement>('登录名')
    const password = screen.getByLabelText<HTMLInputElement>('密码')
    expect(name.autocomplete).toBe('username')
    expect(password.autocomplete).toBe('current-password')
    expect(fireEvent.paste(password)).toBe(true)
  })

  test('with a password that an administrator set asks for one’s own first', async () => {
    await open(status({ state: 'open', session: sessionOf('sales', true) }))
    expect(screen.getByRole('heading', { name: '修改密码' })).toBeTruthy()
    expect(screen.queryByRole('navigation')).toBeNull()
    type('当前密码*', 'one-time-code')
    type('新密码*', 'lantern-river-stone')
    type('再次输入新密码*', 'lantern-river-stome')
    press('修改密码')
    expect(await screen.findByText('两次输入的新密码不一致')).toBeTruthy()
  })
})

describe('lock', () => {
  test('empties the page and its memory, and asks for the password only', async () => {
    await open(status({ state: 'open', session: sessionOf('owner') }))
    await screen.findByRole('navigation', { name: '主导航' })
    queries.setQueryData(['customers', 'list'], ['重庆商贸'])
    fireEvent.keyDown(document.body, { key: 'L', code: 'KeyL', ctrlKey: true, shiftKey: true })
    expect(await screen.findByText(/已锁定/)).toBeTruthy()
    expect(lock).toHaveBeenCalledOnce()
    expect(queries.getQueryCache().getAll()).toEqual([])
    expect(screen.getByLabelText<HTMLInputElement>('登录名').value).toBe('lina')
    expect(document.activeElement).toBe(screen.getByLabelText('密码'))
  })
})

describe('navigation', () => {
  const word = (label: string) => (zhCN.nav as Record<string, string>)[label.split('.')[1] ?? '']

  test.each(ROLES)('%s sees what the matrix allows and nothing else', async (role) => {
    await open(status({ state: 'open', session: sessionOf(role) }))
    const navigation = await screen.findByRole('navigation', { name: '主导航' })
    const shown = within(navigation)
      .getAllByRole('link')
      .map((link) => link.textContent)
    const expected = NAVIGATION.filter(
      ({ permit, unless }) =>
        (permit === null || scopeOf([role], permit) !== 'none') &&
        (unless === undefined || scopeOf([role], unless) === 'none'),
    ).map((entry) => word(entry.label))
    expect(shown).toEqual(expected)
  })

  test('a lost connection is told calmly, and the page stays', async () => {
    await open(status({ state: 'open', session: sessionOf('owner') }))
    await screen.findByRole('navigation', { name: '主导航' })
    act(() => useSession.getState().setOnline(false))
    expect(screen.getByText(/连接中断，正在重连/)).toBeTruthy()
    act(() => useSession.getState().setOnline(true))
    await waitFor(() => expect(screen.queryByText(/连接中断/)).toBeNull())
  })
})
