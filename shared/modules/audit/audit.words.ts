import type { Translate } from '#shared/i18n/translate.ts'
import { AUDIT_ACTIONS } from './audit.actions.ts'
import { AUDIT_ENTITIES } from './audit.entities.ts'

/** The modules that leave rows, in the order of the list. */
export const AUDIT_MODULES = [...new Set(AUDIT_ACTIONS.map((action) => action.split('.', 1)[0] ?? ''))]

/** What was done, in the reader's language; a kind that this version does not know stays as it was written. */
export function actionWords(t: Translate, action: string): string {
  if (!(AUDIT_ACTIONS as readonly string[]).includes(action)) return action
  const [module = '', ...verb] = action.split('.')
  return t(`audit:what.${module}.${verb.join('_')}`)
}

/** What it was done to, in the reader's language. */
export function entityWords(t: Translate, entity: string): string {
  return (AUDIT_ENTITIES as readonly string[]).includes(entity) ? t(`audit:entities.${entity}`) : entity
}
