import { makeTranslator } from '#shared/i18n/translate.ts'

/** The words of the interface as the journeys see it, so that a journey names a button by its key. */
export const words = makeTranslator('zh-CN')
