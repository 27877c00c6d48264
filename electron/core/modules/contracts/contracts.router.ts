import type { Os } from '#core/rpc/implementer.ts'
import type { createContractEndings } from './contracts.endings.ts'
import type { createArchive } from './contracts.archive.ts'
import type { createPaperFiles } from './contracts.paper-files.ts'
import type { createContractPapers } from './contracts.papers.ts'
import type { createScans } from './contracts.scans.ts'
import type { createSeals } from './contracts.seals.ts'
import type { createContractSigning } from './contracts.signing.ts'
import type { createContractSubmit } from './contracts.submit.ts'
import type { createContractsService } from './contracts.service.ts'
import type { createSupplements } from './contracts.supplements.ts'
import type { createContractVersions } from './contracts.versions.ts'

/** Binds the entries of contracts. */
export function contractsRouter(
  os: Os['contracts'],
  contracts: ReturnType<typeof createContractsService>,
  papers: ReturnType<typeof createContractPapers>,
  approvals: ReturnType<typeof createContractSubmit>,
  versions: ReturnType<typeof createContractVersions>,
  endings: ReturnType<typeof createContractEndings>,
  supplements: ReturnType<typeof createSupplements>,
  signing: ReturnType<typeof createContractSigning>,
  paperFiles: ReturnType<typeof createPaperFiles>,
  scans: ReturnType<typeof createScans>,
  archive: ReturnType<typeof createArchive>,
  seals: ReturnType<typeof createSeals>,
) {
  return {
    list: os.list.handler(({ input, context }) => contracts.list(context.call, input)),
    summary: os.summary.handler(({ input, context }) => contracts.summary(context.call, input)),
    get: os.get.handler(({ input, context }) => contracts.get(context.call, input.id)),
    create: os.create.handler(({ input, context }) => contracts.create(context.call, input)),
    update: os.update.handler(({ input, context }) => contracts.update(context.call, input)),
    check: os.check.handler(({ input, context }) => contracts.check(context.call, input)),
    preview: os.preview.handler(({ input, context }) => papers.preview(context.call, input)),
    approval: os.approval.handler(({ input, context }) => approvals.approval(context.call, input.id)),
    submit: os.submit.handler(({ input, context }) => approvals.submit(context.call, input)),
    sign: os.sign.handler(({ input, context }) => signing.sign(context.call, input)),
    void: os.void.handler(({ input, context }) => contracts.void(context.call, input)),
    recordEvent: os.recordEvent.handler(({ input, context }) => contracts.recordEvent(context.call, input)),
    versions: os.versions.handler(({ input, context }) => versions.versions(context.call, input.id)),
    redline: os.redline.handler(({ input, context }) => versions.redline(context.call, input)),
    redlineFile: os.redlineFile.handler(({ input, context }) => versions.redlineFile(context.call, input)),
    end: os.end.handler(({ input, context }) => endings.end(context.call, input)),
    supplements: {
      list: os.supplements.list.handler(({ input, context }) => supplements.list(context.call, input.contractId)),
      get: os.supplements.get.handler(({ input, context }) => supplements.get(context.call, input.id)),
      start: os.supplements.start.handler(({ input, context }) => supplements.start(context.call, input.contractId)),
      create: os.supplements.create.handler(({ input, context }) => supplements.create(context.call, input)),
      update: os.supplements.update.handler(({ input, context }) => supplements.update(context.call, input)),
      sign: os.supplements.sign.handler(({ input, context }) => supplements.sign(context.call, input)),
      void: os.supplements.void.handler(({ input, context }) => supplements.void(context.call, input)),
      approval: os.supplements.approval.handler(({ input, context }) => supplements.approval(context.call, input.id)),
      submit: os.supplements.submit.handler(({ input, context }) => supplements.submit(context.call, input)),
      preview: os.supplements.preview.handler(({ input, context }) => supplements.preview(context.call, input)),
    },
    papers: {
      get: os.papers.get.handler(({ input, context }) => paperFiles.get(context.call, input.id)),
      open: os.papers.open.handler(({ input, context }) => paperFiles.open(context.call, input)),
      verify: os.papers.verify.handler(({ input, context }) => paperFiles.verify(context.call, input)),
      addScan: os.papers.addScan.handler(({ input, context }) => scans.addScan(context.call, input)),
      archive: os.papers.archive.handler(({ input, context }) => archive.archive(context.call, input)),
      lend: os.papers.lend.handler(({ input, context }) => archive.lend(context.call, input)),
      takeBack: os.papers.takeBack.handler(({ input, context }) => archive.takeBack(context.call, input)),
    },
    seals: {
      list: os.seals.list.handler(({ input, context }) => seals.list(context.call, input)),
      summary: os.seals.summary.handler(({ input, context }) => seals.summary(context.call, input)),
      record: os.seals.record.handler(({ input, context }) => seals.record(context.call, input)),
      cancel: os.seals.cancel.handler(({ input, context }) => seals.cancel(context.call, input)),
      exportRows: os.seals.exportRows.handler(({ input, context }) => seals.exportRows(context.call, input)),
    },
    exportRows: os.exportRows.handler(({ input, context }) => papers.exportRows(context.call, input)),
  }
}
