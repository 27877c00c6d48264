import { makeTranslator } from '#shared/i18n/translate.ts'
import type { Locale } from '#shared/i18n/locale.ts'
import { refuse } from '#shared/kernel/app-error.ts'
import type { PlainDay } from '#shared/kernel/dates.ts'
import type { DocumentModel } from '#shared/kernel/document-model.ts'
import { documentName } from '#shared/kernel/filenames.ts'
import { buildSearchText } from '#shared/kernel/search-text.ts'
import { withoutReplay, type CallContext, type CoreDeps } from '#core/kernel/deps.ts'
import { newId } from '#core/kernel/ids.ts'
import { nextDocumentNumber } from '#core/kernel/numbering.ts'
import type { UnitOfWork } from '#core/store/store.ts'
import type { Cases } from './dunning.cases.ts'
import { claimsOf, isGoing, type Claim, type DunningSources } from './dunning.claims.ts'
import { letterModel } from './dunning.letter.ts'
import type { PolicyBook } from './dunning.policies.ts'

export interface RunInput {
  readonly customerIds: readonly string[]
  /** In place of each customer's own. */
  readonly language?: Locale | undefined
  readonly book: PolicyBook
  readonly sources: DunningSources
  readonly cases: Cases
}

/** Letters of one unit of work: enough to keep both threads busy, few enough that other writers hardly wait. */
const AT_ONCE = 8

/** The batch: letters are numbered, printed and kept a few at a time; the merged file is made of what was kept. */
export function runLetters(deps: CoreDeps, ctx: CallContext, input: RunInput): { jobId: string } {
  return deps.jobs.start(ctx, {
    kind: 'dunning.run',
    steps: [
      { key: 'dunning:run.letters', weight: 8 },
      { key: 'dunning:run.merge', weight: 2 },
    ],
    async run(job) {
      const day = deps.clock.today()
      const { book, sources, customerIds } = input
      const models: DocumentModel[] = []
      const made: { id: string; number: string; customerId: string; principal: number; interest: number }[] = []

      for (let at = 0; at < customerIds.length; at += AT_ONCE) {
        job.step('dunning:run.letters', at, customerIds.length)
        // What is owed is read, numbers are drawn and letters kept in one unit of work: nobody is asked for what came in
        // meanwhile, and a run that ends here leaves no number without letter.
        const letters = await deps.store.write(withoutReplay(ctx.actor), async (uow) => {
          const piece = customerIds.slice(at, at + AT_ONCE)
          const claims = await claimsOf(uow.db, ctx.scope, book, day, piece, sources)
          const issued = []
          for (const claim of claims.filter(isGoing)) issued.push(await number(uow, claim, input, day))
          const files = await Promise.all(
            issued.map((letter) => deps.workers.run('pdf', letter.model, { signal: job.signal })),
          )
          for (const [i, letter] of issued.entries()) await keep(deps, uow, letter, files[i] as Uint8Array)
          await input.cases.recount(
            uow,
            issued.map(({ claim }) => claim.customer.id),
          )
          return issued
        })
        // The single letters stay in the register; the job hands out the one file that is printed.
        for (const { model, claim, id, number: printed } of letters) {
          models.push(model)
          const { principal } = claim
          const interest = claim.interest + claim.costs
          made.push({ id, number: printed, customerId: claim.customer.id, principal, interest })
        }
      }
      if (made.length === 0) throw refuse('DUNNING_NOTHING')
      job.step('dunning:run.letters', customerIds.length, customerIds.length)
      job.step('dunning:run.merge', 0, 1)
      const merged = await deps.workers.run('pdf-batch', { documents: models }, { signal: job.signal })
      const t = makeTranslator(ctx.locale)
      await job.addFile({
        name: documentName([t('dunning:run.merged'), String(models.length), day.replaceAll('-', '')], 'pdf'),
        mime: 'application/pdf',
        bytes: merged,
      })
      job.step('dunning:run.merge', 1, 1)
      return { letters: made }
    },
  })
}

/** A letter with its number and its model, before it is printed. */
async function number(uow: UnitOfWork, claim: Claim, input: RunInput, day: PlainDay) {
  const drawn = await nextDocumentNumber(uow, 'dunningLetter')
  const language = input.language ?? claim.language
  const { calendar } = input.book.setting
  const letter = await letterModel(uow.db, claim, { number: drawn, language, day, preview: false, calendar })
  const name = documentName([letter.title, drawn, claim.customer.name, day.replaceAll('-', '')], 'pdf')
  return { ...letter, id: newId(), number: drawn, name, claim, language, day, policyVersion: input.book.version }
}

/** Keeps a printed letter: its file, its row, its lines, its audit row. */
async function keep(
  deps: CoreDeps,
  uow: UnitOfWork,
  letter: Awaited<ReturnType<typeof number>>,
  bytes: Uint8Array,
): Promise<void> {
  const { claim, day, id } = letter
  const { next, level } = claim
  const file = await deps.files.putStored(uow, { name: letter.name, mime: 'application/pdf', bytes })
  await uow.db
    .insertInto('dunning_letters')
    .values({
      id,
      number: letter.number,
      customer_id: claim.customer.id,
      owner_id: claim.ownerId,
      level: (next.step ?? 0) + 1,
      step: level?.key ?? '',
      kind: level?.kind ?? 'demand',
      wording: next.wording,
      fee: claim.fee,
      day,
      deadline_day: letter.deadlineDay,
      language: letter.language,
      principal: claim.principal,
      interest: claim.interest + claim.costs,
      policy_version: letter.policyVersion,
      file_id: file.fileId,
      sha256: file.sha256,
      state: 'issued',
      void_reason: '',
      sent_channel: null,
      sent_day: null,
      sent_reference: '',
      proof: 'none',
      arrival_day: null,
      told: 0,
      search_text: buildSearchText(claim.customer.name, [letter.number, claim.customer.code]),
      version: 0,
      created_at: uow.now,
      created_by: uow.actor.userId,
    })
    .execute()
  await uow.db
    .insertInto('dunning_letter_lines')
    .values(
      claim.lines.map((line, position) => ({
        letter_id: id,
        position,
        instalment_id: line.instalmentId,
        contract_number: line.contractNumber,
        label: line.label,
        due_day: line.dueDay,
        days_overdue: line.daysOverdue,
        outstanding: line.outstanding,
        interest: line.interest + line.costs,
        step: line.step,
      })),
    )
    .execute()
  const after = {
    number: letter.number,
    customerId: claim.customer.id,
    step: level?.key ?? '',
    principal: claim.principal,
    sha256: file.sha256,
  }
  await uow.audit({ action: 'dunning.issue', entity: 'letter', entityId: id, after })
  uow.changed('dunning', id)
}
