import type { Action } from './actions.ts'
import type { Role } from './roles.ts'

/** How far an action reaches: nobody's rows, one's own, one's teams', the whole firm's. */
export type Reach = 'none' | 'own' | 'team' | 'all'

const _ = 'none'
const own = 'own'
const team = 'team'
const all = 'all'

/**
 * Who may do what, and how far: the one place where it is written. Columns are the roles in the order of `ROLES`.
 * The administrator runs the program and sees no business; the owner sees everything.
 */
// oxfmt-ignore
//                          sales  manager finance reviewer hr   owner admin
export const MATRIX: Readonly<Record<Action, readonly [Reach, Reach, Reach, Reach, Reach, Reach, Reach]>> = {
  'customers.read':         [own,   team,   all,    all,     _,   all,  _],
  'customers.create':       [own,   team,   _,      _,       _,   all,  _],
  'customers.update':       [own,   team,   _,      _,       _,   all,  _],
  'customers.remove':       [_,     team,   _,      _,       _,   all,  _],
  'customers.import':       [own,   team,   _,      _,       _,   all,  _],
  'customers.export':       [_,     team,   _,      _,       _,   all,  _],
  'customers.transfer':     [_,     team,   _,      _,       _,   all,  _],
  'customers.merge':        [_,     team,   _,      _,       _,   all,  _],
  'customers.claim':        [own,   team,   _,      _,       _,   all,  _],
  'customers.rules':        [_,     _,      _,      _,       _,   all,  _],
  'market.read':            [all,   all,    _,      all,     _,   all,  _],
  'market.write':           [own,   team,   _,      _,       _,   all,  _],
  'market.answer':          [_,     all,    _,      _,       _,   all,  _],
  'visits.read':            [own,   team,   _,      _,       all, all,  _],
  'visits.record':          [own,   team,   _,      _,       _,   all,  _],
  'visits.export':          [_,     team,   _,      _,       all, all,  _],
  'deals.read':             [own,   team,   all,    all,     _,   all,  _],
  'deals.write':            [own,   team,   _,      _,       _,   all,  _],
  'deals.remove':           [_,     team,   _,      _,       _,   all,  _],
  'deals.export':           [_,     team,   _,      _,       _,   all,  _],
  'contracts.read':         [own,   team,   all,    all,     _,   all,  _],
  'contracts.create':       [own,   team,   _,      _,       _,   all,  _],
  'contracts.update':       [own,   team,   _,      _,       _,   all,  _],
  'contracts.submit':       [own,   team,   _,      _,       _,   all,  _],
  'contracts.sign':         [own,   team,   _,      all,     _,   all,  _],
  'contracts.void':         [_,     team,   _,      _,       _,   all,  _],
  'contracts.export':       [_,     team,   all,    all,     _,   all,  _],
  'contracts.seal':         [_,     team,   all,    all,     _,   all,  _],
  'contracts.archive':      [own,   team,   all,    all,     _,   all,  _],
  'contracts.perform':      [own,   team,   all,    all,     _,   all,  _],
  'clauses.read':           [all,   all,    all,    all,     _,   all,  _],
  'clauses.write':          [_,     _,      _,      all,     _,   all,  _],
  'clauses.export':         [_,     _,      _,      all,     _,   all,  _],
  'wordtemplates.read':     [all,   all,    all,    all,     _,   all,  _],
  'wordtemplates.write':    [_,     _,      _,      all,     _,   all,  _],
  'orders.read':            [own,   team,   all,    all,     _,   all,  _],
  'orders.write':           [own,   team,   _,      _,       _,   all,  _],
  'orders.export':          [_,     team,   all,    all,     _,   all,  _],
  'receivables.read':       [own,   team,   all,    _,       _,   all,  _],
  'receivables.plan':       [_,     team,   all,    _,       _,   all,  _],
  'receivables.export':     [_,     team,   all,    _,       _,   all,  _],
  'receivables.policy':     [_,     _,      all,    _,       _,   all,  _],
  'receipts.record':        [_,     _,      all,    _,       _,   all,  _],
  'receipts.reverse':       [_,     _,      all,    _,       _,   all,  _],
  'invoices.read':          [own,   team,   all,    _,       _,   all,  _],
  'invoices.write':         [_,     _,      all,    _,       _,   all,  _],
  'invoices.export':        [_,     team,   all,    _,       _,   all,  _],
  'bank.read':              [_,     _,      all,    _,       _,   all,  _],
  'bank.write':             [_,     _,      all,    _,       _,   all,  _],
  'bank.export':            [_,     _,      all,    _,       _,   all,  _],
  'dunning.read':           [own,   team,   all,    all,     _,   all,  _],
  'dunning.run':            [own,   team,   all,    _,       _,   all,  _],
  'dunning.policy':         [_,     _,      all,    _,       _,   all,  _],
  'dunning.export':         [_,     team,   all,    _,       _,   all,  _],
  'claims.read':            [own,   team,   all,    all,     _,   all,  _],
  'claims.record':          [own,   team,   all,    all,     _,   all,  _],
  'claims.decide':          [_,     team,   all,    _,       _,   all,  _],
  'claims.policy':          [_,     _,      all,    _,       _,   all,  _],
  'claims.export':          [_,     team,   all,    all,     _,   all,  _],
  'credit.read':            [own,   team,   all,    all,     _,   all,  _],
  'credit.set':             [_,     _,      all,    _,       _,   all,  _],
  'credit.override':        [_,     _,      all,    _,       _,   all,  _],
  'credit.policy':          [_,     _,      all,    _,       _,   all,  _],
  'credit.export':          [_,     team,   all,    _,       _,   all,  _],
  'performance.read':       [own,   team,   _,      _,       all, all,  _],
  'performance.targets':    [_,     team,   _,      _,       all, all,  _],
  'performance.schemes':    [_,     _,      _,      _,       all, all,  _],
  'performance.export':     [own,   team,   _,      _,       all, all,  _],
  'performance.lock':       [_,     _,      _,      _,       all, all,  _],
  'bonuses.read':           [own,   own,    all,    _,       all, all,  _],
  'bonuses.set':            [_,     _,      all,    _,       all, all,  _],
  'dashboard.read':         [own,   team,   all,    all,     all, all,  own],
  'office.read':            [all,   all,    all,    all,     all, all,  all],
  'office.settings':        [_,     _,      _,      _,       _,   all,  all],
  'people.read':            [_,     _,      _,      _,       all, all,  all],
  'people.manage':          [_,     _,      _,      _,       _,   _,    all],
  'policy.matrix.read':     [all,   all,    all,    all,     all, all,  all],
  'backups.read':           [_,     _,      _,      _,       _,   all,  all],
  'backups.create':         [_,     _,      _,      _,       _,   all,  all],
  'backups.restore':        [_,     _,      _,      _,       _,   all,  all],
  'audit.read':             [_,     _,      _,      _,       _,   all,  all],
  'audit.verify':           [_,     _,      _,      _,       _,   all,  all],
  'approvals.use':         [own,   team,   own,    own,     own, all,  _],
  'approvals.define':      [_,     _,      _,      _,       _,   all,  _],
  'tasks.use':              [own,   team,   own,    own,     own, all,  own],
  'files.upload':           [own,   own,    own,    own,     own, own,  own],
  'imports.use':            [own,   own,    own,    _,       _,   all,  _],
  'jobs.use':               [own,   own,    own,    own,     own, own,  own],
  'search.use':             [own,   own,    own,    own,     own, own,  own],
  'views.share':            [_,     all,    _,      _,       _,   all,  _],
}

export function reachOf(role: Role, action: Action, index: Readonly<Record<Role, number>>): Reach {
  return MATRIX[action][index[role]] ?? 'none'
}
