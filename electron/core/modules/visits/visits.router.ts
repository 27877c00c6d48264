import type { Os } from '#core/rpc/implementer.ts'
import type { createVisitPapers } from './visits.papers.ts'
import type { createVisitPlans } from './visits.plans.ts'
import type { createVisitSeries } from './visits.series.ts'
import type { createVisitsService } from './visits.service.ts'

/** Binds the entries of visits. */
export function visitsRouter(
  os: Os['visits'],
  service: ReturnType<typeof createVisitsService>,
  plans: ReturnType<typeof createVisitPlans>,
  series: ReturnType<typeof createVisitSeries>,
  papers: ReturnType<typeof createVisitPapers>,
) {
  return {
    list: os.list.handler(({ input, context }) => service.list(context.call, input)),
    summary: os.summary.handler(({ input, context }) => service.summary(context.call, input)),
    get: os.get.handler(({ input, context }) => service.get(context.call, input.id)),
    view: os.view.handler(({ input, context }) => service.view(context.call, input.id)),
    calendar: os.calendar.handler(({ input, context }) => service.calendar(context.call, input)),
    figures: os.figures.handler(({ input, context }) => service.figures(context.call, input)),
    intents: os.intents.handler(({ input, context }) => service.intents(context.call, input.customerId)),
    plan: os.plan.handler(({ input, context }) => plans.plan(context.call, input)),
    seriesDays: os.seriesDays.handler(({ input, context }) => series.days(context.call, input)),
    planSeries: os.planSeries.handler(({ input, context }) => series.plan(context.call, input)),
    endSeries: os.endSeries.handler(({ input, context }) => series.end(context.call, input)),
    changePlan: os.changePlan.handler(({ input, context }) => plans.changePlan(context.call, input)),
    reschedule: os.reschedule.handler(({ input, context }) => plans.reschedule(context.call, input)),
    report: os.report.handler(({ input, context }) => plans.report(context.call, input)),
    cancel: os.cancel.handler(({ input, context }) => plans.cancel(context.call, input)),
    incident: os.incident.handler(({ input, context }) => plans.incident(context.call, input)),
    prepare: os.prepare.handler(({ input, context }) => plans.prepare(context.call, input)),
    sheet: os.sheet.handler(({ input, context }) => papers.sheet(context.call, input)),
    calendarFile: os.calendarFile.handler(({ input, context }) => papers.calendarFile(context.call, input)),
    create: os.create.handler(({ input, context }) => service.create(context.call, input)),
    update: os.update.handler(({ input, context }) => service.update(context.call, input)),
    exportRows: os.exportRows.handler(({ input, context }) => service.exportRows(context.call, input)),
    remove: os.remove.handler(({ input, context }) => service.remove(context.call, input)),
  }
}
