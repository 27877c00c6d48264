import { pageRoute } from '#renderer/ui/page-route.tsx'
import { PolicyPage } from './pages/policy.tsx'
import { LettersPage } from './pages/letters.tsx'
import { RunPage } from './pages/run.tsx'

export const dunningRoutes = [
  pageRoute({ path: '/dunning', title: 'dunning:run.title', permit: 'dunning.read', component: RunPage }),
  pageRoute({
    path: '/dunning/letters',
    title: 'dunning:register.title',
    parent: '/dunning',
    permit: 'dunning.read',
    list: true,
    component: LettersPage,
  }),
  pageRoute({
    path: '/dunning/policy',
    title: 'dunning:policy.title',
    parent: '/dunning',
    permit: 'dunning.read',
    component: PolicyPage,
  }),
]
