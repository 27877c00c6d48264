import { refuse } from '#shared/kernel/app-error.ts'
import { startOfMonth, endOfMonth, type PlainMonth } from '#shared/kernel/dates.ts'
import { documentName } from '#shared/kernel/filenames.ts'
import { buildSearchText } from '#shared/kernel/search-text.ts'
import { makeCalendar } from '#shared/kernel/workdays.ts'
import { makeTranslator } from '#shared/i18n/translate.ts'
import { formDocument, formMail, type FormInput } from '#shared/modules/performance/performance.forms.documents.ts'
import {
  MOST_FORMS,
  type FormAnswer,
  type FormCandidate,
  type FormFilters,
  type FormRow,
  type FormsMake,
  type FormSort,
} from '#shared/modules/performance/performance.forms.schema.ts'
import { lockDay } from '#shared/modules/performance/performance.period.rules.ts'
import { withoutReplay, type CallContext, type CoreDeps } from '#core/kernel/deps.ts'
import { emailFile } from '#core/kernel/email-file.ts'
import { newId } from '#core/kernel/ids.ts'
import type { RunningJob } from '#core/kernel/jobs/jobs.ts'
import type { ListAsked } from '#core/kernel/list-export.ts'
import { nextDocumentNumber } from '#core/kernel/numbering.ts'
import { assertInScope, makeScope } from '#core/kernel/scope.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { customersOf } from '#core/modules/customers/customers.api.ts'
import { visitedCustomers } from '#core/modules/visits/visits.api.ts'
import type { UnitOfWork } from '#core/store/store.ts'
import { exportForms } from './performance.forms.export.ts'
import { findForms, formNumbers, listForms, sumForms } from './performance.forms.repo.ts'
import { assertOpen } from './performance.months.ts'
import { appraisedOther, appraisedPeople } from './performance.plans.ts'
import { putCustomerReview } from './performance.reviews.ts'

const PDF = 'application/pdf'
type Asked = { readonly text?: string | undefined; readonly filters: FormFilters }

