import { pageRoute } from '#renderer/ui/page-route.tsx'
import { OrderListPage } from './pages/order-list.tsx'
import { OrderPage } from './pages/order-page.tsx'

export const ordersRoutes = [
  pageRoute({ path: '/orders', title: 'orders:title', permit: 'orders.read', list: true, component: OrderListPage }),
  pageRoute({
    path: '/orders/$id',
    title: 'orders:view',
    parent: '/orders',
    permit: 'orders.read',
    component: OrderPage,
  }),
]
