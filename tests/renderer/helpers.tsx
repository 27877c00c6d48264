import { QueryClient } from '@tanstack/react-query'
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
  type AnyRouter,
} from '@tanstack/react-router'
import { act, render, type RenderResult } from '@testing-library/react'
import type { ReactNode } from 'react'
import { Providers } from '#renderer/app/providers.tsx'
import { takeSeat } from '#renderer/rpc/api.ts'
import type { Api } from '#renderer/rpc/connect.ts'
import { useSession } from '#renderer/rpc/session.ts'
import { startI18n } from '#renderer/ui/i18n.ts'
import { listSearch } from '#renderer/ui/grid-state.ts'
import type { Locale } from '#shared/i18n/locale.ts'

export const USER_ID = '01890000-0000-7000-8000-000000000001'
/** Base64 of 32 bytes. */
export const DRAFT_KEY = btoa(String.fromCharCode(...new Uint8Array(32).fill(7)))

let started = false

/** Logs a person in at this seat and sets the language. */
export async function sitDown(
  locale: Locale = 'zh-CN',
  permissions: Record<string, 'own' | 'team' | 'all'> = {},
): Promise<void> {
  if (!started) {
    started = true
    await startI18n(locale)
  }
  useSession.setState({
    online: true,
    ended: null,
    session: {
      user: {
        userId: USER_ID,
        name: '李娜',
        login: 'lina',
        roles: ['sales'],
        departmentName: null,
        mustChangePassword: false,
      },
      permissions,
      draftKey: DRAFT_KEY,
      idleMinutes: 10,
      zone: 'Asia/Shanghai',
      token: 'token',
    },
  })
}

/** A core of a few answers: `fakeCore({ search: { query: async () => [] } })`. */
export function fakeCore(entries: Record<string, Record<string, (input: never, options?: never) => unknown>>): void {
  takeSeat({ current: () => entries as unknown as Api })
}

/** Draws something at an address of its own, with everything around it that the program has. */
export async function renderAt(
  element: ReactNode,
  address = '/',
): Promise<RenderResult & { router: AnyRouter; queries: QueryClient }> {
  const rootRoute = createRootRoute()
  const page = createRoute({
    getParentRoute: () => rootRoute,
    path: '/',
    validateSearch: (search: Record<string, unknown>) => listSearch.parse(search),
    component: () => <>{element}</>,
  })
  const other = createRoute({ getParentRoute: () => rootRoute, path: '/other', component: () => <p>other page</p> })
  const router = createRouter({
    routeTree: rootRoute.addChildren([page, other]),
    history: createMemoryHistory({ initialEntries: [address] }),
    defaultNotFoundComponent: () => <p>no page</p>,
  })
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  let result!: RenderResult
  await act(async () => {
    result = render(
      <Providers queries={queries}>
        <RouterProvider router={router as never} />
      </Providers>,
    )
    await router.load()
  })
  return { ...result, router: router as unknown as AnyRouter, queries }
}

/** Lets timers and promises of so many milliseconds pass. */
export async function wait(ms: number): Promise<void> {
  await act(async () => {
    await new Promise((resolve) => setTimeout(resolve, ms))
  })
}
