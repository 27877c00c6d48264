import { createRootRoute, createRoute } from '@tanstack/react-router'
import { NotFoundPage } from './not-found.tsx'
import { Shell } from './shell.tsx'

export const rootRoute = createRootRoute({ notFoundComponent: NotFoundPage })

/** Every page stands in the shell; modules make their routes with this as parent. */
export const shellRoute = createRoute({ getParentRoute: () => rootRoute, id: 'shell', component: Shell })
