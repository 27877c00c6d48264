import { makeTranslator } from '#shared/i18n/translate.ts'
import type { Locale } from '#shared/i18n/locale.ts'
import { refuse } from '#shared/kernel/app-error.ts'
import type { DocumentModel } from '#shared/kernel/document-model.ts'
import { documentName } from '#shared/kernel/filenames.ts'
import { buildSearchText } from '#shared/kernel/search-text.ts'
import type { StatementPeriod } from '#shared/modules/claims/claims.statements.schema.ts'
import { withoutReplay, type CallContext, type CoreDeps } from '#core/kernel/deps.ts'
import { newId } from '#core/kernel/ids.ts'
import { nextDocumentNumber } from '#core/kernel/numbering.ts'
import { readSetting } from '#core/kernel/settings.ts'
import type { UnitOfWork } from '#core/store/store.ts'
import { countStatements, statementModel, type CountedStatement } from './claims.statements.make.ts'

export interface StatementRun {
  readonly customerIds: readonly string[]
  readonly period: StatementPeriod
  readonly language?: Locale | undefined
}

/** Statements of one unit of work: enough to keep both threads busy, few enough that other writers hardly wait. */
const AT_ONCE = 8

/** The batch: statements are numbered, printed and kept a few at a time; the merged file is made of what was kept. */
export function runStatements(deps: CoreDeps, ctx: CallContext, input: StatementRun): { jobId: string } {
  return deps.jobs.start(ctx, {
    kind: 'claims.statements',
    steps: [
      { key: 'claims:jobs.statements', weight: 8 },
      { key: 'claims:jobs.merge', weight: 2 },
    ],
    async run(job) {
      const db = deps.store.read
      const { period } = input
      const language = input.language ?? (await readSetting(db, 'preferences')).value.documentLocale
      const total = input.customerIds.length
      const models: DocumentModel[] = []
      const made: { id: string; number: string; customerId: string; closing: number }[] = []
      for (let at = 0; at < total; at += AT_ONCE) {
        job.step('claims:jobs.statements', at, total)
        const ids = input.customerIds.slice(at, at + AT_ONCE)
        // Numbers are drawn and statements kept in one unit of work: a run that ends here leaves no number without one.
        const issued = await deps.store.write(withoutReplay(ctx.actor), async (uow) => {
          const counted = await countStatements(uow.db, ctx.scope, ids, period)
          const drawn = []
          for (const one of counted) drawn.push(await draw(uow, one, { language, period }))
          const files = await Promise.all(
            drawn.map((one) => deps.workers.run('pdf', one.model, { signal: job.signal })),
          )
          for (const [i, one] of drawn.entries()) await keep(deps, uow, one, files[i] as Uint8Array)
          return drawn
        })
        for (const { model, counted, id, number } of issued) {
          models.push(model)
          made.push({ id, number, customerId: counted.customer.id, closing: counted.account.closing })
        }
      }
      if (models.length === 0) throw refuse('CLAIM_NOTHING')
      job.step('claims:jobs.statements', total, total)
      job.step('claims:jobs.merge', 0, 1)
      const merged = await deps.workers.run('pdf-batch', { documents: models }, { signal: job.signal })
      const t = makeTranslator(language)
      await job.addFile({
        name: documentName(
          [t('claims:statement.merged'), String(models.length), period.asOf.replaceAll('-', '')],
          'pdf',
        ),
        mime: 'application/pdf',
        bytes: merged,
      })
      job.step('claims:jobs.merge', 1, 1)
      return { statements: made, left: total - models.length }
    },
  })
}

interface Options {
  readonly language: Locale
  readonly period: StatementPeriod
}

/** A statement with its number and its model, before it is printed. */
async function draw(uow: UnitOfWork, counted: CountedStatement, { language, period }: Options) {
  const number = await nextDocumentNumber(uow, 'statement')
  const options = { number, language, period, day: uow.today, preview: false }
  const { model, title } = await statementModel(uow.db, counted, options)
  const name = documentName([title, number, counted.customer.name, period.asOf.replaceAll('-', '')], 'pdf')
  return { model, name, number, counted, id: newId(), language, period }
}

/** Keeps a printed statement: its file, its row, the debts in it, its audit row. */
async function keep(
  deps: CoreDeps,
  uow: UnitOfWork,
  { id, number, name, counted, language, period }: Awaited<ReturnType<typeof draw>>,
  bytes: Uint8Array,
): Promise<void> {
  const { customer, account, outstanding, overdue } = counted
  const file = await deps.files.putStored(uow, { name, mime: 'application/pdf', bytes })
  await uow.db
    .insertInto('statements')
    .values({
      id,
      version: 0,
      number,
      customer_id: customer.id,
      from_day: period.fromDay,
      as_of: period.asOf,
      language,
      opening: account.opening,
      raised: account.raised,
      received: account.received,
      closing: account.closing,
      outstanding,
      overdue,
      file_id: file.fileId,
      sha256: file.sha256,
      sent_way: null,
      sent_day: null,
      sent_reference: '',
      answer: null,
      answer_day: null,
      signer: '',
      signer_role: null,
      their_amount: null,
      answer_note: '',
      search_text: buildSearchText(customer.name, [number, customer.code]),
      created_at: uow.now,
      created_by: uow.actor.userId ?? '',
      updated_at: uow.now,
      void_at: null,
      void_by: null,
      void_reason: '',
    })
    .execute()
  const debts = counted.open.filter((debt) => debt.outstanding > 0)
  if (debts.length > 0) {
    await uow.db
      .insertInto('statement_debts')
      .values(debts.map((debt) => ({ statement_id: id, instalment_id: debt.id, outstanding: debt.outstanding })))
      .execute()
  }
  const after = { number, customerId: customer.id, ...period, closing: account.closing, sha256: file.sha256 }
  await uow.audit({ action: 'claims.statement', entity: 'statement', entityId: id, after })
  uow.changed('claims', id)
}
