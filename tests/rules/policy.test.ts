import { describe, expect, it } from 'vitest'
import { ACTIONS } from '#shared/policy/actions.ts'
import { scopeOf } from '#shared/policy/can.ts'
import { MATRIX } from '#shared/policy/matrix.ts'
import { ROLES } from '#shared/policy/roles.ts'
import { makeTranslator } from '#shared/i18n/translate.ts'
import { LOCALES } from '#shared/i18n/locale.ts'

describe('permission matrix', () => {
  it('has a row for every action and a column for every role', () => {
    expect(Object.keys(MATRIX).sort()).toEqual([...ACTIONS].sort())
    for (const row of Object.values(MATRIX)) expect(row).toHaveLength(ROLES.length)
  })
  it('gives nothing to nobody, nothing for an unknown action, and the widest of several roles', () => {
    for (const action of ACTIONS) expect(scopeOf([], action)).toBe('none')
    expect(scopeOf(['owner'], 'constructor' as never)).toBe('none')
    expect(scopeOf(['sales', 'sales_manager'], 'customers.read')).toBe('team')
    expect(scopeOf(['sales', 'owner'], 'customers.read')).toBe('all')
  })
  it('shows the administrator no business', () => {
    const business = ACTIONS.filter((a) =>
      /^(customers|visits|contracts|receivables|receipts|dunning|performance)\./.test(a),
    )
    expect(business.length).toBeGreaterThan(20)
    for (const action of business) expect(scopeOf(['administrator'], action)).toBe('none')
  })
  it('lets only finance and the owner book money', () => {
    const who = (action: 'receipts.record' | 'receipts.reverse') => ROLES.filter((r) => scopeOf([r], action) !== 'none')
    expect(who('receipts.record')).toEqual(['finance', 'owner'])
    expect(who('receipts.reverse')).toEqual(['finance', 'owner'])
  })
  it('has a name for every action, role and reach in every language', () => {
    for (const locale of LOCALES) {
      const t = makeTranslator(locale)
      for (const action of ACTIONS) {
        const key = `policy:actions.${action.replaceAll('.', '-')}`
        expect(t(key)).not.toContain('actions.')
      }
      for (const role of ROLES) expect(t(`policy:roles.${role}`)).not.toContain('roles.')
    }
  })
})
