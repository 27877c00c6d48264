import { pageRoute } from '#renderer/ui/page-route.tsx'
import { AccountsPage } from './pages/accounts.tsx'
import { StatementImportPage } from './pages/statement-import.tsx'
import { StatementListPage } from './pages/statement-list.tsx'
import { StatementPage } from './pages/statement-page.tsx'
import { LinesPage } from './pages/lines.tsx'

export const bankRoutes = [
  pageRoute({ path: '/bank', title: 'bank:title', permit: 'bank.read', list: true, component: LinesPage }),
  pageRoute({
    path: '/bank/statements',
    title: 'bank:statements.title',
    parent: '/bank',
    permit: 'bank.read',
    list: true,
    component: StatementListPage,
  }),
  pageRoute({
    path: '/bank/statements/$id',
    title: 'bank:statements.one',
    parent: '/bank/statements',
    permit: 'bank.read',
    list: true,
    component: StatementPage,
  }),
  pageRoute({
    path: '/bank/import',
    title: 'bank:import.title',
    parent: '/bank/statements',
    permit: 'bank.write',
    component: StatementImportPage,
  }),
  pageRoute({
    path: '/bank/accounts',
    title: 'bank:accounts.title',
    parent: '/bank',
    permit: 'bank.read',
    component: AccountsPage,
  }),
]
