import type { TaskSource } from '#core/modules/tasks/tasks.api.ts'

/** The task that asks somebody for his word to his result. */
export const wordOf = (month: string, userId: string): TaskSource => ({
  module: 'appraisals',
  id: `${month}:${userId}`,
})

/** The one that asks whoever locks months to look at this one and lock it. */
export const lockTask = (month: string, userId: string): TaskSource => ({
  module: 'appraisals',
  id: `${month}:${userId}:lock`,
})

/** The one about an appeal. */
export const appealTask = (month: string, id: string): TaskSource => ({ module: 'appeals', id: `${month}:${id}` })

/** The one that asks somebody to rate himself. */
export const selfTask = (month: string, userId: string): TaskSource => ({
  module: 'reviews',
  id: `${month}:${userId}:self`,
})

/** The one that asks his leader to rate him. */
export const superiorTask = (month: string, userId: string): TaskSource => ({
  module: 'reviews',
  id: `${month}:${userId}:superior`,
})
