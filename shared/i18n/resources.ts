import commonCN from './locales/zh-CN/common.json' with { type: 'json' }
import errorsCN from './locales/zh-CN/errors.json' with { type: 'json' }
import validationCN from './locales/zh-CN/validation.json' with { type: 'json' }
import officeCN from './locales/zh-CN/office.json' with { type: 'json' }
import peopleCN from './locales/zh-CN/people.json' with { type: 'json' }
import sessionCN from './locales/zh-CN/session.json' with { type: 'json' }
import filesCN from './locales/zh-CN/files.json' with { type: 'json' }
import jobsCN from './locales/zh-CN/jobs.json' with { type: 'json' }
import auditCN from './locales/zh-CN/audit.json' with { type: 'json' }
import searchCN from './locales/zh-CN/search.json' with { type: 'json' }
import importsCN from './locales/zh-CN/imports.json' with { type: 'json' }
import backupsCN from './locales/zh-CN/backups.json' with { type: 'json' }
import customersCN from './locales/zh-CN/customers.json' with { type: 'json' }
import handoverCN from './locales/zh-CN/handover.json' with { type: 'json' }
import poolCN from './locales/zh-CN/pool.json' with { type: 'json' }
import bankCN from './locales/zh-CN/bank.json' with { type: 'json' }
import callbacksCN from './locales/zh-CN/callbacks.json' with { type: 'json' }
import fieldsCN from './locales/zh-CN/fields.json' with { type: 'json' }
import dealsCN from './locales/zh-CN/deals.json' with { type: 'json' }
import marketCN from './locales/zh-CN/market.json' with { type: 'json' }
import visitsCN from './locales/zh-CN/visits.json' with { type: 'json' }
import quotationsCN from './locales/zh-CN/quotations.json' with { type: 'json' }
import ordersCN from './locales/zh-CN/orders.json' with { type: 'json' }
import obligationsCN from './locales/zh-CN/obligations.json' with { type: 'json' }
import minutesCN from './locales/zh-CN/minutes.json' with { type: 'json' }
import clausesCN from './locales/zh-CN/clauses.json' with { type: 'json' }
import contractsCN from './locales/zh-CN/contracts.json' with { type: 'json' }
import invoicesCN from './locales/zh-CN/invoices.json' with { type: 'json' }
import receivablesCN from './locales/zh-CN/receivables.json' with { type: 'json' }
import claimsCN from './locales/zh-CN/claims.json' with { type: 'json' }
import creditCN from './locales/zh-CN/credit.json' with { type: 'json' }
import dunningCN from './locales/zh-CN/dunning.json' with { type: 'json' }
import performanceCN from './locales/zh-CN/performance.json' with { type: 'json' }
import homeCN from './locales/zh-CN/home.json' with { type: 'json' }
import policyCN from './locales/zh-CN/policy.json' with { type: 'json' }
import desktopCN from './locales/zh-CN/desktop.json' with { type: 'json' }
import tasksCN from './locales/zh-CN/tasks.json' with { type: 'json' }
import approvalsCN from './locales/zh-CN/approvals.json' with { type: 'json' }
import attachmentsCN from './locales/zh-CN/attachments.json' with { type: 'json' }
import timelineCN from './locales/zh-CN/timeline.json' with { type: 'json' }
import wordtemplatesCN from './locales/zh-CN/wordtemplates.json' with { type: 'json' }
import commonTW from './locales/zh-TW/common.json' with { type: 'json' }
import errorsTW from './locales/zh-TW/errors.json' with { type: 'json' }
import validationTW from './locales/zh-TW/validation.json' with { type: 'json' }
import officeTW from './locales/zh-TW/office.json' with { type: 'json' }
import peopleTW from './locales/zh-TW/people.json' with { type: 'json' }
import sessionTW from './locales/zh-TW/session.json' with { type: 'json' }
import filesTW from './locales/zh-TW/files.json' with { type: 'json' }
import jobsTW from './locales/zh-TW/jobs.json' with { type: 'json' }
import auditTW from './locales/zh-TW/audit.json' with { type: 'json' }
import searchTW from './locales/zh-TW/search.json' with { type: 'json' }
import importsTW from './locales/zh-TW/imports.json' with { type: 'json' }
import backupsTW from './locales/zh-TW/backups.json' with { type: 'json' }
import customersTW from './locales/zh-TW/customers.json' with { type: 'json' }
import handoverTW from './locales/zh-TW/handover.json' with { type: 'json' }
import poolTW from './locales/zh-TW/pool.json' with { type: 'json' }
import bankTW from './locales/zh-TW/bank.json' with { type: 'json' }
import callbacksTW from './locales/zh-TW/callbacks.json' with { type: 'json' }
import fieldsTW from './locales/zh-TW/fields.json' with { type: 'json' }
import dealsTW from './locales/zh-TW/deals.json' with { type: 'json' }
import marketTW from './locales/zh-TW/market.json' with { type: 'json' }
import visitsTW from './locales/zh-TW/visits.json' with { type: 'json' }
import quotationsTW from './locales/zh-TW/quotations.json' with { type: 'json' }
import ordersTW from './locales/zh-TW/orders.json' with { type: 'json' }
import obligationsTW from './locales/zh-TW/obligations.json' with { type: 'json' }
import minutesTW from './locales/zh-TW/minutes.json' with { type: 'json' }
import clausesTW from './locales/zh-TW/clauses.json' with { type: 'json' }
import contractsTW from './locales/zh-TW/contracts.json' with { type: 'json' }
import invoicesTW from './locales/zh-TW/invoices.json' with { type: 'json' }
import receivablesTW from './locales/zh-TW/receivables.json' with { type: 'json' }
import claimsTW from './locales/zh-TW/claims.json' with { type: 'json' }
import creditTW from './locales/zh-TW/credit.json' with { type: 'json' }
import dunningTW from './locales/zh-TW/dunning.json' with { type: 'json' }
import performanceTW from './locales/zh-TW/performance.json' with { type: 'json' }
import homeTW from './locales/zh-TW/home.json' with { type: 'json' }
import policyTW from './locales/zh-TW/policy.json' with { type: 'json' }
import desktopTW from './locales/zh-TW/desktop.json' with { type: 'json' }
import tasksTW from './locales/zh-TW/tasks.json' with { type: 'json' }
import approvalsTW from './locales/zh-TW/approvals.json' with { type: 'json' }
import attachmentsTW from './locales/zh-TW/attachments.json' with { type: 'json' }
import timelineTW from './locales/zh-TW/timeline.json' with { type: 'json' }
import wordtemplatesTW from './locales/zh-TW/wordtemplates.json' with { type: 'json' }
import commonEn from './locales/en/common.json' with { type: 'json' }
import errorsEn from './locales/en/errors.json' with { type: 'json' }
import validationEn from './locales/en/validation.json' with { type: 'json' }
import officeEn from './locales/en/office.json' with { type: 'json' }
import peopleEn from './locales/en/people.json' with { type: 'json' }
import sessionEn from './locales/en/session.json' with { type: 'json' }
import filesEn from './locales/en/files.json' with { type: 'json' }
import jobsEn from './locales/en/jobs.json' with { type: 'json' }
import auditEn from './locales/en/audit.json' with { type: 'json' }
import searchEn from './locales/en/search.json' with { type: 'json' }
import importsEn from './locales/en/imports.json' with { type: 'json' }
import backupsEn from './locales/en/backups.json' with { type: 'json' }
import customersEn from './locales/en/customers.json' with { type: 'json' }
import handoverEn from './locales/en/handover.json' with { type: 'json' }
import poolEn from './locales/en/pool.json' with { type: 'json' }
import bankEn from './locales/en/bank.json' with { type: 'json' }
import callbacksEn from './locales/en/callbacks.json' with { type: 'json' }
import fieldsEn from './locales/en/fields.json' with { type: 'json' }
import dealsEn from './locales/en/deals.json' with { type: 'json' }
import marketEn from './locales/en/market.json' with { type: 'json' }
import visitsEn from './locales/en/visits.json' with { type: 'json' }
import quotationsEn from './locales/en/quotations.json' with { type: 'json' }
import ordersEn from './locales/en/orders.json' with { type: 'json' }
import obligationsEn from './locales/en/obligations.json' with { type: 'json' }
import minutesEn from './locales/en/minutes.json' with { type: 'json' }
import clausesEn from './locales/en/clauses.json' with { type: 'json' }
import contractsEn from './locales/en/contracts.json' with { type: 'json' }
import invoicesEn from './locales/en/invoices.json' with { type: 'json' }
import receivablesEn from './locales/en/receivables.json' with { type: 'json' }
import claimsEn from './locales/en/claims.json' with { type: 'json' }
import creditEn from './locales/en/credit.json' with { type: 'json' }
import dunningEn from './locales/en/dunning.json' with { type: 'json' }
import performanceEn from './locales/en/performance.json' with { type: 'json' }
import homeEn from './locales/en/home.json' with { type: 'json' }
import policyEn from './locales/en/policy.json' with { type: 'json' }
import desktopEn from './locales/en/desktop.json' with { type: 'json' }
import tasksEn from './locales/en/tasks.json' with { type: 'json' }
import approvalsEn from './locales/en/approvals.json' with { type: 'json' }
import attachmentsEn from './locales/en/attachments.json' with { type: 'json' }
import timelineEn from './locales/en/timeline.json' with { type: 'json' }
import wordtemplatesEn from './locales/en/wordtemplates.json' with { type: 'json' }
import type { Locale } from './locale.ts'

