import { createRootRoute, createRoute, type AnyRoute, type RouteComponent } from '@tanstack/react-router'
import type { Action } from '#shared/policy/actions.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { listSearch } from './grid-state.ts'
import { ErrorNotice, Page } from './parts.tsx'
import { useT } from './i18n.ts'

/** The root of all addresses, and the frame (navigation, top bar) that every page stands in. */
export const rootRoute = createRootRoute()
export const shellRoute = createRoute({ getParentRoute: () => rootRoute, id: 'shell' })

/** What the breadcrumb and the window's title are made of. */
export interface PageMeta {
  /** i18n key of the page's name. */
  readonly title: string
  /** The page above it, as an address. */
  readonly parent?: string
}

/**
 * One page under the frame. `permit` hides it from whoever may not use it (the core refuses anyway); `list` gives it
 * the search, sort and filters of a DataGrid in its address.
 *
 * `export const customersRoutes = [pageRoute({ path: '/customers', title: 'customers:title', permit: 'customers.read', list: true, component: CustomersPage })]`
 */
export function pageRoute(options: {
  path: string
  title: string
  parent?: string
  permit: Action | null
  component: RouteComponent
  list?: boolean
  validateSearch?: (search: Record<string, unknown>) => Record<string, unknown>
}): AnyRoute {
  const Component = options.component
  const { permit } = options
  const validate =
    options.validateSearch ??
    (options.list === true ? (search: Record<string, unknown>) => listSearch.parse(search) : undefined)
  return createRoute({
    getParentRoute: () => shellRoute,
    path: options.path,
    staticData: { title: options.title, ...(options.parent === undefined ? {} : { parent: options.parent }) },
    ...(validate === undefined ? {} : { validateSearch: validate }),
    component: function PermittedPage() {
      const allowed = useCan(permit)
      return allowed ? <Component /> : <NotAllowed title={options.title} />
    },
  })
}

function NotAllowed(props: { title: string }) {
  const t = useT()
  return (
    <Page title={t(props.title)}>
      <ErrorNotice error={{ code: 'FORBIDDEN', data: {} }} />
    </Page>
  )
}

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    title?: string
    parent?: string
  }
}
