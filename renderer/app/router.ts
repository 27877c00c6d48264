import { createHashHistory, createRouter } from '@tanstack/react-router'
import { rootRoute, shellRoute } from './root-route.tsx'
import { moduleRoutes } from './routes.ts'

/** Addresses live behind `#`, so that they are the same in the desktop program and in a browser. */
export const router = createRouter({
  routeTree: rootRoute.addChildren([shellRoute.addChildren(moduleRoutes)]),
  history: createHashHistory(),
  defaultPreload: false,
})
