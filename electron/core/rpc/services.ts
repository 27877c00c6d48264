import type { ChangeFeed } from '#core/kernel/change-feed.ts'
import type { CoreDeps } from '#core/kernel/deps.ts'
import type { Vault } from '#core/kernel/vault.ts'
import { createFirstRun } from '#core/modules/office/first-run.ts'
import { createOfficeService } from '#core/modules/office/office.service.ts'
import { createGroupsService } from '#core/modules/people/groups.service.ts'
import { createPeopleService, type Accounts } from '#core/modules/people/people.service.ts'
import { createSearchService } from '#core/modules/search/search.service.ts'
import type { SessionRegistry } from '#core/modules/session/session.registry.ts'
import { createSessionService } from '#core/modules/session/session.service.ts'

/** Makes every service once, in the order they need each other. */
export function createServices(deps: CoreDeps, vault: Vault, registry: SessionRegistry, feed: ChangeFeed) {
  const accounts: Accounts = {
    issueCode: (key) => vault.issueCode(key),
    removeSlot: (key) => vault.removeSlot(key),
    unlock: (key) => vault.forgiveAttempts(key),
    endSessions: (userId) => registry.endAll(userId),
  }
  const session = createSessionService(deps, vault, registry)
  const office = createOfficeService(deps, (preferences) => {
    registry.idleMinutes = preferences.idleMinutes
    vault.remember({ locale: preferences.locale })
  })
  return {
    deps,
    feed,
    session,
    office,
    firstRun: createFirstRun(deps, vault, session, async () => {
      throw new Error('the sample firm is bound in its own module')
    }),
    people: createPeopleService(deps, accounts),
    groups: createGroupsService(deps),
    search: createSearchService([]),
  }
}

export type Services = ReturnType<typeof createServices>
