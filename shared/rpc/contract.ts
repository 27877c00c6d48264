import { changesContract } from '#shared/modules/changes/changes.contract.ts'
import { filesContract } from '#shared/modules/files/files.contract.ts'
import { jobsContract } from '#shared/modules/jobs/jobs.contract.ts'
import { officeContract } from '#shared/modules/office/office.contract.ts'
import { peopleContract } from '#shared/modules/people/people.contract.ts'
import { searchContract } from '#shared/modules/search/search.contract.ts'
import { sessionContract } from '#shared/modules/session/session.contract.ts'

/** Everything that can be asked of the core. Both hosts serve it; the renderer's client is typed by it. */
export const contract = {
  session: sessionContract,
  office: officeContract,
  people: peopleContract,
  jobs: jobsContract,
  files: filesContract,
  search: searchContract,
  changes: changesContract,
}
export type Contract = typeof contract
