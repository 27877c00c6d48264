import type { Locale } from '#shared/i18n/locale.ts'
import { makeTranslator } from '#shared/i18n/translate.ts'
import { isRefusal, refuse } from '#shared/kernel/app-error.ts'
import { documentName } from '#shared/kernel/filenames.ts'
import { KIND_FACTS } from '#shared/modules/attachments/attachments.rules.ts'
import { contractTexts, markOf, type ContractDocumentInput } from '#shared/modules/contracts/contracts.fill.rules.ts'
import { fieldSheet } from '#shared/modules/wordtemplates/wordtemplates.documents.ts'
import { templateScope } from '#shared/modules/wordtemplates/wordtemplates.fields.ts'
import { usable } from '#shared/modules/wordtemplates/wordtemplates.findings.rules.ts'
import { sampleContract } from '#shared/modules/wordtemplates/wordtemplates.sample.ts'
import type { TemplateChoice } from '#shared/modules/wordtemplates/wordtemplates.schema.ts'
import { withoutReplay, type CallContext, type CoreDeps } from '#core/kernel/deps.ts'
import { printedContract } from '#core/modules/contracts/contracts.api.ts'
import { editionAt, findingsOf, knownTemplate } from './wordtemplates.records.ts'
import { editionsInUse } from './wordtemplates.repo.ts'

const { mime } = KIND_FACTS.docx

/** What comes out of templates: the file itself, one filled for trial, and contracts written on them. */
export function createWordPapers(deps: CoreDeps) {
  const { store, files, workers, clock } = deps

  const handOver = (ctx: CallContext, name: string, bytes: Uint8Array) => ({
    ...files.putTemporary(ctx.actor.userId ?? '', { name, mime, bytes }),
    name,
  })

  /** The stored file with a contract's texts in it, in the language of the contract. */
  async function filled(
    ctx: CallContext,
    edition: { readonly file_id: string },
    contract: ContractDocumentInput,
  ): Promise<Uint8Array> {
    const t = makeTranslator(contract.fields.language)
    const { bytes } = await files.readStored(edition.file_id)
    const input = {
      bytes,
      scope: templateScope(contractTexts(contract, t)),
      blank: t('wordtemplates:document.blank'),
      mark: markOf(contract, t),
    }
    try {
      return await workers.run('fill-docx', input, ctx.signal ? { signal: ctx.signal } : {})
    } catch (error) {
      if (isRefusal(error, 'CANCELLED') || !isRefusal(error)) throw error
      throw refuse('WORD_BROKEN', {}, { cause: error })
    }
  }

  return {
    async original(ctx: CallContext, input: { id: string; no: number }) {
      await knownTemplate(store.read, input.id)
      const edition = await editionAt(store.read, input.id, input.no)
      const { bytes } = await files.readStored(edition.file_id)
      return handOver(ctx, edition.file_name, bytes)
    },

    async tryOut(ctx: CallContext, input: { id: string; no: number }) {
      const { name, kind, language } = await knownTemplate(store.read, input.id)
      const edition = await editionAt(store.read, input.id, input.no)
      // Unknown names stay in the text, to be seen; broken tags have no place to stay in.
      if (findingsOf(edition, kind).faults.length > 0) throw refuse('WORDTEMPLATE_NOT_READY')
      const t = makeTranslator(language)
      const bytes = await filled(ctx, edition, sampleContract(kind, language, t))
      const parts = [t('wordtemplates:document.trial'), name, t('wordtemplates:edition', { no: input.no })]
      return handOver(ctx, documentName(parts, 'docx'), bytes)
    },

    async sample(ctx: CallContext, language: Locale) {
      const t = makeTranslator(language)
      const bytes = await workers.run('docx', fieldSheet(language, t), ctx.signal ? { signal: ctx.signal } : {})
      return handOver(ctx, documentName([t('wordtemplates:sheet.title')], 'docx'), bytes)
    },

    async choices(ctx: CallContext, contractId: string): Promise<TemplateChoice[]> {
      const { fields } = await printedContract(store.read, ctx.scope, contractId, clock.today())
      const found = await editionsInUse(store.read, clock.today(), fields)
      return found.map((row) => ({ id: row.id, name: row.name, no: row.no, validFrom: row.valid_from }))
    },

    async fill(ctx: CallContext, input: { contractId: string; id: string }) {
      const day = clock.today()
      const contract = await printedContract(store.read, ctx.scope, input.contractId, day)
      const choices = await editionsInUse(store.read, day, contract.fields)
      const choice = choices.find(({ id }) => id === input.id)
      if (!choice) throw refuse('WORDTEMPLATE_NONE')
      const edition = await editionAt(store.read, choice.id, choice.no)
      // A later version of the program may know less than the one it was put in use with.
      if (!usable(findingsOf(edition, choice.kind))) throw refuse('WORDTEMPLATE_NOT_READY')
      const bytes = await filled(ctx, edition, contract)
      await store.write(withoutReplay(ctx.actor), async (uow) => {
        const after = { number: contract.number, template: choice.name, no: choice.no, sha256: edition.sha256 }
        await uow.audit({ action: 'wordtemplates.fill', entity: 'contract', entityId: input.contractId, after })
      })
      return handOver(ctx, fileNameOf(contract, choice.name, contract.signDay ?? day), bytes)
    },
  }
}

/** What it is, its number, with whom, on which template and of which day; first of all that it binds nobody. */
function fileNameOf(contract: ContractDocumentInput, template: string, day: string): string {
  const { language, buyer } = contract.fields
  const t = makeTranslator(language)
  const parts = [
    markOf(contract, t) ?? '',
    t('contracts:document.names.full'),
    contract.number,
    buyer.name,
    template,
    day.replaceAll('-', ''),
  ]
  return documentName(
    parts.filter((part) => part !== ''),
    'docx',
  )
}
