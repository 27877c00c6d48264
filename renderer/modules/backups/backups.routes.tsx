import { pageRoute } from '#renderer/ui/page-route.tsx'
import { BackupsPage } from './pages/backups.tsx'

export const backupsRoutes = [
  pageRoute({ path: '/backups', title: 'backups:title', permit: 'backups.read', component: BackupsPage }),
]
