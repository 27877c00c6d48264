import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Locale } from '#shared/i18n/locale.ts'
import { asFen } from '#shared/kernel/money.ts'
import { DEFAULT_CLAIMS_POLICY } from '#shared/modules/claims/claims.schema.ts'
import { DEFAULT_CREDIT_POLICY } from '#shared/modules/credit/credit.schema.ts'
import { SHIPPED_LAW } from '#shared/modules/contracts/contracts.law.ts'
import { DEFAULT_SCREENING } from '#shared/modules/customers/customers.screening.schema.ts'
import { DEFAULT_RECEIVABLES_POLICY } from '#shared/modules/receivables/receivables.policy.schema.ts'
import { DEFAULT_APPRAISAL_POLICY } from '#shared/modules/performance/performance.policy.schema.ts'
import { DEFAULT_POOL_POLICY } from '#shared/modules/pool/pool.schema.ts'
import { DEFAULT_DEAL_POLICY } from '#shared/modules/deals/deals.stages.schema.ts'
import {
  taxRate,
  workCalendarSetting,
  type FirmProfile,
  type SettingKey,
  type SettingValue,
} from '#shared/modules/office/office.schema.ts'

type Settings = { [K in SettingKey]: SettingValue<K> }

/**
 * What a new firm starts with. Legal numbers and the calendar come from `resources`, each with its source and the
 * days it holds; all of them can be edited.
 */
export function defaultSettings(
  resourcesDir: string,
  firm: FirmProfile,
  locale: Locale,
  zone: string,
  backupDir: string,
): Settings {
  const read = (name: string): unknown => JSON.parse(readFileSync(join(resourcesDir, name), 'utf8'))
  return {
    firm,
    numbering: {
      customer: { prefix: 'KH', yearly: false, digits: 5 },
      contract: { prefix: 'HT', yearly: true, digits: 4 },
      receipt: { prefix: 'SK', yearly: true, digits: 4 },
      dunningLetter: { prefix: 'CK', yearly: true, digits: 4 },
      quotation: { prefix: 'BJ', yearly: true, digits: 4 },
      minutes: { prefix: 'JY', yearly: true, digits: 4 },
      order: { prefix: 'DD', yearly: true, digits: 4 },
      statement: { prefix: 'DZ', yearly: true, digits: 4 },
      repaymentPlan: { prefix: 'HK', yearly: true, digits: 4 },
      credit: { prefix: 'DX', yearly: true, digits: 4 },
      refund: { prefix: 'TK', yearly: true, digits: 4 },
      reviewForm: { prefix: 'PJ', yearly: true, digits: 4 },
    },
    taxRates: z.array(taxRate).parse(read('templates/tax-rates.json')),
    contractLaw: [...SHIPPED_LAW],
    contractReminders: { expiryDays: [60, 30, 7], noticeDays: 30, unsignedDays: 10, scanDays: 10, dueDays: 7 },
    workCalendar: workCalendarSetting.parse(read('holidays/cn.json')),
    indicatorTargets: {
      contractAmount: { weight: 2500, target: asFen(15_000_000) },
      collected: { weight: 3000, target: asFen(12_000_000) },
      collectionRate: { weight: 2000, target: 9000 },
      newCustomers: { weight: 1000, target: 1 },
      visits: { weight: 1500, target: 10 },
    },
    callBacks: { A: 30, B: 60, C: 90, D: 0 },
    visits: {
      reportDays: 2,
      checklists: {
        develop: null,
        negotiate: null,
        callBack: null,
        collect: null,
        reconcile: null,
        sign: null,
        service: null,
      },
    },
    deals: DEFAULT_DEAL_POLICY,
    pool: DEFAULT_POOL_POLICY,
    claims: DEFAULT_CLAIMS_POLICY,
    credit: DEFAULT_CREDIT_POLICY,
    screening: DEFAULT_SCREENING,
    receivables: DEFAULT_RECEIVABLES_POLICY,
    appraisal: DEFAULT_APPRAISAL_POLICY,
    preferences: { locale, documentLocale: locale, zone, idleMinutes: 10, backupDir },
  }
}
