import { createHash } from 'node:crypto'
import { AppError, invalid, refuse } from '#shared/kernel/app-error.ts'
import type { PlainDay } from '#shared/kernel/dates.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import { buildSearchText, sortKey } from '#shared/kernel/search-text.ts'
import { attachmentName, KIND_FACTS } from '#shared/modules/attachments/attachments.rules.ts'
import { judgeTags, usable } from '#shared/modules/wordtemplates/wordtemplates.findings.rules.ts'
import { standings } from '#shared/modules/wordtemplates/wordtemplates.rules.ts'
import type {
  TemplateFields,
  TemplateFilters,
  TemplateSort,
  TemplateView,
} from '#shared/modules/wordtemplates/wordtemplates.schema.ts'
import { readTags, type TemplateTags } from '#shared/modules/wordtemplates/wordtemplates.tags.rules.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import type { FileContent } from '#core/kernel/files.ts'
import { newId } from '#core/kernel/ids.ts'
import type { UnitOfWork } from '#core/store/store.ts'
import type { WordTemplatesTable } from '#core/store/tables/word-templates.tables.ts'
import {
  editionAt,
  editionViews,
  factsOf,
  findingsOf,
  knownTemplate,
  templateToChange,
} from './wordtemplates.records.ts'
import { countTemplates, editionsOf, listTemplates, nameTaken } from './wordtemplates.repo.ts'

interface Versioned {
  readonly id: string
  readonly version: number
}
interface HandedIn {
  readonly fileId: string
  readonly remark: string
}
/** A file that was looked through, with what stands between its braces. */
interface ReadFile extends FileContent {
  readonly sha256: string
  readonly tags: TemplateTags
}

