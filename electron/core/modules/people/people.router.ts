import type { Os } from '#core/rpc/implementer.ts'
import type { createGroupsService } from './groups.service.ts'
import type { createPeopleService } from './people.service.ts'

/** Binds the entries of people. */
export function peopleRouter(
  os: Os['people'],
  people: ReturnType<typeof createPeopleService>,
  groups: ReturnType<typeof createGroupsService>,
) {
  return {
    list: os.list.handler(({ input, context }) => people.list(context.call, input)),
    summary: os.summary.handler(({ input, context }) => people.summary(context.call, input)),
    get: os.get.handler(({ input, context }) => people.get(context.call, input.id)),
    briefs: os.briefs.handler(() => people.briefs()),
    create: os.create.handler(({ input, context }) => people.create(context.call, input)),
    update: os.update.handler(({ input, context }) => people.update(context.call, input)),
    setActive: os.setActive.handler(({ input, context }) => people.setActive(context.call, input)),
    resetPassword: os.resetPassword.handler(({ input, context }) => people.resetPassword(context.call, input.id)),
    unlockAccount: os.unlockAccount.handler(({ input, context }) => people.unlockAccount(context.call, input.id)),
    departments: os.departments.handler(() => groups.departments()),
    createDepartment: os.createDepartment.handler(({ input, context }) => groups.createDepartment(context.call, input)),
    updateDepartment: os.updateDepartment.handler(({ input, context }) => groups.updateDepartment(context.call, input)),
    removeDepartment: os.removeDepartment.handler(({ input, context }) => groups.removeDepartment(context.call, input)),
    teams: os.teams.handler(() => groups.teams()),
    createTeam: os.createTeam.handler(({ input, context }) => groups.createTeam(context.call, input)),
    updateTeam: os.updateTeam.handler(({ input, context }) => groups.updateTeam(context.call, input)),
    removeTeam: os.removeTeam.handler(({ input, context }) => groups.removeTeam(context.call, input)),
  }
}
