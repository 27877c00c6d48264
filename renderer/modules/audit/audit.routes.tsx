import { pageRoute } from '#renderer/ui/page-route.tsx'
import { AuditPage } from './pages/audit.tsx'

export const auditRoutes = [
  pageRoute({ path: '/audit', title: 'audit:title', permit: 'audit.read', list: true, component: AuditPage }),
]
