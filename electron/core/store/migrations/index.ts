import type { Kysely } from 'kysely'
import { migration as kernel } from './0001-kernel.ts'
import { migration as officePeople } from './0002-office-people.ts'
import { migration as customers } from './0003-customers.ts'
import { migration as contracts } from './0004-contracts.ts'
import { migration as receivables } from './0005-receivables.ts'
import { migration as dunning } from './0006-dunning.ts'
import { migration as performance } from './0007-performance.ts'
import { migration as files } from './0008-files.ts'
import { migration as imports } from './0009-imports.ts'
import { migration as tasks } from './0010-tasks.ts'
import { migration as attachments } from './0011-attachments.ts'
import { migration as marketNotes } from './0012-market-notes.ts'
import { migration as callBacks } from './0013-call-backs.ts'
import { migration as visitNextDay } from './0014-visit-next-day.ts'
import { migration as customerFile } from './0015-customer-file.ts'
import { migration as customFields } from './0016-custom-fields.ts'
import { migration as customerTeam } from './0017-customer-team.ts'
import { migration as customerMerge } from './0018-customer-merge.ts'
import { migration as visitPlans } from './0019-visit-plans.ts'
import { migration as deals } from './0020-deals.ts'
import { migration as quotations } from './0021-quotations.ts'
import { migration as numberSearch } from './0022-number-search.ts'
import { migration as visitSeries } from './0023-visit-series.ts'
import { migration as timeline } from './0024-timeline.ts'
import { migration as fieldRanges } from './0025-field-ranges.ts'
import { migration as contractDraft } from './0026-contract-draft.ts'
import { migration as approvals } from './0027-approvals.ts'
import { migration as clauses } from './0028-clauses.ts'
import { migration as contractVersions } from './0029-contract-versions.ts'
import { migration as contractPapers } from './0030-contract-papers.ts'
import { migration as orders } from './0031-orders.ts'
import { migration as wordTemplates } from './0033-word-templates.ts'
import { migration as obligations } from './0034-obligations.ts'
import { migration as views } from './0035-views.ts'
import { migration as invoices } from './0036-invoices.ts'
import { migration as receivablesLedger } from './0037-receivables-ledger.ts'
import { migration as claims } from './0038-claims.ts'
import { migration as credit } from './0039-credit.ts'
import { migration as bank } from './0042-bank.ts'
import { migration as dunningWork } from './0045-dunning-work.ts'
import { migration as dunningProof } from './0046-dunning-proof.ts'
import { migration as dunningEscalations } from './0047-dunning-escalations.ts'
import { migration as appraisalSchemes } from './0050-appraisal-schemes.ts'
import { migration as dunningCourt } from './0051-dunning-court.ts'
import { migration as appraisalReviews } from './0052-appraisal-reviews.ts'
import { migration as receivablesPast } from './0053-receivables-past.ts'
import { migration as appraisalCorrections } from './0054-appraisal-corrections.ts'
import { migration as appraisalCycle } from './0055-appraisal-cycle.ts'
import { migration as appraisalPolicy } from './0058-appraisal-policy.ts'
import { migration as appraisalProposals } from './0059-appraisal-proposals.ts'
import { migration as appraisalBonus } from './0060-appraisal-bonus.ts'
import { migration as appraisalExtra } from './0061-appraisal-extra.ts'
import { migration as appraisalForms } from './0062-appraisal-forms.ts'

export interface Migration {
  readonly id: string
  up(db: Kysely<unknown>): Promise<void>
}

/** In the order they are run; the file's `user_version` is how many of them it has. A shipped one is never edited. */
export const MIGRATIONS: readonly Migration[] = [
  kernel,
  officePeople,
  customers,
  contracts,
  receivables,
  dunning,
  performance,
  files,
  imports,
  tasks,
  attachments,
  marketNotes,
  callBacks,
  visitNextDay,
  customerFile,
  customFields,
  customerTeam,
  customerMerge,
  visitPlans,
  deals,
  quotations,
  numberSearch,
  visitSeries,
  timeline,
  fieldRanges,
  contractDraft,
  approvals,
  clauses,
  contractVersions,
  contractPapers,
  orders,
  wordTemplates,
  obligations,
  views,
  invoices,
  receivablesLedger,
  claims,
  credit,
  bank,
  dunningWork,
  dunningProof,
  dunningEscalations,
  appraisalSchemes,
  dunningCourt,
  appraisalReviews,
  receivablesPast,
  appraisalCorrections,
  appraisalCycle,
  appraisalPolicy,
  appraisalProposals,
  appraisalBonus,
  appraisalExtra,
  appraisalForms,
]