/** The library of the firm's own Word templates: files in editions, put in use and withdrawn. */
export function createWordTemplates({ store, files, workers, clock }: CoreDeps) {
  /** Looks a file through before anything of it is kept. */
  async function read(ctx: CallContext, fileId: string): Promise<ReadFile> {
    const given = files.readTemporary(ctx.actor.userId ?? '', fileId)
    try {
      const scan = await workers.run('inspect-docx', { bytes: given.bytes })
      return {
        name: attachmentName(given.name, 'docx'),
        mime: KIND_FACTS.docx.mime,
        bytes: given.bytes,
        sha256: createHash('sha256').update(given.bytes).digest('hex'),
        tags: readTags(scan),
      }
    } catch (error) {
      throw ofFile(error)
    }
  }

  async function assertNameFree(uow: UnitOfWork, fields: TemplateFields, except: string | null): Promise<void> {
    if (!(await nameTaken(uow.db, fields, except))) return
    throw invalid([{ path: ['name'], key: 'wordtemplates:errors.nameTaken' }])
  }

  async function keepEdition(
    uow: UnitOfWork,
    to: Pick<WordTemplatesTable, 'id' | 'kind'>,
    no: number,
    { file, remark }: { readonly file: ReadFile; readonly remark: string },
  ) {
    const stored = await files.putStored(uow, file)
    const findings = judgeTags(file.tags, to.kind)
    const facts = { file_name: file.name, size: file.bytes.byteLength, sha256: stored.sha256, remark }
    await uow.db
      .insertInto('word_template_editions')
      .values({
        template_id: to.id,
        no,
        state: 'draft',
        file_id: stored.fileId,
        ...facts,
        tags: JSON.stringify(file.tags),
        unknown: findings.unknown.length,
        broken: findings.faults.length,
        missing: findings.missing.length,
        made_at: uow.now,
        made_by: uow.actor.userId ?? '',
        valid_from: null,
        used_at: null,
        used_by: null,
        withdrawn_day: null,
        withdrawn_at: null,
        withdrawn_by: null,
        withdraw_reason: '',
      })
      .execute()
    return { no, file: file.name, sha256: stored.sha256, remark }
  }

  /** Moves the template on by one version; the caller audits. */
  async function touch(uow: UnitOfWork, record: WordTemplatesTable, changes: Partial<WordTemplatesTable> = {}) {
    const version = record.version + 1
    await uow.db
      .updateTable('word_templates')
      .set({ ...changes, version, updated_at: uow.now, updated_by: uow.actor.userId ?? '' })
      .where('id', '=', record.id)
      .execute()
    uow.changed('wordtemplates', record.id)
    return { id: record.id, version }
  }

  const named = ({ name }: Pick<TemplateFields, 'name'>) => ({
    name,
    name_key: sortKey(name),
    search_text: buildSearchText(name),
  })

  return {
    list: (_ctx: CallContext, input: PageInput<TemplateSort, TemplateFilters>) =>
      listTemplates(store.read, { day: clock.today(), text: input.text, filters: input.filters }, input),

    async summary(_ctx: CallContext, input: { text?: string | undefined; filters: TemplateFilters }) {
      return { count: await countTemplates(store.read, { ...input, day: clock.today() }) }
    },

    async get(_ctx: CallContext, id: string): Promise<TemplateView> {
      const { name, kind, language, version } = await knownTemplate(store.read, id)
      const editions = editionViews(await editionsOf(store.read, id), kind, clock.today())
      return { id, version, name, kind, language, editions }
    },

    async create(ctx: CallContext, { fileId, remark, ...fields }: TemplateFields & HandedIn) {
      const file = await read(ctx, fileId)
      return store.write(ctx.actor, async (uow) => {
        await assertNameFree(uow, fields, null)
        const id = newId()
        await uow.db
          .insertInto('word_templates')
          .values({
            id,
            version: 0,
            ...fields,
            ...named(fields),
            last_no: 1,
            created_at: uow.now,
            updated_at: uow.now,
            updated_by: uow.actor.userId ?? '',
          })
          .execute()
        const edition = await keepEdition(uow, { id, kind: fields.kind }, 1, { file, remark })
        const after = { ...fields, ...edition }
        await uow.audit({ action: 'wordtemplates.create', entity: 'wordTemplate', entityId: id, after })
        uow.changed('wordtemplates', id)
        return { id, version: 0 }
      })
    },

    async addEdition(ctx: CallContext, { fileId, remark, ...input }: Versioned & HandedIn) {
      // Nothing is looked through for a template that is not there.
      await knownTemplate(store.read, input.id)
      const file = await read(ctx, fileId)
      return store.write(ctx.actor, async (uow) => {
        const record = await templateToChange(uow, input)
        const last = await editionAt(uow.db, record.id, record.last_no)
        if (last.sha256 === file.sha256) throw refuse('WORDTEMPLATE_SAME', { no: last.no })
        const no = record.last_no + 1
        const edition = await keepEdition(uow, record, no, { file, remark })
        const saved = await touch(uow, record, { last_no: no })
        const after = { name: record.name, ...edition }
        await uow.audit({ action: 'wordtemplates.addEdition', entity: 'wordTemplate', entityId: record.id, after })
        return { ...saved, no }
      })
    },

    rename: (ctx: CallContext, input: Versioned & { name: string }) =>
      store.write(ctx.actor, async (uow) => {
        const record = await templateToChange(uow, input)
        await assertNameFree(uow, { ...record, name: input.name }, record.id)
        const saved = await touch(uow, record, named(input))
        await uow.audit({
          action: 'wordtemplates.rename',
          entity: 'wordTemplate',
          entityId: record.id,
          before: { name: record.name },
          after: { name: input.name },
        })
        return saved
      }),

    putInUse: (ctx: CallContext, input: Versioned & { no: number; validFrom: PlainDay; remark: string }) =>
      store.write(ctx.actor, async (uow) => {
        const record = await templateToChange(uow, input)
        const edition = await editionAt(uow.db, record.id, input.no)
        const editions = (await editionsOf(uow.db, record.id)).map(factsOf)
        if (standings(editions, uow.today).get(input.no) !== 'draft') throw refuse('WORDTEMPLATE_STATE')
        if (!usable(findingsOf(edition, record.kind))) throw refuse('WORDTEMPLATE_NOT_READY')
        if (input.validFrom < uow.today) throw refuse('WORDTEMPLATE_DAY')
        const { no, validFrom, remark } = input
        await uow.db
          .updateTable('word_template_editions')
          .set({ state: 'inUse', valid_from: validFrom, used_at: uow.now, used_by: uow.actor.userId })
          .set(remark === '' ? {} : { remark })
          .where('template_id', '=', record.id)
          .where('no', '=', no)
          .execute()
        const saved = await touch(uow, record)
        const after = { name: record.name, no, validFrom, sha256: edition.sha256, remark }
        await uow.audit({ action: 'wordtemplates.putInUse', entity: 'wordTemplate', entityId: record.id, after })
        return saved
      }),

    withdraw: (ctx: CallContext, input: Versioned & { no: number; reason: string }) =>
      store.write(ctx.actor, async (uow) => {
        const record = await templateToChange(uow, input)
        const edition = await editionAt(uow.db, record.id, input.no)
        if (edition.state === 'withdrawn') throw refuse('WORDTEMPLATE_STATE')
        await uow.db
          .updateTable('word_template_editions')
          .set({
            state: 'withdrawn',
            withdrawn_day: uow.today,
            withdrawn_at: uow.now,
            withdrawn_by: uow.actor.userId,
            withdraw_reason: input.reason,
          })
          .where('template_id', '=', record.id)
          .where('no', '=', input.no)
          .execute()
        const saved = await touch(uow, record)
        await uow.audit({
          action: 'wordtemplates.withdraw',
          entity: 'wordTemplate',
          entityId: record.id,
          before: { name: record.name, no: input.no, state: edition.state, validFrom: edition.valid_from },
          after: { reason: input.reason },
        })
        return saved
      }),
  }
}

/** What the thread that reads files refuses, as it is said of a Word file. */
function ofFile(error: unknown): unknown {
  if (!(error instanceof AppError) || !error.code.startsWith('IMPORT_')) return error
  const endless = error.code === 'IMPORT_TOO_SLOW' || error.code === 'IMPORT_TOO_LARGE'
  return refuse(endless ? 'WORD_BOMB' : 'WORD_DAMAGED', {}, { cause: error })
}
