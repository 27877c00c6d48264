import type { Os } from '#core/rpc/implementer.ts'
import type { createDisputesService } from './claims.disputes.ts'
import type { createClaimsExports } from './claims.exports.ts'
import type { createInterestService } from './claims.interest.ts'
import type { createLimitationService } from './claims.limitation.ts'
import type { createPlanSigning } from './claims.plans.sign.ts'
import type { createPlansService } from './claims.plans.ts'
import type { createClaimsPolicy } from './claims.policy.ts'
import type { createRequestsService } from './claims.requests.ts'
import type { createStatementsService } from './claims.statements.ts'

/** Everything that claims are served by. */
export interface ClaimsServices {
  readonly policy: ReturnType<typeof createClaimsPolicy>
  readonly interest: ReturnType<typeof createInterestService>
  readonly limitation: ReturnType<typeof createLimitationService>
  readonly disputes: ReturnType<typeof createDisputesService>
  readonly requests: ReturnType<typeof createRequestsService>
  readonly statements: ReturnType<typeof createStatementsService>
  readonly plans: ReturnType<typeof createPlansService>
  readonly signing: ReturnType<typeof createPlanSigning>
  readonly exports: ReturnType<typeof createClaimsExports>
}

/** Binds the entries of claims. */
export function claimsRouter(os: Os['claims'], claims: ClaimsServices) {
  const { policy, interest, limitation, disputes, requests, statements, plans, signing, exports } = claims
  return {
    policy: {
      read: os.policy.read.handler(() => policy.read()),
      save: os.policy.save.handler(({ input, context }) => policy.save(context.call, input)),
      rates: os.policy.rates.handler(() => policy.rates()),
      checkRates: os.policy.checkRates.handler(({ input, context }) => policy.checkRates(context.call, input)),
    },
    interest: {
      terms: os.interest.terms.handler(({ input, context }) => interest.terms(context.call, input.contractId)),
      choose: os.interest.choose.handler(({ input, context }) => interest.choose(context.call, input)),
      sheet: os.interest.sheet.handler(({ input, context }) => interest.sheet(context.call, input)),
      print: os.interest.print.handler(({ input, context }) => interest.print(context.call, input)),
      items: os.interest.items.handler(({ input, context }) => interest.items(context.call, input.instalmentId)),
      addPause: os.interest.addPause.handler(({ input, context }) => interest.addPause(context.call, input)),
      addCost: os.interest.addCost.handler(({ input, context }) => interest.addCost(context.call, input)),
      voidItem: os.interest.voidItem.handler(({ input, context }) => interest.voidItem(context.call, input)),
    },
    limitation: {
      list: os.limitation.list.handler(({ input, context }) => limitation.list(context.call, input)),
      summary: os.limitation.summary.handler(({ input, context }) => limitation.summary(context.call, input)),
      exportRows: os.limitation.exportRows.handler(({ input, context }) => exports.limitation(context.call, input)),
      clock: os.limitation.clock.handler(({ input, context }) => limitation.clock(context.call, input.instalmentId)),
      events: os.limitation.events.handler(({ input, context }) => limitation.events(context.call, input)),
      record: os.limitation.record.handler(({ input, context }) => limitation.record(context.call, input)),
      change: os.limitation.change.handler(({ input, context }) => limitation.change(context.call, input)),
      void: os.limitation.void.handler(({ input, context }) => limitation.void(context.call, input)),
    },
    disputes: {
      list: os.disputes.list.handler(({ input, context }) => disputes.list(context.call, input)),
      summary: os.disputes.summary.handler(({ input, context }) => disputes.summary(context.call, input)),
      get: os.disputes.get.handler(({ input, context }) => disputes.get(context.call, input.id)),
      exportRows: os.disputes.exportRows.handler(({ input, context }) => exports.disputes(context.call, input)),
      open: os.disputes.open.handler(({ input, context }) => disputes.open(context.call, input)),
      resolve: os.disputes.resolve.handler(({ input, context }) => disputes.resolve(context.call, input)),
    },
    requests: {
      list: os.requests.list.handler(({ input, context }) => requests.list(context.call, input)),
      summary: os.requests.summary.handler(({ input, context }) => requests.summary(context.call, input)),
      get: os.requests.get.handler(({ input, context }) => requests.get(context.call, input.id)),
      exportRows: os.requests.exportRows.handler(({ input, context }) => exports.requests(context.call, input)),
      ask: os.requests.ask.handler(({ input, context }) => requests.ask(context.call, input)),
      again: os.requests.again.handler(({ input, context }) => requests.again(context.call, input)),
      reverse: os.requests.reverse.handler(({ input, context }) => requests.reverse(context.call, input)),
    },
    statements: {
      list: os.statements.list.handler(({ input, context }) => statements.list(context.call, input)),
      summary: os.statements.summary.handler(({ input, context }) => statements.summary(context.call, input)),
      get: os.statements.get.handler(({ input, context }) => statements.get(context.call, input.id)),
      exportRows: os.statements.exportRows.handler(({ input, context }) => exports.statements(context.call, input)),
      candidates: os.statements.candidates.handler(({ input, context }) => statements.candidates(context.call, input)),
      preview: os.statements.preview.handler(({ input, context }) => statements.preview(context.call, input)),
      run: os.statements.run.handler(({ input, context }) => statements.run(context.call, input)),
      file: os.statements.file.handler(({ input, context }) => statements.file(context.call, input.id)),
      markSent: os.statements.markSent.handler(({ input, context }) => statements.markSent(context.call, input)),
      answer: os.statements.answer.handler(({ input, context }) => statements.answer(context.call, input)),
      void: os.statements.void.handler(({ input, context }) => statements.void(context.call, input)),
    },
    plans: {
      list: os.plans.list.handler(({ input, context }) => plans.list(context.call, input)),
      summary: os.plans.summary.handler(({ input, context }) => plans.summary(context.call, input)),
      get: os.plans.get.handler(({ input, context }) => plans.get(context.call, input.id)),
      exportRows: os.plans.exportRows.handler(({ input, context }) => exports.plans(context.call, input)),
      start: os.plans.start.handler(({ input, context }) => plans.start(context.call, input)),
      create: os.plans.create.handler(({ input, context }) => plans.create(context.call, input)),
      update: os.plans.update.handler(({ input, context }) => plans.update(context.call, input)),
      submit: os.plans.submit.handler(({ input, context }) => plans.submit(context.call, input)),
      print: os.plans.print.handler(({ input, context }) => plans.print(context.call, input.id)),
      file: os.plans.file.handler(({ input, context }) => plans.file(context.call, input.id)),
      sign: os.plans.sign.handler(({ input, context }) => signing.sign(context.call, input)),
      callIn: os.plans.callIn.handler(({ input, context }) => signing.callIn(context.call, input)),
      void: os.plans.void.handler(({ input, context }) => signing.void(context.call, input)),
    },
  }
}
