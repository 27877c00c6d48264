import { pageRoute } from '#renderer/ui/page-route.tsx'
import { AccountsPage } from './pages/accounts.tsx'
import { GroupsPage } from './pages/groups.tsx'

export const peopleRoutes = [
  pageRoute({ path: '/people', title: 'people:title', permit: 'people.read', list: true, component: AccountsPage }),
  pageRoute({
    path: '/people/groups',
    title: 'people:groupsTitle',
    parent: '/people',
    permit: 'people.read',
    component: GroupsPage,
  }),
]
