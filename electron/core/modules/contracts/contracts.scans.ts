import { refuse } from '#shared/kernel/app-error.ts'
import { IMAGE_KINDS } from '#shared/modules/attachments/attachments.rules.ts'
import type { ScanView } from '#shared/modules/contracts/contracts.papers.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { newId } from '#core/kernel/ids.ts'
import { inspect } from '#core/modules/attachments/attachments.api.ts'
import { userBriefs } from '#core/modules/people/people.api.ts'
import type { Reader } from '#core/store/store.ts'
import { readableContract } from './contracts.current.ts'
import { reminderDone } from './contracts.reminded.ts'

/** Scans of one contract, the one in force first. */
export async function scansOf(db: Reader, contractId: string): Promise<ScanView[]> {
  const scans = await db
    .selectFrom('contract_scans')
    .selectAll()
    .where('contract_id', '=', contractId)
    .orderBy('no', 'desc')
    .execute()
  if (scans.length === 0) return []
  const files = await db
    .selectFrom('contract_scan_files')
    .selectAll()
    .where(
      'scan_id',
      'in',
      scans.map((scan) => scan.id),
    )
    .orderBy('seq')
    .execute()
  const people = await userBriefs(
    db,
    scans.map((scan) => scan.added_by),
  )
  return scans.map((scan) => ({
    id: scan.id,
    no: scan.no,
    pages: scan.pages,
    note: scan.note,
    files: files
      .filter((file) => file.scan_id === scan.id)
      .map((file) => ({
        fileId: file.file_id,
        name: file.name,
        kind: file.kind,
        pages: file.pages,
        size: file.size,
        sha256: file.sha256,
      })),
    byName: people.get(scan.added_by)?.name ?? '',
    at: scan.added_at,
    replacedAt: scan.replaced_at,
  }))
}

/** Scans of signed contracts. */
export function createScans({ store, files, workers }: CoreDeps) {
  /** One file of a scan, looked through: a PDF whose pages can be counted, or a picture, which is one page. */
  async function read(ctx: CallContext, fileId: string) {
    const file = await inspect(workers, files.readTemporary(ctx.actor.userId ?? '', fileId))
    if (IMAGE_KINDS.includes(file.kind)) return { ...file, pages: 1 }
    if (file.kind !== 'pdf') throw refuse('CONTRACT_SCAN_TYPE', { name: file.name })
    const pages = await workers.run('pdf-pages', { bytes: file.bytes })
    if (pages === null) throw refuse('CONTRACT_SCAN_PAGES', { name: file.name })
    return { ...file, pages }
  }

  return {
    async addScan(ctx: CallContext, input: { id: string; files: readonly string[]; note: string }) {
      // Nothing is looked through for a contract that is not there to see.
      await readableContract(store.read, ctx.scope, input.id)
      const found: Awaited<ReturnType<typeof read>>[] = []
      for (const fileId of input.files) found.push(await read(ctx, fileId))
      return store.write(ctx.actor, async (uow) => {
        const contract = await readableContract(uow.db, ctx.scope, input.id)
        if (contract.state !== 'signed') throw refuse('CONTRACT_STATE', { state: contract.state })
        const last = await uow.db
          .selectFrom('contract_scans')
          .select('no')
          .where('contract_id', '=', contract.id)
          .orderBy('no', 'desc')
          .limit(1)
          .executeTakeFirst()
        await uow.db
          .updateTable('contract_scans')
          .set({ replaced_at: uow.now })
          .where('contract_id', '=', contract.id)
          .where('replaced_at', 'is', null)
          .execute()
        const id = newId()
        const no = (last?.no ?? 0) + 1
        const pages = found.reduce((sum, file) => sum + file.pages, 0)
        await uow.db
          .insertInto('contract_scans')
          .values({
            id,
            contract_id: contract.id,
            no,
            pages,
            note: input.note,
            added_by: uow.actor.userId ?? '',
            added_at: uow.now,
            replaced_at: null,
          })
          .execute()
        const kept: { name: string; pages: number; sha256: string }[] = []
        for (const [index, file] of found.entries()) {
          const stored = await files.putStored(uow, file)
          await uow.db
            .insertInto('contract_scan_files')
            .values({
              id: newId(),
              scan_id: id,
              seq: index + 1,
              file_id: stored.fileId,
              name: file.name,
              kind: file.kind,
              size: file.bytes.byteLength,
              pages: file.pages,
              sha256: stored.sha256,
            })
            .execute()
          kept.push({ name: file.name, pages: file.pages, sha256: stored.sha256 })
        }
        await uow.audit({
          action: 'contracts.scan',
          entity: 'contract',
          entityId: contract.id,
          before: last ? { no: last.no } : undefined,
          after: { number: contract.number, no, pages, files: kept, note: input.note },
        })
        await reminderDone(uow, 'scan', contract.id)
        uow.changed('contracts', contract.id)
        return { id, no, pages }
      })
    },
  }
}
