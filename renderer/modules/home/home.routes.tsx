import { pageRoute } from '#renderer/ui/page-route.tsx'
import { HomePage } from './pages/home.tsx'

export const homeRoutes = [pageRoute({ path: '/', title: 'home:title', permit: 'dashboard.read', component: HomePage })]
