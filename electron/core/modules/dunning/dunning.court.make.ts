import { createHash } from 'node:crypto'
import type { Locale } from '#shared/i18n/locale.ts'
import { makeTranslator, type Translate } from '#shared/i18n/translate.ts'
import { refuse } from '#shared/kernel/app-error.ts'
import { documentName, safeFileName } from '#shared/kernel/filenames.ts'
import { indexDocument, type IndexedPiece } from '#shared/modules/dunning/dunning.court.documents.ts'
import { forumOf, gapsOf, piecesOf, SECTIONS, type Piece } from '#shared/modules/dunning/dunning.court.rules.ts'
import { withoutReplay, type CallContext, type CoreDeps } from '#core/kernel/deps.ts'
import { newId } from '#core/kernel/ids.ts'
import type { RunningJob } from '#core/kernel/jobs/jobs.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { closeTasksOf } from '#core/modules/tasks/tasks.api.ts'
import type { UnitOfWork } from '#core/store/store.ts'
import type { DunningCourtFilesTable } from '#core/store/tables/dunning.tables.ts'
import type { Cases } from './dunning.cases.ts'
import { gatherCase, type CourtAsk, type CourtCase } from './dunning.court.gather.ts'
import { complaintModel, courtTotals, sheetModel, type SheetAsk } from './dunning.court.sheets.ts'

interface Making {
  readonly ask: CourtAsk
  readonly language: Locale
  readonly cases: Cases
}

/** More than this is not put together in memory; the pieces are chosen by debts, so that two files do it. */
const MOST_BYTES = 256 * 1024 * 1024
const STEPS = { gather: 'dunning:court.steps.gather', pack: 'dunning:court.steps.pack' } as const

interface Entry {
  readonly path: string
  readonly bytes: Uint8Array
}

/** The job: pieces are fetched and sheets written one after the other, then the index, then the archive. */
export function makeCourtFile(deps: CoreDeps, ctx: CallContext, making: Making): { jobId: string } {
  return deps.jobs.start(ctx, {
    kind: 'dunning.court',
    steps: [
      { key: STEPS.gather, weight: 8 },
      { key: STEPS.pack, weight: 2 },
    ],
    async run(job) {
      const db = deps.store.read
      const day = deps.clock.today()
      const { language } = making
      const t = makeTranslator(language)
      const known = await gatherCase(db, ctx.scope, making.ask, day)
      if (known.debts.length === 0) throw refuse('DUNNING_NOTHING')
      const asked: SheetAsk = { scope: ctx.scope, language, day }
      const entries: Entry[] = []
      const indexed = await evidence(deps, job, known, asked, t, entries)
      job.step(STEPS.pack, 0, 3)
      const gaps = gapsOf(known.facts, day)
      const firmName = (await readSetting(db, 'firm')).value.name
      const head = { firmName, customerName: known.customer.name, language, day }
      const render = { signal: job.signal }
      const index = await deps.workers.run('pdf', indexDocument(head, indexed, gaps, t), render)
      const indexName = documentName([`00 ${t('dunning:court.index.title')}`, known.customer.name], 'pdf')
      job.step(STEPS.pack, 1, 3)
      const totals = await courtTotals(db, known, day)
      const complaint = await complaintModel(db, known, totals, indexed.length, asked)
      const forum = forumOf(known.facts.contracts, known.facts.defendant.address)
      const paper = forum.kind === 'arbitration' ? 'titleArbitration' : 'title'
      entries.unshift(
        { path: indexName, bytes: index.slice() },
        {
          path: documentName([`00 ${t(`dunning:complaint.${paper}`)}`, known.customer.name], 'docx'),
          bytes: await deps.workers.run('docx', complaint, render),
        },
      )
      job.step(STEPS.pack, 2, 3)
      const bytes = await deps.workers.run('zip', { entries }, render)
      const parts = [t('dunning:court.title'), known.customer.name, day.replaceAll('-', '')]
      const name = documentName(parts, 'zip')
      const { sha256 } = await job.addFile({ name, mime: 'application/zip', bytes })
      await deps.store.write(withoutReplay(ctx.actor), async (uow) => {
        const stored = await deps.files.putStored(uow, { name: indexName, mime: 'application/pdf', bytes: index })
        await register(uow, known, {
          language,
          name,
          sha256,
          index_file_id: stored.fileId,
          pieces: indexed.length,
          gaps: gaps.length,
          principal: totals.principal,
          interest: totals.interest + totals.costs,
        })
        await making.cases.recount(uow, [known.customer.id])
      })
      job.step(STEPS.pack, 3, 3)
      return { pieces: indexed.length, gaps: gaps.length }
    },
  })
}

