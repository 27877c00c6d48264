import { pageRoute } from '#renderer/ui/page-route.tsx'
import { MatrixPage } from './pages/matrix.tsx'
import { SettingsPage } from './pages/settings.tsx'

export const officeRoutes = [
  pageRoute({ path: '/settings', title: 'office:settings.title', permit: 'office.settings', component: SettingsPage }),
  pageRoute({ path: '/matrix', title: 'office:matrix.title', permit: 'policy.matrix.read', component: MatrixPage }),
]