/** Forms by which customers rate those who serve them: made, printed and mailed, answered once, or withdrawn. */
export function createFormsService(deps: CoreDeps) {
  const { store, workers } = deps
  const asked = (ctx: CallContext, { text, filters }: Asked) => ({
    scope: ctx.scope,
    reader: ctx.session?.userId ?? '',
    text,
    filters,
  })

  /** The form for whoever may enter a rating about its person. Throws NOT_FOUND, PERFORMANCE_OWN_FIGURE. */
  async function formOf(uow: UnitOfWork, ctx: CallContext, id: string): Promise<FormRow> {
    const [form] = await findForms(uow.db, ctx.scope, [id])
    if (!form) throw refuse('NOT_FOUND', { entity: 'review-form' })
    if (form.userId === uow.actor.userId) throw refuse('PERFORMANCE_OWN_FIGURE')
    if (form.state !== 'open') throw refuse('PERFORMANCE_FORM_CLOSED', { number: form.number })
    return form
  }

  /** All forms in one file to print, and a mail draft with its own for each customer with an address. */
  async function papers(ctx: CallContext, job: RunningJob, forms: readonly FormRow[]): Promise<void> {
    const firm = (await readSetting(store.read, 'firm')).value
    const handler = ctx.session?.userName ?? ''
    const made = forms.map((form) => {
      const t = makeTranslator(form.language)
      const input: FormInput = { ...form, firm, handler }
      return { form, t, input, model: formDocument(input, t) }
    })
    const t = makeTranslator(ctx.locale)
    const first = forms[0] as FormRow
    const parts = [t('performance:forms.file'), first.month, first.userName]
    job.step('jobs:steps.file', 0, forms.length + 1)
    const all = await workers.run('pdf-batch', { documents: made.map((one) => one.model) }, { signal: job.signal })
    await job.addFile({ name: documentName(parts, 'pdf'), mime: PDF, bytes: all })
    const mailed = made.filter(({ form }) => form.email !== '')
    const entries: { path: string; bytes: Uint8Array }[] = []
    for (const { form, t: own, input, model } of mailed) {
      job.step('jobs:steps.file', entries.length + 1, forms.length + 1)
      const bytes = await workers.run('pdf', model, { signal: job.signal })
      const name = [own('performance:forms.file'), form.number, form.customerName]
      const attachment = { name: documentName(name, 'pdf'), bytes }
      const draft = emailFile({ to: form.email, ...formMail(input, own), attachment })
      entries.push({ path: documentName(name, 'eml'), bytes: draft })
    }
    if (entries.length > 0) {
      const bytes = await workers.run('zip', { entries }, { signal: job.signal })
      await job.addFile({
        name: documentName([...parts, t('performance:forms.mails')], 'zip'),
        mime: 'application/zip',
        bytes,
      })
    }
    job.step('jobs:steps.file', 1, 1)
  }

  const startPapers = (ctx: CallContext, forms: readonly FormRow[]) =>
    deps.jobs.start(ctx, {
      kind: 'performance.forms',
      steps: [{ key: 'jobs:steps.file', weight: 1 }],
      run: async (job) => {
        await papers(ctx, job, forms)
        return { forms: forms.length }
      },
    })

  return {
    async candidates(
      ctx: CallContext,
      { month, userId, text }: { month: PlainMonth; userId: string; text?: string | undefined },
    ): Promise<FormCandidate[]> {
      const db = store.read
      assertInScope(ctx.scope, userId, 'user')
      const [person] = await appraisedPeople(db, makeScope.users([userId]))
      if (!person) throw refuse('NOT_FOUND', { entity: 'user' })
      const met = await visitedCustomers(db, userId, startOfMonth(month), endOfMonth(month))
      const numbers = await formNumbers(db, month, userId)
      const found = await customersOf(db, userId, { text, first: [...met], limit: MOST_FORMS })
      return found.map(({ id, name, contactName, email }) => ({
        customerId: id,
        customerName: name,
        contactName,
        email,
        met: met.has(id),
        number: numbers.get(id) ?? '',
      }))
    },

    async make(ctx: CallContext, { month, userId, language, rows }: FormsMake) {
      const forms = await store.write(ctx.actor, async (uow) => {
        const person = await appraisedOther(uow, ctx.scope, userId)
        await assertOpen(uow.db, month)
        const ids = rows.map((row) => row.customerId as string)
        const known = new Map(
          (await customersOf(uow.db, userId, { ids, limit: MOST_FORMS })).map((one) => [one.id, one]),
        )
        const calendar = makeCalendar((await readSetting(uow.db, 'workCalendar')).value)
        const due = lockDay(calendar, month)
        const made: string[] = []
        for (const { customerId, contactName, email } of rows) {
          const customer = known.get(customerId)
          if (!customer) throw refuse('NOT_FOUND', { entity: 'customer' })
          const id = newId()
          const number = await nextDocumentNumber(uow, 'reviewForm')
          await uow.db
            .insertInto('performance_forms')
            .values({
              id,
              number,
              month,
              user_id: userId,
              customer_id: customerId,
              customer_name: customer.name,
              contact_name: contactName,
              email,
              language,
              due_day: due,
              made_at: uow.now,
              made_by: uow.actor.userId as string,
              review_id: null,
              answered_day: null,
              withdrawn_at: null,
              withdrawn_by: null,
              withdrawn_reason: '',
              search_text: buildSearchText(customer.name, [number, person.name, contactName]),
            })
            .execute()
          await uow.audit({
            action: 'performance.form',
            entity: 'performance-review',
            entityId: id,
            after: { number, month, userId, customerId },
          })
          made.push(id)
        }
        uow.changed('performance', month)
        return findForms(uow.db, ctx.scope, made)
      })
      return { ...startPapers(ctx, forms), made: forms.length }
    },

    async print(ctx: CallContext, { ids }: { ids: readonly string[] }) {
      const forms = await findForms(store.read, ctx.scope, ids)
      if (forms.length < new Set(ids).size) throw refuse('NOT_FOUND', { entity: 'review-form' })
      const closed = forms.find((form) => form.state === 'withdrawn')
      if (closed) throw refuse('PERFORMANCE_FORM_CLOSED', { number: closed.number })
      await store.write(withoutReplay(ctx.actor), (uow) =>
        uow.audit({
          action: 'performance.export',
          entity: 'export',
          entityId: 'forms',
          after: { forms: forms.map((form) => form.number) },
        }),
      )
      return startPapers(ctx, forms)
    },

    list: (ctx: CallContext, input: ListPage) => listForms(store.read, asked(ctx, input), input),
    summary: (ctx: CallContext, input: Asked) => sumForms(store.read, asked(ctx, input)),
    exportRows: (ctx: CallContext, input: ListAsked<FormSort, FormFilters>) =>
      exportForms(deps, ctx, asked(ctx, input), input),

    answer: (ctx: CallContext, { id, marks, comment }: FormAnswer) =>
      store.write(ctx.actor, async (uow) => {
        const form = await formOf(uow, ctx, id)
        const month = form.month as PlainMonth
        await assertOpen(uow.db, month)
        const { customerName } = form
        const about = { month, userId: form.userId as FormsMake['userId'], customerName }
        const reviewId = await putCustomerReview(uow, { ...about, marks, comment })
        await uow.db
          .updateTable('performance_forms')
          .set({ review_id: reviewId, answered_day: uow.today })
          .where('id', '=', id)
          .execute()
        return { id: reviewId }
      }),

    withdraw: (ctx: CallContext, { id, reason }: { id: string; reason: string }) =>
      store.write(ctx.actor, async (uow) => {
        const form = await formOf(uow, ctx, id)
        await uow.db
          .updateTable('performance_forms')
          .set({ withdrawn_at: uow.now, withdrawn_by: uow.actor.userId, withdrawn_reason: reason })
          .where('id', '=', id)
          .execute()
        await uow.audit({
          action: 'performance.formWithdraw',
          entity: 'performance-review',
          entityId: id,
          before: { number: form.number },
          after: { reason },
        })
        uow.changed('performance', form.month)
        return { id }
      }),
  }
}

type ListPage = Parameters<typeof listForms>[2] & Asked
