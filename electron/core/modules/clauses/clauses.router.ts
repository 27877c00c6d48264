import type { Os } from '#core/rpc/implementer.ts'
import type { createClauseFiles } from './clauses.files.ts'
import type { createClausePapers } from './clauses.papers.ts'
import type { createClausesService } from './clauses.service.ts'
import type { createTemplatesService } from './clauses.templates.service.ts'

/** Binds the entries of clauses and templates. */
export function clausesRouter(
  os: Os['clauses'],
  clauses: ReturnType<typeof createClausesService>,
  templates: ReturnType<typeof createTemplatesService>,
  papers: ReturnType<typeof createClausePapers>,
  files: ReturnType<typeof createClauseFiles>,
) {
  const of = os.templates
  return {
    list: os.list.handler(({ input, context }) => clauses.list(context.call, input)),
    summary: os.summary.handler(({ input, context }) => clauses.summary(context.call, input)),
    get: os.get.handler(({ input, context }) => clauses.get(context.call, input.id)),
    choices: os.choices.handler(({ input, context }) => clauses.choices(context.call, input.kind)),
    create: os.create.handler(({ input, context }) => clauses.create(context.call, input)),
    save: os.save.handler(({ input, context }) => clauses.save(context.call, input)),
    discard: os.discard.handler(({ input, context }) => clauses.discard(context.call, input)),
    carryTargets: os.carryTargets.handler(({ input, context }) => clauses.carryTargets(context.call, input)),
    publish: os.publish.handler(({ input, context }) => clauses.publish(context.call, input)),
    withdraw: os.withdraw.handler(({ input, context }) => clauses.withdraw(context.call, input)),
    exportRows: os.exportRows.handler(({ input, context }) => papers.exportClauses(context.call, input)),
    templates: {
      list: of.list.handler(({ input, context }) => templates.list(context.call, input)),
      summary: of.summary.handler(({ input, context }) => templates.summary(context.call, input)),
      get: of.get.handler(({ input, context }) => templates.get(context.call, input.id)),
      choices: of.choices.handler(({ context }) => templates.choices(context.call)),
      create: of.create.handler(({ input, context }) => templates.create(context.call, input)),
      save: of.save.handler(({ input, context }) => templates.save(context.call, input)),
      discard: of.discard.handler(({ input, context }) => templates.discard(context.call, input)),
      publish: of.publish.handler(({ input, context }) => templates.publish(context.call, input)),
      withdraw: of.withdraw.handler(({ input, context }) => templates.withdraw(context.call, input)),
      makeStandard: of.makeStandard.handler(({ input, context }) => templates.makeStandard(context.call, input)),
      preview: of.preview.handler(({ input, context }) => papers.preview(context.call, input)),
      exportRows: of.exportRows.handler(({ input, context }) => papers.exportTemplates(context.call, input)),
      exportFile: of.exportFile.handler(({ input, context }) => files.exportFile(context.call, input.id)),
      checkFile: of.checkFile.handler(({ input, context }) => files.checkFile(context.call, input.fileId)),
      importFile: of.importFile.handler(({ input, context }) => files.importFile(context.call, input.fileId)),
    },
  }
}
