import { makeTranslator } from '#shared/i18n/translate.ts'
import { refuse } from '#shared/kernel/app-error.ts'
import { asDay, type PlainDay } from '#shared/kernel/dates.ts'
import { addWorkdays, makeCalendar } from '#shared/kernel/workdays.ts'
import { ratesOn } from '#shared/modules/contracts/contracts.check.ts'
import { newDraft } from '#shared/modules/contracts/contracts.draft.rules.ts'
import type { ContractFields } from '#shared/modules/contracts/contracts.schema.ts'
import { agreedOf, type AgreedSource } from '#shared/modules/quotations/quotations.agreed.ts'
import { draftOfAgreed } from '#shared/modules/quotations/quotations.departures.ts'
import { deliveryDaysOf } from '#shared/modules/quotations/quotations.rules.ts'
import type { AgreedTerms, QuotationFields } from '#shared/modules/quotations/quotations.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { customerParties } from '#core/modules/customers/customers.api.ts'
import { dealInScope } from '#core/modules/deals/deals.api.ts'
import { agreedInMinutes } from '#core/modules/minutes/minutes.api.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import { fieldsOfVersion } from './quotations.records.ts'
import { findAccepted, findLines, findQuotation, findVersions, type VersionRecord } from './quotations.repo.ts'

/** The day until which all goods are delivered, counted from a day; null where nothing was said. */
async function deliveryDay(db: Reader | Writer, fields: QuotationFields, from: PlainDay): Promise<PlainDay | null> {
  const days = deliveryDaysOf(fields.lines)
  if (days === null) return null
  return addWorkdays(makeCalendar((await readSetting(db, 'workCalendar')).value), from, days).day
}

async function sourceOf(db: Reader | Writer, version: VersionRecord, number: string, day: PlainDay) {
  const fields = fieldsOfVersion(version, (await findLines(db, [version.id])).get(version.id) ?? [])
  return { kind: 'quotation' as const, number, day, fields, deliveryDay: await deliveryDay(db, fields, day) }
}

async function minutesOf(db: Reader | Writer, dealId: string): Promise<AgreedSource[]> {
  return (await agreedInMinutes(db, dealId)).map((found) => ({ kind: 'minutes', ...found }))
}

/** What was agreed about a deal: its accepted quotation and its final minutes. Whoever calls has checked the deal. */
export async function agreedAbout(db: Reader | Writer, dealId: string): Promise<AgreedTerms> {
  const accepted = await findAccepted(db, dealId)
  const sources = await minutesOf(db, dealId)
  if (accepted?.closed_day) sources.push(await sourceOf(db, accepted, accepted.number, asDay(accepted.closed_day)))
  return agreedOf(sources)
}

/** What a deal's contract is drafted from. */
export function createQuotationDrafts({ store, clock }: CoreDeps) {
  return {
    async agreed(ctx: CallContext, dealId: string): Promise<AgreedTerms> {
      await dealInScope(store.read, ctx.scope, dealId)
      return agreedAbout(store.read, dealId)
    },

    async contractDraft(
      ctx: CallContext,
      input: { dealId: string; quotation: { id: string; no: number } | null },
    ): Promise<{ customerName: string; sources: string[]; fields: ContractFields }> {
      const db = store.read
      const deal = await dealInScope(db, ctx.scope, input.dealId)
      const chosen = input.quotation === null ? null : await chosenVersion(ctx, deal.id, input.quotation)
      const agreed =
        chosen === null ? await agreedAbout(db, deal.id) : agreedOf([chosen, ...(await minutesOf(db, deal.id))])
      const customer = (await customerParties(db, [deal.customerId])).get(deal.customerId) ?? null
      const language = chosen?.fields.language ?? (await readSetting(db, 'preferences')).value.documentLocale
      const rate = ratesOn((await readSetting(db, 'taxRates')).value, clock.today())[0] ?? 0
      const base = newDraft(language, makeTranslator(language), rate, customer)
      const fields = draftOfAgreed(base, agreed)
      return {
        customerName: customer?.name ?? '',
        sources: agreed.sources,
        fields: {
          ...fields,
          title: chosen?.fields.title ?? deal.name,
          dealId: deal.id as ContractFields['dealId'],
          theirSigner: '',
        },
      }
    },
  }

  /** A version of a quotation of this deal; one that was not accepted counts as of today. */
  async function chosenVersion(ctx: CallContext, dealId: string, wanted: { id: string; no: number }) {
    const quotation = await findQuotation(store.read, ctx.scope, wanted.id)
    if (!quotation || quotation.deal_id !== dealId) throw refuse('NOT_FOUND', { entity: 'quotation' })
    const version = (await findVersions(store.read, quotation.id)).find(({ no }) => no === wanted.no)
    if (!version) throw refuse('NOT_FOUND', { entity: 'quotation' })
    const day = version.state === 'accepted' && version.closed_day ? asDay(version.closed_day) : clock.today()
    return sourceOf(store.read, version, quotation.number, day)
  }
}
