import { customerSearch } from '#renderer/modules/customers/parts/searched-customer.ts'
import { dealSearch } from '#renderer/modules/deals/parts/searched-deal.ts'
import { pageRoute } from '#renderer/ui/page-route.tsx'
import { EditNotePage, NewNotePage } from './pages/note-editor.tsx'
import { NoteListPage } from './pages/note-list.tsx'
import { NotePage } from './pages/note-page.tsx'

export const marketRoutes = [
  pageRoute({ path: '/market', title: 'market:title', permit: 'market.read', list: true, component: NoteListPage }),
  pageRoute({
    path: '/market/new',
    title: 'market:new',
    parent: '/market',
    permit: 'market.write',
    component: NewNotePage,
    validateSearch: (search) => customerSearch.extend(dealSearch.shape).parse(search),
  }),
  pageRoute({
    path: '/market/$id',
    title: 'market:view',
    parent: '/market',
    permit: 'market.read',
    component: NotePage,
  }),
  pageRoute({
    path: '/market/$id/edit',
    title: 'market:edit',
    parent: '/market',
    permit: 'market.write',
    component: EditNotePage,
  }),
]
