import { z } from 'zod'
import { pageRoute } from '#renderer/ui/page-route.tsx'
import { SheetPage } from './pages/sheet.tsx'
import { TargetsPage } from './pages/targets.tsx'

const monthSearch = z.object({
  month: z
    .string()
    .regex(/^\d{4}-\d{2}$/)
    .optional()
    .catch(undefined),
})

export const performanceRoutes = [
  pageRoute({
    path: '/performance',
    title: 'performance:title',
    permit: 'performance.read',
    component: SheetPage,
    validateSearch: (search) => monthSearch.parse(search),
  }),
  pageRoute({
    path: '/performance/targets',
    title: 'performance:targetsTitle',
    parent: '/performance',
    permit: 'performance.targets',
    component: TargetsPage,
    validateSearch: (search) => monthSearch.parse(search),
  }),
]
