import { createRoute } from '@tanstack/react-router'
import { shellRoute } from '#renderer/app/root-route.tsx'
import { ChangePasswordPage } from './change-password.tsx'

export const sessionRoutes = [
  createRoute({ getParentRoute: () => shellRoute, path: '/password', component: ChangePasswordPage }),
]
