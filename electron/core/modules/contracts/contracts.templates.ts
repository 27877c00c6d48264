import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locale } from '#shared/i18n/locale.ts'
import { contractTemplate, type ContractTemplate } from '#shared/modules/contracts/contracts.template.ts'

export type TemplateSource = (language: Locale) => Promise<ContractTemplate>

/** Reads the wording of the goods-sale contract in a language; each file is read and parsed once. */
export function createTemplateSource(resourcesDir: string): TemplateSource {
  const known = new Map<Locale, Promise<ContractTemplate>>()
  const read = async (language: Locale): Promise<ContractTemplate> => {
    const path = join(resourcesDir, 'templates', `contract-goods-sale.${language}.json`)
    return contractTemplate.parse(JSON.parse(await readFile(path, 'utf8')))
  }
  return (language) => {
    const found = known.get(language) ?? read(language)
    known.set(language, found)
    return found
  }
}
