import { createHash } from 'node:crypto'
import { refuse } from '#shared/kernel/app-error.ts'
import type { PaperFile, PapersView, SigningView } from '#shared/modules/contracts/contracts.papers.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import type { Scope } from '#core/kernel/scope.ts'
import { userBriefs } from '#core/modules/people/people.api.ts'
import type { Reader } from '#core/store/store.ts'
import { archiveOf, retentionOn } from './contracts.archive.ts'
import { readableContract } from './contracts.current.ts'
import { scansOf } from './contracts.scans.ts'
import { sealsOf } from './contracts.seals.repo.ts'

/** What a contract has on paper: how it was signed, what was signed, what came back with seals on it. */
export function createPaperFiles(deps: CoreDeps) {
  const { store, files } = deps

  async function signingOf(db: Reader, contractId: string): Promise<SigningView | null> {
    const row = await db
      .selectFrom('contract_signings as s')
      .leftJoin('files as f', 'f.id', 's.file_id')
      .selectAll('s')
      .select('f.size')
      .where('s.contract_id', '=', contractId)
      .executeTakeFirst()
    if (!row) return null
    const by = (await userBriefs(db, [row.recorded_by])).get(row.recorded_by)
    return {
      ours: {
        name: row.our_signer,
        post: row.our_post,
        authority: { kind: row.our_right, letter: row.our_letter, validTo: row.our_letter_to as never },
      },
      theirs: {
        name: row.their_signer,
        post: row.their_post,
        authority: { kind: row.their_right, letter: row.their_letter, validTo: row.their_letter_to as never },
      },
      place: row.place,
      copies: {
        ours: row.copies_ours,
        theirs: row.copies_theirs,
        elsewhere: row.copies_else,
        holder: row.held_else,
      },
      file:
        row.file_id === null
          ? null
          : {
              fileId: row.file_id,
              name: row.file_name,
              kind: 'pdf',
              pages: row.pages ?? 0,
              size: row.size ?? 0,
              sha256: row.sha256 ?? '',
            },
      byName: by?.name ?? '',
      at: row.recorded_at,
    }
  }

  /** A file of this contract's papers; NOT_FOUND for any other. */
  async function fileOf(ctx: CallContext, input: { id: string; fileId: string }): Promise<PaperFile> {
    const { signing, scans } = await papersOf(store.read, ctx.scope, input.id)
    const all = [...(signing?.file ? [signing.file] : []), ...scans.flatMap((scan) => scan.files)]
    const found = all.find((file) => file.fileId === input.fileId)
    if (!found) throw refuse('NOT_FOUND', { entity: 'file' })
    return found
  }

  async function papersOf(db: Reader, scope: Scope, id: string): Promise<PapersView> {
    const record = await readableContract(db, scope, id)
    return {
      signing: await signingOf(db, record.id),
      scans: await scansOf(db, record.id),
      archive: await archiveOf(db, record.id),
      seals: await sealsOf(db, scope, record.id),
      retention: await retentionOn(db, deps.clock.today()),
    }
  }

  return {
    get: (ctx: CallContext, id: string): Promise<PapersView> => papersOf(store.read, ctx.scope, id),

    /** The file for the reader, as a temporary one of his own. */
    async open(ctx: CallContext, input: { id: string; fileId: string }) {
      const { fileId, name } = await fileOf(ctx, input)
      const { mime, bytes } = await files.readStored(fileId)
      return { ...files.putTemporary(ctx.actor.userId ?? '', { name, mime, bytes }), name }
    },

    /** Reads the file again and holds what its bytes give against what was written down when it was stored. */
    async verify(ctx: CallContext, input: { id: string; fileId: string }) {
      const { fileId, sha256 } = await fileOf(ctx, input)
      const { bytes } = await files.readStored(fileId)
      const found = createHash('sha256').update(bytes).digest('hex')
      return { sha256: found, intact: found === sha256 }
    },
  }
}
