import type { ApprovalsTables } from './tables/approvals.tables.ts'
import type { AttachmentsTables } from './tables/attachments.tables.ts'
import type { BankTables } from './tables/bank.tables.ts'
import type { ClausesTables } from './tables/clauses.tables.ts'
import type { ContractPapersTables } from './tables/contract-papers.tables.ts'
import type { ContractsTables } from './tables/contracts.tables.ts'
import type { CustomFieldsTables } from './tables/custom-fields.tables.ts'
import type { CustomerMergesTables } from './tables/customer-merges.tables.ts'
import type { ClaimsTables } from './tables/claims.tables.ts'
import type { CreditTables } from './tables/credit.tables.ts'
import type { CustomersTables } from './tables/customers.tables.ts'
import type { DealsTables } from './tables/deals.tables.ts'
import type { DunningTables } from './tables/dunning.tables.ts'
import type { FilesTables } from './tables/files.tables.ts'
import type { HandoverTables } from './tables/handover.tables.ts'
import type { ImportsTables } from './tables/imports.tables.ts'
import type { InvoicesTables } from './tables/invoices.tables.ts'
import type { KernelTables } from './tables/kernel.tables.ts'
import type { MarketTables } from './tables/market.tables.ts'
import type { MinutesTables } from './tables/minutes.tables.ts'
import type { ObligationsTables } from './tables/obligations.tables.ts'
import type { OrdersTables } from './tables/orders.tables.ts'
import type { PeopleTables } from './tables/people.tables.ts'
import type { PerformanceTables } from './tables/performance.tables.ts'
import type { PoolTables } from './tables/pool.tables.ts'
import type { QuotationsTables } from './tables/quotations.tables.ts'
import type { ReceivablesTables } from './tables/receivables.tables.ts'
import type { TasksTables } from './tables/tasks.tables.ts'
import type { ViewsTables } from './tables/views.tables.ts'
import type { VisitsTables } from './tables/visits.tables.ts'
import type { WordTemplatesTables } from './tables/word-templates.tables.ts'

/** Every table of the data file; each module declares its own. */
export interface Tables
  extends
    KernelTables,
    FilesTables,
    PeopleTables,
    CustomersTables,
    CustomFieldsTables,
    CustomerMergesTables,
    PoolTables,
    HandoverTables,
    ImportsTables,
    TasksTables,
    ApprovalsTables,
    AttachmentsTables,
    VisitsTables,
    MarketTables,
    DealsTables,
    QuotationsTables,
    MinutesTables,
    ClausesTables,
    ContractsTables,
    ContractPapersTables,
    ObligationsTables,
    OrdersTables,
    WordTemplatesTables,
    ReceivablesTables,
    InvoicesTables,
    BankTables,
    DunningTables,
    ClaimsTables,
    CreditTables,
    PerformanceTables,
    ViewsTables {}