/** Every word of the product, by language and namespace; a namespace is a module. */
export const resources = {
  'zh-CN': {
    common: commonCN,
    errors: errorsCN,
    validation: validationCN,
    office: officeCN,
    people: peopleCN,
    session: sessionCN,
    files: filesCN,
    jobs: jobsCN,
    audit: auditCN,
    search: searchCN,
    imports: importsCN,
    backups: backupsCN,
    customers: customersCN,
    callbacks: callbacksCN,
    handover: handoverCN,
    pool: poolCN,
    fields: fieldsCN,
    deals: dealsCN,
    market: marketCN,
    visits: visitsCN,
    quotations: quotationsCN,
    minutes: minutesCN,
    orders: ordersCN,
    obligations: obligationsCN,
    clauses: clausesCN,
    contracts: contractsCN,
    receivables: receivablesCN,
    bank: bankCN,
    invoices: invoicesCN,
    claims: claimsCN,
    credit: creditCN,
    dunning: dunningCN,
    performance: performanceCN,
    home: homeCN,
    policy: policyCN,
    desktop: desktopCN,
    tasks: tasksCN,
    approvals: approvalsCN,
    attachments: attachmentsCN,
    timeline: timelineCN,
    wordtemplates: wordtemplatesCN,
  },
  'zh-TW': {
    common: commonTW,
    errors: errorsTW,
    validation: validationTW,
    office: officeTW,
    people: peopleTW,
    session: sessionTW,
    files: filesTW,
    jobs: jobsTW,
    audit: auditTW,
    search: searchTW,
    imports: importsTW,
    backups: backupsTW,
    customers: customersTW,
    callbacks: callbacksTW,
    handover: handoverTW,
    pool: poolTW,
    fields: fieldsTW,
    deals: dealsTW,
    market: marketTW,
    visits: visitsTW,
    quotations: quotationsTW,
    minutes: minutesTW,
    orders: ordersTW,
    obligations: obligationsTW,
    clauses: clausesTW,
    contracts: contractsTW,
    receivables: receivablesTW,
    bank: bankTW,
    invoices: invoicesTW,
    claims: claimsTW,
    credit: creditTW,
    dunning: dunningTW,
    performance: performanceTW,
    home: homeTW,
    policy: policyTW,
    desktop: desktopTW,
    tasks: tasksTW,
    approvals: approvalsTW,
    attachments: attachmentsTW,
    timeline: timelineTW,
    wordtemplates: wordtemplatesTW,
  },
  'en': {
    common: commonEn,
    errors: errorsEn,
    validation: validationEn,
    office: officeEn,
    people: peopleEn,
    session: sessionEn,
    files: filesEn,
    jobs: jobsEn,
    audit: auditEn,
    search: searchEn,
    imports: importsEn,
    backups: backupsEn,
    customers: customersEn,
    callbacks: callbacksEn,
    handover: handoverEn,
    pool: poolEn,
    fields: fieldsEn,
    deals: dealsEn,
    market: marketEn,
    visits: visitsEn,
    quotations: quotationsEn,
    minutes: minutesEn,
    orders: ordersEn,
    obligations: obligationsEn,
    clauses: clausesEn,
    contracts: contractsEn,
    receivables: receivablesEn,
    bank: bankEn,
    invoices: invoicesEn,
    claims: claimsEn,
    credit: creditEn,
    dunning: dunningEn,
    performance: performanceEn,
    home: homeEn,
    policy: policyEn,
    desktop: desktopEn,
    tasks: tasksEn,
    approvals: approvalsEn,
    attachments: attachmentsEn,
    timeline: timelineEn,
    wordtemplates: wordtemplatesEn,
  },
} as const satisfies Record<Locale, Record<string, object>>

export type Namespace = keyof (typeof resources)['zh-CN']
export const NAMESPACES = Object.keys(resources['zh-CN']) as Namespace[]
