import { describe, expect, it } from 'vitest'
import { LOCALES } from '#shared/i18n/locale.ts'
import { makeTranslator } from '#shared/i18n/translate.ts'
import { AUDIT_ACTIONS } from '#shared/modules/audit/audit.actions.ts'
import { AUDIT_ENTITIES } from '#shared/modules/audit/audit.entities.ts'
import { actionWords, AUDIT_MODULES, entityWords } from '#shared/modules/audit/audit.words.ts'

describe.each(LOCALES)('the audit log in %s', (locale) => {
  const t = makeTranslator(locale)

  it.each(AUDIT_ACTIONS)('has words for %s', (action) => {
    const words = actionWords(t, action)
    expect(words).not.toBe(action)
    expect(words).not.toMatch(/^audit:|^what\./)
  })

  it.each([...AUDIT_ENTITIES])('has words for the entity %s', (entity) =>
    expect(entityWords(t, entity)).not.toMatch(/^audit:|^entities\./),
  )

  it.each(AUDIT_MODULES)('has words for the module %s', (module) =>
    expect(t(`audit:modules.${module}`)).not.toMatch(/^audit:|^modules\./),
  )
})

it('a kind of a later version stays as it was written', () =>
  expect(actionWords(makeTranslator('zh-CN'), 'later.thing')).toBe('later.thing'))
