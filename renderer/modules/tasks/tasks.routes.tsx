import { pageRoute } from '#renderer/ui/page-route.tsx'
import { TaskListPage } from './pages/task-list.tsx'

export const tasksRoutes = [
  pageRoute({ path: '/tasks', title: 'tasks:title', permit: 'tasks.use', list: true, component: TaskListPage }),
]
