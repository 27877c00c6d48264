import { describe, expect, it } from 'vitest'
import { ACTIONS, type Action } from '#shared/policy/actions.ts'
import { scopeOf } from '#shared/policy/can.ts'
import { ROLES, type Role } from '#shared/policy/roles.ts'

const WIDTH = { none: 0, own: 1, team: 2, all: 3 } as const
const everybody = ['office.read', 'policy.matrix.read'].map((action) => `${action}:all`)
const seat = ['files.upload', 'jobs.use', 'search.use'].map((action) => `${action}:own`)

/** Written out a second time, by role instead of by action: whoever changes the table must mean it. */
const MAY: Readonly<Record<Role, readonly string[]>> = {
  sales: [
    ...['read', 'create', 'update', 'import', 'claim'].map((verb) => `customers.${verb}:own`),
    'market.read:all',
    'clauses.read:all',
    'market.write:own',
    'tasks.use:own',
    'orders.read:own',
    'orders.write:own',
    'approvals.use:own',
    ...['read', 'write'].map((verb) => `deals.${verb}:own`),
    ...['read', 'record'].map((verb) => `visits.${verb}:own`),
    ...['read', 'create', 'update', 'submit', 'sign', 'archive', 'perform'].map((verb) => `contracts.${verb}:own`),
    'wordtemplates.read:all',
    'invoices.read:own',
    'bonuses.read:own',
    ...['receivables.read', 'dunning.read', 'dunning.run', 'performance.read', 'performance.export'].map(
      (a) => `${a}:own`,
    ),
    ...['claims.read', 'claims.record', 'credit.read'].map((action) => `${action}:own`),
    'dashboard.read:own',
    'imports.use:own',
    ...everybody,
    ...seat,
  ],
  sales_manager: [
    ...['read', 'create', 'update', 'remove', 'import', 'export', 'transfer', 'merge', 'claim'].map(
      (verb) => `customers.${verb}:team`,
    ),
    'market.read:all',
    'clauses.read:all',
    'market.write:team',
    'market.answer:all',
    'tasks.use:team',
    ...['read', 'write', 'export'].map((verb) => `orders.${verb}:team`),
    'approvals.use:team',
    ...['read', 'write', 'remove', 'export'].map((verb) => `deals.${verb}:team`),
    ...['read', 'record', 'export'].map((verb) => `visits.${verb}:team`),
    ...['read', 'create', 'update', 'submit', 'sign', 'void', 'export'].map((verb) => `contracts.${verb}:team`),
    ...['seal', 'archive', 'perform'].map((verb) => `contracts.${verb}:team`),
    'wordtemplates.read:all',
    ...['read', 'plan', 'export'].map((verb) => `receivables.${verb}:team`),
    ...['read', 'export'].map((verb) => `invoices.${verb}:team`),
    ...['read', 'run', 'export'].map((verb) => `dunning.${verb}:team`),
    ...['read', 'record', 'decide', 'export'].map((verb) => `claims.${verb}:team`),
    ...['read', 'export'].map((verb) => `credit.${verb}:team`),
    ...['read', 'targets', 'export'].map((verb) => `performance.${verb}:team`),
    'bonuses.read:own',
    'dashboard.read:team',
    'views.share:all',
    'imports.use:own',
    ...everybody,
    ...seat,
  ],
  finance: [
    ...['read', 'set'].map((verb) => `bonuses.${verb}:all`),
    ...['customers.read', 'deals.read', 'contracts.read', 'contracts.export', 'dashboard.read'].map(
      (action) => `${action}:all`,
    ),
    'tasks.use:own',
    'clauses.read:all',
    'orders.read:all',
    'orders.export:all',
    ...['seal', 'archive', 'perform'].map((verb) => `contracts.${verb}:all`),
    'wordtemplates.read:all',
    'approvals.use:own',
    ...['read', 'plan', 'export', 'policy'].map((verb) => `receivables.${verb}:all`),
    ...['read', 'write', 'export'].map((verb) => `invoices.${verb}:all`),
    'imports.use:own',
    ...['record', 'reverse'].map((verb) => `receipts.${verb}:all`),
    ...['read', 'write', 'export'].map((verb) => `bank.${verb}:all`),
    ...['read', 'run', 'policy', 'export'].map((verb) => `dunning.${verb}:all`),
    ...['read', 'record', 'decide', 'policy', 'export'].map((verb) => `claims.${verb}:all`),
    ...['read', 'set', 'override', 'policy', 'export'].map((verb) => `credit.${verb}:all`),
    ...everybody,
    ...seat,
  ],
  reviewer: [
    ...['customers.read', 'contracts.read', 'contracts.sign', 'contracts.export', 'dunning.read', 'dashboard.read'].map(
      (action) => `${action}:all`,
    ),
    'market.read:all',
    ...['read', 'write', 'export'].map((verb) => `clauses.${verb}:all`),
    'deals.read:all',
    'orders.read:all',
    'orders.export:all',
    'tasks.use:own',
    ...['seal', 'archive', 'perform'].map((verb) => `contracts.${verb}:all`),
    ...['read', 'write'].map((verb) => `wordtemplates.${verb}:all`),
    ...['read', 'record', 'export'].map((verb) => `claims.${verb}:all`),
    'credit.read:all',
    'approvals.use:own',
    ...everybody,
    ...seat,
  ],
  hr: [
    ...['read', 'targets', 'schemes', 'export', 'lock'].map((verb) => `performance.${verb}:all`),
    ...['read', 'set'].map((verb) => `bonuses.${verb}:all`),
    ...['visits.read', 'visits.export', 'dashboard.read', 'people.read'].map((action) => `${action}:all`),
    'tasks.use:own',
    'approvals.use:own',
    ...everybody,
    ...seat,
  ],
  owner: [
    ...ACTIONS.filter((action) => action !== 'people.manage' && !/^(files|jobs|search)\./.test(action)).map(
      (a) => `${a}:all`,
    ),
    ...seat,
  ],
  administrator: [
    ...['office.settings', 'people.read', 'people.manage'].map((action) => `${action}:all`),
    ...['read', 'create', 'restore'].map((verb) => `backups.${verb}:all`),
    ...['read', 'verify'].map((verb) => `audit.${verb}:all`),
    'dashboard.read:own',
    'tasks.use:own',
    ...everybody,
    ...seat,
  ],
}

describe.each(ROLES)('%s', (role) => {
  it('may do exactly this, and nothing else', () => {
    const found = ACTIONS.filter((action) => scopeOf([role], action) !== 'none').map(
      (action) => `${action}:${scopeOf([role], action)}`,
    )
    expect(new Set(found)).toEqual(new Set(MAY[role]))
  })
  it('changes and exports nothing that it may not read', () => {
    for (const action of ACTIONS) {
      const [subject] = action.split('.') as [string]
      const read = `${subject === 'receipts' ? 'receivables' : subject}.read` as Action
      if (!ACTIONS.includes(read)) continue
      expect([action, WIDTH[scopeOf([role], action)] <= WIDTH[scopeOf([role], read)]]).toEqual([action, true])
    }
  })
})

describe('several roles', () => {
  it('reach as far as the widest of them, for every pair and every action, in either order', () => {
    for (const a of ROLES) {
      for (const b of ROLES) {
        for (const action of ACTIONS) {
          const both = WIDTH[scopeOf([a, b], action)]
          expect(both).toBe(Math.max(WIDTH[scopeOf([a], action)], WIDTH[scopeOf([b], action)]))
          expect(scopeOf([b, a], action)).toBe(scopeOf([a, b], action))
        }
      }
    }
  })
})
