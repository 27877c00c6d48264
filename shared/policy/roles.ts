/** Roles of a small sales firm; a person may have several. */
export const ROLES = ['sales', 'sales_manager', 'finance', 'reviewer', 'hr', 'owner', 'administrator'] as const
export type Role = (typeof ROLES)[number]
