import { pageRoute } from '#renderer/ui/page-route.tsx'
import { ChangePasswordPage } from './change-password.tsx'

export const sessionRoutes = [
  pageRoute({
    path: '/account/password',
    title: 'session:changePassword.title',
    permit: null,
    component: ChangePasswordPage,
  }),
]
