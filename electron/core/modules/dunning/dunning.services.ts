import type { CoreDeps } from '#core/kernel/deps.ts'
import { createCases } from './dunning.cases.ts'
import type { DunningSources } from './dunning.claims.ts'
import { createContactsService } from './dunning.contacts.ts'
import { createCourtService } from './dunning.court.ts'
import { escalationDecided } from './dunning.escalations.decided.ts'
import { createEscalationsService } from './dunning.escalations.ts'
import { createDunningExports } from './dunning.exports.ts'
import { dunningHolders } from './dunning.holders.ts'
import { createPolicies } from './dunning.policies.ts'
import type { DunningServices } from './dunning.router.ts'
import { createSendingsService } from './dunning.sendings.ts'
import { recountProofs, tellArrived } from './dunning.sendings.told.ts'
import { createDunningService } from './dunning.service.ts'
import { createWorkService } from './dunning.work.ts'

/** Everything of dunning, over what other modules tell it. The rows of the work list follow receivables by themselves. */
export function createDunning(deps: CoreDeps, sources: DunningSources) {
  const policies = createPolicies(deps)
  const cases = createCases(deps, policies, sources)
  deps.follow('receivables', cases.follow)
  // A scan that is added or taken away makes the proof of its letter stronger or weaker.
  deps.follow('attachments', (uow, ids) => recountProofs(uow, ids, policies, sources))
  const decided = escalationDecided(cases, policies)
  const services: DunningServices = {
    letters: createDunningService(deps, policies, cases, sources),
    sendings: createSendingsService(deps, policies, sources),
    work: createWorkService(deps, policies, cases, sources),
    contacts: createContactsService(deps, policies, cases, sources),
    escalations: createEscalationsService(deps, cases, decided),
    court: createCourtService(deps, cases),
    exports: createDunningExports(deps, policies),
  }
  const keep = async () => (await cases.freshen()) + (await tellArrived(deps, policies, sources))
  return { services, keep, decided, holders: dunningHolders(cases) }
}
