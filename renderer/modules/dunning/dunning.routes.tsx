import { listSearch } from '#renderer/ui/grid-state.ts'
import { pageRoute } from '#renderer/ui/page-route.tsx'
import { ContactsPage } from './pages/contacts.tsx'
import { CourtFilePage } from './pages/court-file.tsx'
import { EscalationPage } from './pages/escalation-page.tsx'
import { EscalationsPage } from './pages/escalations.tsx'
import { LetterPage } from './pages/letter-page.tsx'
import { LettersPage } from './pages/letters.tsx'
import { PolicyPage } from './pages/policy.tsx'
import { PromisesPage } from './pages/promises.tsx'
import { RunPage } from './pages/run.tsx'
import { WorkPage } from './pages/work.tsx'

const MOST_CHOSEN = 200

export const dunningRoutes = [
  pageRoute({ path: '/dunning', title: 'dunning:work.title', permit: 'dunning.read', list: true, component: WorkPage }),
  pageRoute({
    path: '/dunning/run',
    title: 'dunning:run.title',
    parent: '/dunning',
    permit: 'dunning.read',
    // Whom the run is about, where they were chosen in the work list.
    validateSearch: (search) => {
      const ids = search['customers']
      return {
        ...listSearch.parse(search),
        ...(Array.isArray(ids) ? { customers: ids.filter((id) => typeof id === 'string').slice(0, MOST_CHOSEN) } : {}),
      }
    },
    component: RunPage,
  }),
  pageRoute({
    path: '/dunning/letters',
    title: 'dunning:register.title',
    parent: '/dunning',
    permit: 'dunning.read',
    list: true,
    component: LettersPage,
  }),
  pageRoute({
    path: '/dunning/letters/$id',
    title: 'dunning:letterPage.title',
    parent: '/dunning/letters',
    permit: 'dunning.read',
    component: LetterPage,
  }),
  pageRoute({
    path: '/dunning/contacts',
    title: 'dunning:contacts.title',
    parent: '/dunning',
    permit: 'dunning.read',
    list: true,
    component: ContactsPage,
  }),
  pageRoute({
    path: '/dunning/promises',
    title: 'dunning:promiseList.title',
    parent: '/dunning',
    permit: 'dunning.read',
    list: true,
    component: PromisesPage,
  }),
  pageRoute({
    path: '/dunning/escalations',
    title: 'dunning:escalations.title',
    parent: '/dunning',
    permit: 'dunning.read',
    list: true,
    component: EscalationsPage,
  }),
  pageRoute({
    path: '/dunning/escalations/$id',
    title: 'dunning:escalations.approval.report',
    parent: '/dunning/escalations',
    permit: 'dunning.read',
    component: EscalationPage,
  }),
  pageRoute({
    path: '/dunning/court/$id',
    title: 'dunning:court.title',
    parent: '/dunning',
    permit: 'dunning.run',
    component: CourtFilePage,
  }),
  pageRoute({
    path: '/dunning/policy',
    title: 'dunning:policy.title',
    parent: '/dunning',
    permit: 'dunning.read',
    component: PolicyPage,
  }),
]
