import {
  AuditOutlined,
  BarChartOutlined,
  BellOutlined,
  CalendarOutlined,
  CloudServerOutlined,
  FileDoneOutlined,
  HomeOutlined,
  PayCircleOutlined,
  SafetyOutlined,
  SettingOutlined,
  TeamOutlined,
  UserOutlined,
} from '@ant-design/icons'
import type { ComponentType } from 'react'
import type { Action } from '#shared/policy/actions.ts'

export interface NavigationItem {
  readonly path: string
  /** Under `common:nav`. */
  readonly word: string
  readonly icon: ComponentType<{ 'aria-hidden'?: boolean }>
  /** Shown only to who may do this. */
  readonly action: Action
}

/** The policy's chapters in their order, then what runs the program. */
export const NAVIGATION: readonly NavigationItem[] = [
  { path: '/', word: 'home', icon: HomeOutlined, action: 'dashboard.read' },
  { path: '/customers', word: 'customers', icon: TeamOutlined, action: 'customers.read' },
  { path: '/visits', word: 'visits', icon: CalendarOutlined, action: 'visits.read' },
  { path: '/contracts', word: 'contracts', icon: FileDoneOutlined, action: 'contracts.read' },
  { path: '/receivables', word: 'receivables', icon: PayCircleOutlined, action: 'receivables.read' },
  { path: '/dunning', word: 'dunning', icon: BellOutlined, action: 'dunning.read' },
  { path: '/performance', word: 'performance', icon: BarChartOutlined, action: 'performance.read' },
  { path: '/people', word: 'people', icon: UserOutlined, action: 'people.read' },
  { path: '/audit', word: 'audit', icon: AuditOutlined, action: 'audit.read' },
  { path: '/backups', word: 'backups', icon: CloudServerOutlined, action: 'backups.read' },
  { path: '/matrix', word: 'matrix', icon: SafetyOutlined, action: 'policy.matrix.read' },
  { path: '/settings', word: 'settings', icon: SettingOutlined, action: 'office.settings' },
]

