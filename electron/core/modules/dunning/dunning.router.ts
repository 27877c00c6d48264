import type { Os } from '#core/rpc/implementer.ts'
import type { createContactsService } from './dunning.contacts.ts'
import type { createCourtService } from './dunning.court.ts'
import type { createEscalationsService } from './dunning.escalations.ts'
import type { createDunningExports } from './dunning.exports.ts'
import type { createSendingsService } from './dunning.sendings.ts'
import type { createDunningService } from './dunning.service.ts'
import type { createWorkService } from './dunning.work.ts'

export interface DunningServices {
  readonly letters: ReturnType<typeof createDunningService>
  readonly sendings: ReturnType<typeof createSendingsService>
  readonly work: ReturnType<typeof createWorkService>
  readonly contacts: ReturnType<typeof createContactsService>
  readonly escalations: ReturnType<typeof createEscalationsService>
  readonly court: ReturnType<typeof createCourtService>
  readonly exports: ReturnType<typeof createDunningExports>
}

/** Binds the entries of dunning. */
export function dunningRouter(os: Os['dunning'], services: DunningServices) {
  const { letters, sendings, work, contacts, escalations, court, exports } = services
  const hardship = os.escalations
  return {
    escalations: {
      list: hardship.list.handler(({ input, context }) => escalations.list(context.call, input)),
      summary: hardship.summary.handler(({ input, context }) => escalations.summary(context.call, input)),
      exportRows: hardship.exportRows.handler(({ input, context }) => exports.escalations(context.call, input)),
      get: hardship.get.handler(({ input, context }) => escalations.get(context.call, input.id)),
      report: hardship.report.handler(({ input, context }) => escalations.report(context.call, input)),
      again: hardship.again.handler(({ input, context }) => escalations.again(context.call, input)),
      endCourt: hardship.endCourt.handler(({ input, context }) => escalations.endCourt(context.call, input)),
    },
    court: {
      preview: os.court.preview.handler(({ input, context }) => court.preview(context.call, input)),
      make: os.court.make.handler(({ input, context }) => court.make(context.call, input)),
      index: os.court.index.handler(({ input, context }) => court.index(context.call, input.id)),
    },
    policy: os.policy.handler(() => letters.policyOf()),
    savePolicy: os.savePolicy.handler(({ input, context }) => letters.savePolicy(context.call, input)),
    preview: os.preview.handler(({ input, context }) => letters.preview(context.call, input)),
    previewLetter: os.previewLetter.handler(({ input, context }) => letters.previewLetter(context.call, input)),
    run: os.run.handler(({ input, context }) => letters.run(context.call, input)),
    list: os.list.handler(({ input, context }) => letters.list(context.call, input)),
    summary: os.summary.handler(({ input, context }) => letters.summary(context.call, input)),
    letterFile: os.letterFile.handler(({ input, context }) => letters.letterFile(context.call, input.id)),
    letter: os.letter.handler(({ input, context }) => sendings.view(context.call, input.id)),
    emailDraft: os.emailDraft.handler(({ input, context }) => sendings.emailDraft(context.call, input.id)),
    recordSending: os.recordSending.handler(({ input, context }) => sendings.record(context.call, input)),
    changeSending: os.changeSending.handler(({ input, context }) => sendings.change(context.call, input)),
    voidSending: os.voidSending.handler(({ input, context }) => sendings.voidSending(context.call, input)),
    voidLetter: os.voidLetter.handler(({ input, context }) => letters.voidLetter(context.call, input)),
    exclude: os.exclude.handler(({ input, context }) => letters.exclude(context.call, input)),
    include: os.include.handler(({ input, context }) => letters.include(context.call, input)),
    exportRows: os.exportRows.handler(({ input, context }) => exports.letters(context.call, input)),
    work: os.work.handler(({ input, context }) => work.list(context.call, input)),
    workSummary: os.workSummary.handler(({ input, context }) => work.summary(context.call, input)),
    workExport: os.workExport.handler(({ input, context }) => exports.work(context.call, input)),
    case: os.case.handler(({ input, context }) => work.case(context.call, input.customerId)),
    saveCase: os.saveCase.handler(({ input, context }) => work.saveCase(context.call, input)),
    leaveOut: os.leaveOut.handler(({ input, context }) => work.leaveOut(context.call, input)),
    takeIn: os.takeIn.handler(({ input, context }) => work.takeIn(context.call, input)),
    logContact: os.logContact.handler(({ input, context }) => contacts.log(context.call, input)),
    voidContact: os.voidContact.handler(({ input, context }) => contacts.voidContact(context.call, input)),
    contacts: os.contacts.handler(({ input, context }) => contacts.list(context.call, input)),
    contactsSummary: os.contactsSummary.handler(({ input, context }) => contacts.summary(context.call, input)),
    contactsExport: os.contactsExport.handler(({ input, context }) => exports.contacts(context.call, input)),
    promises: os.promises.handler(({ input, context }) => contacts.promises(context.call, input)),
    promisesSummary: os.promisesSummary.handler(({ input, context }) => contacts.promisesSummary(context.call, input)),
    promisesExport: os.promisesExport.handler(({ input, context }) => exports.promises(context.call, input)),
    withdrawPromise: os.withdrawPromise.handler(({ input, context }) => contacts.withdrawPromise(context.call, input)),
  }
}
