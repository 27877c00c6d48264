import type { Os } from '#core/rpc/implementer.ts'
import type { createFirstRun } from './first-run.ts'
import type { createOfficeService } from './office.service.ts'

/** Binds the entries of office. */
export function officeRouter(
  os: Os['office'],
  office: ReturnType<typeof createOfficeService>,
  firstRun: ReturnType<typeof createFirstRun>,
) {
  return {
    firstRun: os.firstRun.handler(({ input, context }) => firstRun.run(context, input)),
    confirmRecovery: os.confirmRecovery.handler(({ input }) => firstRun.confirmRecovery(input.groups)),
    checkFolder: os.checkFolder.handler(({ input }) => office.checkFolder(input.path)),
    firm: {
      read: os.firm.read.handler(() => office.read('firm')),
      save: os.firm.save.handler(({ input, context }) => office.save(context.call, 'firm', input)),
    },
    numbering: {
      read: os.numbering.read.handler(() => office.read('numbering')),
      save: os.numbering.save.handler(({ input, context }) => office.save(context.call, 'numbering', input)),
    },
    taxRates: {
      read: os.taxRates.read.handler(() => office.read('taxRates')),
      save: os.taxRates.save.handler(({ input, context }) => office.save(context.call, 'taxRates', input)),
    },
    contractLaw: {
      read: os.contractLaw.read.handler(() => office.read('contractLaw')),
      save: os.contractLaw.save.handler(({ input, context }) => office.save(context.call, 'contractLaw', input)),
    },
    contractReminders: {
      read: os.contractReminders.read.handler(() => office.read('contractReminders')),
      save: os.contractReminders.save.handler(({ input, context }) =>
        office.save(context.call, 'contractReminders', input),
      ),
    },
    workCalendar: {
      read: os.workCalendar.read.handler(() => office.read('workCalendar')),
      save: os.workCalendar.save.handler(({ input, context }) => office.save(context.call, 'workCalendar', input)),
    },
    indicatorTargets: {
      read: os.indicatorTargets.read.handler(() => office.read('indicatorTargets')),
      save: os.indicatorTargets.save.handler(({ input, context }) =>
        office.save(context.call, 'indicatorTargets', input),
      ),
    },
    visits: {
      read: os.visits.read.handler(() => office.read('visits')),
      save: os.visits.save.handler(({ input, context }) => office.save(context.call, 'visits', input)),
    },
    callBacks: {
      read: os.callBacks.read.handler(() => office.read('callBacks')),
      save: os.callBacks.save.handler(({ input, context }) => office.save(context.call, 'callBacks', input)),
    },
    preferences: {
      read: os.preferences.read.handler(() => office.read('preferences')),
      save: os.preferences.save.handler(({ input, context }) => office.save(context.call, 'preferences', input)),
    },
    matrix: os.matrix.handler(() => office.matrix()),
  }
}
