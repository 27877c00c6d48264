import type { Locale } from '#shared/i18n/locale.ts'
import { makeTranslator } from '#shared/i18n/translate.ts'
import type { DocumentModel } from '#shared/kernel/document-model.ts'
import { contractDocument, type ContractDocumentInput } from '#shared/modules/contracts/contracts.documents.ts'
import { secondLanguageOf } from '#shared/modules/contracts/contracts.languages.ts'
import { documentName } from '#shared/kernel/filenames.ts'
import type { PrintFormat, PrintVariant } from '#shared/modules/contracts/contracts.papers.schema.ts'
import { warehouseDocument } from '#shared/modules/contracts/contracts.warehouse.documents.ts'
import type { ContractTemplate } from '#shared/modules/contracts/contracts.template.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'

/** A contract as it is printed, in both its languages where it has two; `wording` gives its template in a language. */
export async function contractModel(
  wording: (language: Locale) => Promise<ContractTemplate>,
  input: ContractDocumentInput,
  variant: PrintVariant = 'full',
): Promise<DocumentModel> {
  if (variant === 'warehouse') return warehouseDocument(input, makeTranslator(input.fields.language))
  const words = async (language: Locale) => ({ template: await wording(language), t: makeTranslator(language) })
  const { template, t } = await words(input.fields.language)
  const second = secondLanguageOf(input.fields)
  return contractDocument(input, template, t, second === null ? null : await words(second))
}

/** What it is, its number, with whom and of which day, joined by underscores. */
export function contractFileName(
  input: Pick<ContractDocumentInput, 'fields' | 'number'>,
  day: string,
  { variant = 'full', format = 'pdf' }: { readonly variant?: PrintVariant; readonly format?: PrintFormat } = {},
): string {
  const t = makeTranslator(input.fields.language)
  const parts = [
    t(`contracts:document.names.${variant}`),
    input.number,
    input.fields.buyer.name,
    day.replaceAll('-', ''),
  ]
  return documentName(
    parts.filter((part) => part !== ''),
    format,
  )
}

const MIME: Readonly<Record<PrintFormat, string>> = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
}

/** Draws a document and keeps the file for the caller for half an hour. */
export async function putPrinted(
  deps: CoreDeps,
  ctx: CallContext,
  printed: { readonly model: DocumentModel; readonly name: string; readonly format: PrintFormat },
): Promise<{ fileId: string; name: string }> {
  const { model, name, format } = printed
  const bytes = await deps.workers.run(format, model, ctx.signal ? { signal: ctx.signal } : {})
  const { fileId } = deps.files.putTemporary(ctx.actor.userId ?? '', { name, mime: MIME[format], bytes })
  return { fileId, name }
}