/** Fetches or writes every piece, with its place in the archive, its pages and its sum. */
async function evidence(
  deps: CoreDeps,
  job: RunningJob,
  known: CourtCase,
  asked: SheetAsk,
  t: Translate,
  entries: Entry[],
): Promise<IndexedPiece[]> {
  const pieces = piecesOf(known.facts)
  const indexed: IndexedPiece[] = []
  let size = 0
  for (const [at, piece] of pieces.entries()) {
    job.step(STEPS.gather, at, pieces.length)
    const file = await contentOf(deps, job, known, piece, asked)
    if (file === null) continue
    size += file.bytes.byteLength
    if (size > MOST_BYTES) throw refuse('DUNNING_COURT_SIZE', { megabytes: Math.floor(MOST_BYTES / 1024 / 1024) })
    const path = pathOf(piece, indexed.length + 1, file.name, t)
    const sha256 = createHash('sha256').update(file.bytes).digest('hex')
    const pages = file.name.toLowerCase().endsWith('.pdf')
      ? await deps.workers.run('pdf-pages', { bytes: file.bytes.slice() }, { signal: job.signal })
      : null
    entries.push({ path, bytes: file.bytes })
    indexed.push({ ...piece, path, pages, sha256 })
  }
  job.step(STEPS.gather, pieces.length, pieces.length)
  return indexed
}

async function contentOf(
  deps: CoreDeps,
  job: RunningJob,
  known: CourtCase,
  piece: Piece,
  asked: SheetAsk,
): Promise<{ name: string; bytes: Uint8Array } | null> {
  if (piece.paper !== null) {
    const { bytes } = await deps.files.readStored(piece.paper.fileId)
    return { name: piece.paper.name, bytes }
  }
  const model = piece.sheet === null ? null : await sheetModel(deps.store.read, known, piece.sheet, asked)
  if (model === null) return null
  const bytes = await deps.workers.run('pdf', model, { signal: job.signal })
  return { name: `${model.title}.pdf`, bytes: bytes.slice() }
}

/** A folder for each part, and the number of the evidence before its name. */
function pathOf(piece: Piece, no: number, file: string, t: Translate): string {
  const section = SECTIONS.indexOf(piece.section) + 1
  const folder = safeFileName(`${String(section).padStart(2, '0')} ${t(`dunning:court.sections.${piece.section}`)}`)
  const dot = file.lastIndexOf('.')
  const ending = dot > 0 ? file.slice(dot) : ''
  const name = t(piece.name.key, piece.name.params)
  return `${folder}/${safeFileName(`${String(no).padStart(2, '0')} ${name}${ending}`)}`
}

type Made = Pick<
  DunningCourtFilesTable,
  'language' | 'name' | 'sha256' | 'index_file_id' | 'pieces' | 'gaps' | 'principal' | 'interest'
>

/** Keeps that a file was made; whoever was asked to make it has done so. */
async function register(uow: UnitOfWork, known: CourtCase, made: Made): Promise<void> {
  const id = newId()
  await uow.db
    .insertInto('dunning_court_files')
    .values({
      id,
      customer_id: known.customer.id,
      owner_id: known.ownerId || (uow.actor.userId ?? ''),
      day: uow.today,
      ...made,
      closed_day: null,
      created_at: uow.now,
      created_by: uow.actor.userId,
    })
    .execute()
  await uow.db
    .insertInto('dunning_court_debts')
    .values(known.debts.map((debt) => ({ court_file_id: id, instalment_id: debt.id })))
    .execute()
  const reports = await uow.db
    .selectFrom('dunning_escalations')
    .select('id')
    .where('customer_id', '=', known.customer.id)
    .where('proposal', '=', 'court')
    .where('state', '=', 'done')
    .execute()
  for (const report of reports) await closeTasksOf(uow, { module: 'dunning', id: report.id }, 'done')
  await uow.audit({ action: 'dunning.courtFile', entity: 'courtFile', entityId: id, after: { ...made } })
  uow.changed('dunning', id)
  uow.changed('dunning', known.customer.id)
}
