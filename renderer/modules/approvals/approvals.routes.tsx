import { pageRoute } from '#renderer/ui/page-route.tsx'
import { ApprovalsPage } from './pages/inbox.tsx'
import { EditWayPage, NewWayPage } from './pages/way-editor.tsx'
import { WaysPage } from './pages/ways.tsx'

export const approvalsRoutes = [
  pageRoute({
    path: '/approvals',
    title: 'approvals:title',
    permit: 'approvals.use',
    list: true,
    component: ApprovalsPage,
  }),
  pageRoute({
    path: '/approvals/$id',
    title: 'approvals:view',
    parent: '/approvals',
    permit: 'approvals.use',
    list: true,
    component: ApprovalsPage,
  }),
  pageRoute({
    path: '/approval-ways',
    title: 'approvals:define.title',
    parent: '/approvals',
    permit: 'approvals.define',
    component: WaysPage,
  }),
  pageRoute({
    path: '/approval-ways/new',
    title: 'approvals:define.new',
    parent: '/approval-ways',
    permit: 'approvals.define',
    component: NewWayPage,
  }),
  pageRoute({
    path: '/approval-ways/$id',
    title: 'approvals:define.edit',
    parent: '/approval-ways',
    permit: 'approvals.define',
    component: EditWayPage,
  }),
]
