import {
  AccountBookOutlined,
  AuditOutlined,
  BankOutlined,
  BarChartOutlined,
  BellOutlined,
  CalculatorOutlined,
  CheckSquareOutlined,
  CloudServerOutlined,
  CommentOutlined,
  ContainerOutlined,
  CreditCardOutlined,
  FieldTimeOutlined,
  FileDoneOutlined,
  FileTextOutlined,
  FileWordOutlined,
  TruckOutlined,
  FlagOutlined,
  FundOutlined,
  HomeOutlined,
  ImportOutlined,
  PayCircleOutlined,
  ProjectOutlined,
  RadarChartOutlined,
  ReconciliationOutlined,
  SafetyCertificateOutlined,
  ScheduleOutlined,
  SettingOutlined,
  ShopOutlined,
  SnippetsOutlined,
  SolutionOutlined,
  TeamOutlined,
  TransactionOutlined,
} from '@ant-design/icons'
import type { ComponentType } from 'react'
import type { Action } from '#shared/policy/actions.ts'
import { DueBadge } from '#renderer/modules/tasks/parts/due-badge.tsx'

export interface NavigationEntry {
  /** Address of the page; an entry whose page does not exist is not shown. */
  readonly path: string
  /** i18n key of its name. */
  readonly label: string
  readonly icon: ComponentType<{ 'aria-hidden'?: boolean }>
  /** Whoever may not do this does not see the entry; null: everybody. */
  readonly permit: Action | null
  /** Whoever may do this comes to the page another way. */
  readonly unless?: Action
  /** A figure beside the name. */
  readonly badge?: ComponentType
  /** Starts a new part of the list. */
  readonly apart?: boolean
}

/** The left navigation in the order of the sales policy's chapters; what runs the program itself comes last. */
export const NAVIGATION: readonly NavigationEntry[] = [
  { path: '/', label: 'common:nav.home', icon: HomeOutlined, permit: null },
  { path: '/tasks', label: 'common:nav.tasks', icon: CheckSquareOutlined, permit: 'tasks.use', badge: DueBadge },
  { path: '/approvals', label: 'common:nav.approvals', icon: FileDoneOutlined, permit: 'approvals.use' },
  { path: '/customers', label: 'common:nav.customers', icon: ShopOutlined, permit: 'customers.read' },
  { path: '/visits', label: 'common:nav.visits', icon: SolutionOutlined, permit: 'visits.read' },
  { path: '/deals', label: 'common:nav.deals', icon: ProjectOutlined, permit: 'deals.read' },
  { path: '/quotations', label: 'common:nav.quotations', icon: CalculatorOutlined, permit: 'deals.read' },
  { path: '/minutes', label: 'common:nav.minutes', icon: CommentOutlined, permit: 'deals.read' },
  { path: '/market', label: 'common:nav.market', icon: RadarChartOutlined, permit: 'market.read' },
  { path: '/contracts', label: 'common:nav.contracts', icon: FileTextOutlined, permit: 'contracts.read' },
  { path: '/obligations', label: 'common:nav.obligations', icon: FlagOutlined, permit: 'contracts.read' },
  { path: '/contract-templates', label: 'common:nav.templates', icon: SnippetsOutlined, permit: 'clauses.read' },
  {
    path: '/word-templates',
    label: 'common:nav.wordTemplates',
    icon: FileWordOutlined,
    permit: 'wordtemplates.read',
  },
  { path: '/orders', label: 'common:nav.orders', icon: TruckOutlined, permit: 'orders.read' },
  { path: '/receivables', label: 'common:nav.receivables', icon: AccountBookOutlined, permit: 'receivables.read' },
  { path: '/receipts', label: 'common:nav.receipts', icon: TransactionOutlined, permit: 'receivables.read' },
  { path: '/bank', label: 'common:nav.bank', icon: BankOutlined, permit: 'bank.read' },
  { path: '/invoices', label: 'common:nav.invoices', icon: ContainerOutlined, permit: 'invoices.read' },
  { path: '/ageing', label: 'common:nav.ageing', icon: BarChartOutlined, permit: 'receivables.read' },
  { path: '/limitation', label: 'common:nav.limitation', icon: FieldTimeOutlined, permit: 'claims.read' },
  { path: '/statements', label: 'common:nav.statements', icon: ReconciliationOutlined, permit: 'claims.read' },
  { path: '/repayment-plans', label: 'common:nav.plans', icon: ScheduleOutlined, permit: 'claims.read' },
  { path: '/credit', label: 'common:nav.credit', icon: CreditCardOutlined, permit: 'credit.read' },
  { path: '/dunning', label: 'common:nav.dunning', icon: BellOutlined, permit: 'dunning.read' },
  { path: '/performance', label: 'common:nav.performance', icon: FundOutlined, permit: 'performance.read' },
  {
    path: '/performance/bonus',
    label: 'common:nav.bonus',
    icon: PayCircleOutlined,
    permit: 'bonuses.read',
    // Everybody else comes to it from the month's sheet.
    unless: 'performance.read',
  },
  { path: '/imports', label: 'common:nav.imports', icon: ImportOutlined, permit: 'imports.use', apart: true },
  { path: '/people', label: 'common:nav.people', icon: TeamOutlined, permit: 'people.read' },
  { path: '/matrix', label: 'common:nav.matrix', icon: SafetyCertificateOutlined, permit: 'policy.matrix.read' },
  { path: '/audit', label: 'common:nav.audit', icon: AuditOutlined, permit: 'audit.read' },
  { path: '/backups', label: 'common:nav.backups', icon: CloudServerOutlined, permit: 'backups.read' },
  { path: '/settings', label: 'common:nav.settings', icon: SettingOutlined, permit: 'office.settings' },
]
