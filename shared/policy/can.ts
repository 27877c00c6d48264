import type { Action } from './actions.ts'
import { MATRIX, reachOf, type Reach } from './matrix.ts'
import { ROLES, type Role } from './roles.ts'

const WIDTH: Readonly<Record<Reach, number>> = { none: 0, own: 1, team: 2, all: 3 }
const INDEX = Object.fromEntries(ROLES.map((role, i) => [role, i])) as Record<Role, number>

/** How far these roles together may do this: the widest of them. No role, or an unknown action: none. */
export function scopeOf(roles: readonly Role[], action: Action): Reach {
  if (!Object.hasOwn(MATRIX, action)) return 'none'
  let widest: Reach = 'none'
  for (const role of roles) {
    const reach = reachOf(role, action, INDEX)
    if (WIDTH[reach] > WIDTH[widest]) widest = reach
  }
  return widest
}

/** The roles that may do this at all. */
export function rolesWith(action: Action): readonly Role[] {
  return ROLES.filter((role) => scopeOf([role], action) !== 'none')
}
