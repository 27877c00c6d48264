import type { Locale } from '#shared/i18n/locale.ts'
import { makeTranslator } from '#shared/i18n/translate.ts'
import type { PlainDay } from '#shared/kernel/dates.ts'
import type { DocumentModel } from '#shared/kernel/document-model.ts'
import { complaintDocument } from '#shared/modules/dunning/dunning.complaint.documents.ts'
import {
  contactsDocument,
  limitationDocument,
  performanceDocument,
  type SheetHead,
} from '#shared/modules/dunning/dunning.court.documents.ts'
import { forumOf, type Sheet } from '#shared/modules/dunning/dunning.court.rules.ts'
import type { Scope } from '#core/kernel/scope.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { clockOf, interestPaper } from '#core/modules/claims/claims.api.ts'
import type { Reader } from '#core/store/store.ts'
import { contactsQuery } from './dunning.contacts.repo.ts'
import type { CourtCase } from './dunning.court.gather.ts'
import { claimedInterest } from './dunning.interest.ts'
import { promisesQuery } from './dunning.promises.repo.ts'

/** What every sheet needs: who reads, in which language, as of when. */
export interface SheetAsk {
  readonly scope: Scope
  readonly language: Locale
  readonly day: PlainDay
}

const idsOf = (known: CourtCase) => known.debts.map(({ id }) => id)

async function headOf(db: Reader, known: CourtCase, { language, day }: SheetAsk): Promise<SheetHead> {
  const firm = (await readSetting(db, 'firm')).value
  return { firmName: firm.name, customerName: known.customer.name, language, day }
}

/** The model of a sheet that the program writes out of its records; null where it would be empty. */
export async function sheetModel(
  db: Reader,
  known: CourtCase,
  which: Sheet,
  ask: SheetAsk,
): Promise<DocumentModel | null> {
  const t = makeTranslator(ask.language)
  const head = await headOf(db, known, ask)
  switch (which) {
    case 'performance':
      return performanceDocument(head, known, t)
    case 'interest': {
      const as = { customerName: known.customer.name, language: ask.language }
      return (await interestPaper(db, idsOf(known), ask.day, as))?.model ?? null
    }
    case 'limitation': {
      const clocks = await clockOf(db, idsOf(known), ask.day)
      const debts = known.debts.flatMap((debt) => {
        const one = clocks.get(debt.id)
        if (!one) return []
        const steps = new Map(one.clock.steps.map((step) => [(step.event as { id?: string }).id ?? '', step]))
        const events = one.events.map(({ id, day, kind, strength }) => {
          const step = steps.get(id)
          return { day, kind, strength, effect: step?.effect ?? '', endDay: step?.endDay ?? null }
        })
        const { contractNumber, label, dueDay, outstanding } = debt
        const { state, endDay } = one.clock
        return [
          { contractNumber, label, dueDay, outstanding, start: one.clock.start?.reason ?? null, endDay, state, events },
        ]
      })
      return limitationDocument(head, { debts }, t)
    }
    case 'contacts':
      return contactsDocument(head, await contactsOf(db, known, ask.scope), t)
  }
}

async function contactsOf(db: Reader, known: CourtCase, scope: Scope) {
  const filters = { customerId: known.customer.id as never }
  const contacts = await contactsQuery(db, scope, undefined, filters)
    .where('k.void_at', 'is', null)
    .orderBy('k.day')
    .orderBy('k.id')
    .execute()
  const promises = await promisesQuery(db, scope, undefined, filters).orderBy('p.made_day').orderBy('p.id').execute()
  return {
    contacts: contacts.map((row) => ({
      day: row.day,
      way: row.way,
      person: row.person,
      result: row.result,
      note: row.note,
      by: row.who ?? '',
    })),
    promises: promises.map((row) => ({
      day: row.made_day,
      payBy: row.pay_by,
      amount: row.amount,
      paid: row.paid,
      state: row.state,
      by: row.promised_by,
    })),
  }
}

export type CourtTotals = Awaited<ReturnType<typeof courtTotals>>

/** What the suit asks for as of a day. Fen. */
export async function courtTotals(db: Reader, known: CourtCase, day: PlainDay) {
  const counted = await claimedInterest(db, known.debts, day)
  const sum = (of: (one: { interest: number; costs: number }) => number) =>
    [...counted.values()].reduce((total, one) => total + of(one), 0)
  const bases = new Map([...counted.values()].map(({ basis }) => [JSON.stringify(basis), basis]))
  return {
    principal: known.debts.reduce((total, debt) => total + debt.outstanding, 0),
    interest: sum((one) => one.interest),
    costs: sum((one) => one.costs),
    bases: [...bases.values()],
  }
}

/** The draft of the complaint, or of the application for arbitration. */
export async function complaintModel(
  db: Reader,
  known: CourtCase,
  totals: CourtTotals,
  pieces: number,
  { language, day }: Pick<SheetAsk, 'language' | 'day'>,
): Promise<DocumentModel> {
  const firm = (await readSetting(db, 'firm')).value
  const { facts, customer, contracts, deliveries } = known
  const days = deliveries.map((row) => row.day).toSorted()
  const [from] = days
  const arrived = known.letters
    .filter(({ proof }) => proof === 'strong')
    .flatMap(({ arrivalDay }) => arrivalDay ?? [])
    .toSorted()
    .at(-1)
  const { name, uscc, legalRepresentative, address, phone } = firm
  return complaintDocument(
    {
      language,
      day,
      plaintiff: { name, uscc, legalRepresentative, address, phone },
      defendant: { name: customer.name, ...facts.defendant, phone: customer.phone },
      forum: forumOf(facts.contracts, facts.defendant.address),
      contracts,
      debts: known.debts,
      ...totals,
      delivered: from === undefined ? null : { from, to: days.at(-1) ?? from },
      letters: known.letters.length,
      arrived: arrived ?? null,
      confirmed: facts.statements.some(({ confirmed }) => confirmed) || facts.plans.length > 0,
      pieces,
    },
    makeTranslator(language),
  )
}
