import type { Os } from '#core/rpc/implementer.ts'
import type { createPerformanceService } from './performance.service.ts'

/** Binds the entries of performance. */
export function performanceRouter(os: Os['performance'], service: ReturnType<typeof createPerformanceService>) {
  const { schemes, year, review, correction, proposal, chain, cycle, bonus, extra, form, spread, figures } = service
  return {
    sheet: os.sheet.handler(({ input, context }) => service.sheet(context.call, input.month)),
    sourceRows: os.sourceRows.handler(({ input, context }) => service.sourceRows(context.call, input)),
    targets: os.targets.handler(({ input, context }) => service.targets(context.call, input.month)),
    saveTargets: os.saveTargets.handler(({ input, context }) => service.saveTargets(context.call, input)),
    saveEntry: os.saveEntry.handler(({ input, context }) => service.saveEntry(context.call, input)),
    removeEntry: os.removeEntry.handler(({ input, context }) => service.removeEntry(context.call, input)),
    lock: os.lock.handler(({ input, context }) => service.lock(context.call, input)),
    workbook: os.workbook.handler(({ input, context }) => service.workbook(context.call, input.month)),
    signed: os.signed.handler(({ input, context }) => service.signed(context.call, input)),
    ranking: os.ranking.handler(({ input, context }) => service.ranking(context.call, input.month)),
    history: os.history.handler(({ input, context }) => service.history(context.call, input.userId)),
    policy: {
      read: os.policy.read.handler(() => service.policy.read()),
      save: os.policy.save.handler(({ input, context }) => service.policy.save(context.call, input)),
    },
    cycle: {
      calibrate: os.cycle.calibrate.handler(({ input, context }) => cycle.calibrate(context.call, input)),
      confirm: os.cycle.confirm.handler(({ input, context }) => cycle.confirm(context.call, input)),
      appeal: os.cycle.appeal.handler(({ input, context }) => cycle.appeal(context.call, input)),
      appeals: os.cycle.appeals.handler(({ input, context }) => cycle.appeals(context.call, input.month)),
      answer: os.cycle.answer.handler(({ input, context }) => cycle.answer(context.call, input)),
      statement: os.cycle.statement.handler(({ input, context }) => cycle.statement(context.call, input.month)),
      remind: os.cycle.remind.handler(({ input, context }) => cycle.remind(context.call, input.month)),
    },
    extra: {
      give: os.extra.give.handler(({ input, context }) => extra.give(context.call, input)),
      takeBack: os.extra.takeBack.handler(({ input, context }) => extra.takeBack(context.call, input)),
    },
    form: {
      candidates: os.form.candidates.handler(({ input, context }) => form.candidates(context.call, input)),
      make: os.form.make.handler(({ input, context }) => form.make(context.call, input)),
      print: os.form.print.handler(({ input, context }) => form.print(context.call, input)),
      list: os.form.list.handler(({ input, context }) => form.list(context.call, input)),
      summary: os.form.summary.handler(({ input, context }) => form.summary(context.call, input)),
      exportRows: os.form.exportRows.handler(({ input, context }) => form.exportRows(context.call, input)),
      answer: os.form.answer.handler(({ input, context }) => form.answer(context.call, input)),
      withdraw: os.form.withdraw.handler(({ input, context }) => form.withdraw(context.call, input)),
    },
    bonus: {
      sheet: os.bonus.sheet.handler(({ input, context }) => bonus.sheet(context.call, input.month)),
      history: os.bonus.history.handler(({ input, context }) => bonus.history(context.call, input.userId)),
      setBase: os.bonus.setBase.handler(({ input, context }) => bonus.setBase(context.call, input)),
      setAbsence: os.bonus.setAbsence.handler(({ input, context }) => bonus.setAbsence(context.call, input)),
      export: os.bonus.export.handler(({ input, context }) => bonus.export(context.call, input.month)),
    },
    correction: {
      list: os.correction.list.handler(({ input, context }) => correction.list(context.call, input.month)),
      get: os.correction.get.handler(({ input, context }) => correction.get(context.call, input.id)),
      changes: os.correction.changes.handler(({ input, context }) => correction.changes(context.call, input.month)),
      ask: os.correction.ask.handler(({ input, context }) => correction.ask(context.call, input)),
    },
    proposal: {
      suggestions: os.proposal.suggestions.handler(({ context }) => proposal.suggestions(context.call)),
      list: os.proposal.list.handler(({ input, context }) => proposal.list(context.call, input)),
      summary: os.proposal.summary.handler(({ input, context }) => proposal.summary(context.call, input)),
      exportRows: os.proposal.exportRows.handler(({ input, context }) => proposal.exportRows(context.call, input)),
      get: os.proposal.get.handler(({ input, context }) => proposal.get(context.call, input.id)),
      ask: os.proposal.ask.handler(({ input, context }) => proposal.ask(context.call, input)),
      again: os.proposal.again.handler(({ input, context }) => proposal.again(context.call, input)),
      close: os.proposal.close.handler(({ input, context }) => proposal.close(context.call, input)),
    },
    chain: {
      get: os.chain.get.handler(({ input, context }) => chain.get(context.call, input.userId)),
      notice: os.chain.notice.handler(({ input, context }) => chain.notice(context.call, input)),
    },
    year: {
      sheet: os.year.sheet.handler(({ input, context }) => year.sheet(context.call, input.year)),
      leaveOut: os.year.leaveOut.handler(({ input, context }) => year.leaveOut(context.call, input)),
      workbook: os.year.workbook.handler(({ input, context }) => year.workbook(context.call, input.year)),
    },
    spread: {
      look: os.spread.look.handler(({ input, context }) => spread.look(context.call, input)),
      save: os.spread.save.handler(({ input, context }) => spread.save(context.call, input)),
    },
    figures: {
      template: os.figures.template.handler(({ input, context }) => figures.template(context.call, input.month)),
      check: os.figures.check.handler(({ input, context }) => figures.check(context.call, input)),
      checkRows: os.figures.checkRows.handler(({ input, context }) => figures.rows(context.call, input)),
      checkSummary: os.figures.checkSummary.handler(({ input, context }) => figures.rowsSummary(context.call, input)),
      run: os.figures.run.handler(({ input, context }) => figures.run(context.call, input.checkId)),
    },
    review: {
      mine: os.review.mine.handler(({ context }) => review.mine(context.call)),
      give: os.review.give.handler(({ input, context }) => review.give(context.call, input)),
      stand: os.review.stand.handler(({ input, context }) => review.stand(context.call, input.month)),
      rate: os.review.rate.handler(({ input, context }) => review.rate(context.call, input)),
      propose: os.review.propose.handler(({ input, context }) => review.propose(context.call, input)),
      decide: os.review.decide.handler(({ input, context }) => review.decide(context.call, input)),
      customer: os.review.customer.handler(({ input, context }) => review.customer(context.call, input)),
    },
    schemes: {
      list: os.schemes.list.handler(() => schemes.list()),
      save: os.schemes.save.handler(({ input, context }) => schemes.save(context.call, input)),
      end: os.schemes.end.handler(({ input, context }) => schemes.end(context.call, input)),
      preview: os.schemes.preview.handler(({ input, context }) => schemes.preview(context.call, input)),
    },
  }
}
