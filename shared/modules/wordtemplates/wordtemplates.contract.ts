import { z } from 'zod'
import { LOCALES } from '#shared/i18n/locale.ts'
import { exportInput, pageInput, pageOutput } from '#shared/kernel/paging.ts'
import { entityId, recordVersion, searchText } from '#shared/kernel/text.ts'
import { command, query, refusals } from '#shared/rpc/define.ts'
import {
  editionRemark,
  TEMPLATE_SORTS,
  templateChoice,
  templateFields,
  templateFilters,
  templateRow,
  templateView,
  uploadedFile,
  useFields,
  withdrawFields,
} from './wordtemplates.schema.ts'

const count = z.number().int()
const no = z.number().int().min(1).max(9999)
const versioned = z.strictObject({ id: entityId, version: recordVersion })
const saved = z.object({ id: z.string(), version: count })
const filtered = z.strictObject({ text: searchText, filters: templateFilters })
const made = z.object({ fileId: z.string(), name: z.string() })
const FILE_REFUSALS = [
  'WORD_TYPE',
  'WORD_MACROS',
  'WORD_LINKS',
  'WORD_OBJECTS',
  'WORD_FETCHES',
  'WORD_BOMB',
  'WORD_TOO_LARGE',
  'WORD_DAMAGED',
  'WORD_TOO_MANY_TAGS',
  'WORDTEMPLATE_SAME',
] as const

/** Word templates of the firm itself, in editions. */
export const wordTemplatesContract = {
  list: query('wordtemplates.read')
    .input(pageInput({ sort: TEMPLATE_SORTS, filters: templateFilters }))
    .output(pageOutput(templateRow)),
  /** Over the whole filtered set. */
  summary: query('wordtemplates.read').input(filtered).output(z.object({ count })),
  get: query('wordtemplates.read')
    .input(z.strictObject({ id: entityId }))
    .output(templateView),
  /** Looks the file through and keeps it as the first edition, a draft. */
  create: command('wordtemplates.write')
    .input(templateFields.extend({ fileId: uploadedFile, remark: editionRemark }))
    .output(saved)
    .errors(refusals(...FILE_REFUSALS)),
  /** Keeps a file as the next edition, a draft; an older draft gives way to it. */
  addEdition: command('wordtemplates.write')
    .input(versioned.extend({ fileId: uploadedFile, remark: editionRemark }))
    .output(saved.extend({ no: count }))
    .errors(refusals(...FILE_REFUSALS)),
  rename: command('wordtemplates.write')
    .input(versioned.extend({ name: templateFields.shape.name }))
    .output(saved),
  /** From its day on the edition is used in place of the one before. */
  putInUse: command('wordtemplates.write')
    .input(versioned.extend({ no, ...useFields.shape }))
    .output(saved)
    .errors(refusals('WORDTEMPLATE_STATE', 'WORDTEMPLATE_NOT_READY', 'WORDTEMPLATE_DAY')),
  /** It cannot be used any more, nor does an older one come back. */
  withdraw: command('wordtemplates.write')
    .input(versioned.extend({ no, ...withdrawFields.shape }))
    .output(saved)
    .errors(refusals('WORDTEMPLATE_STATE')),
  /** The file as it was handed in; kept for the caller for half an hour, like all that follow. */
  original: query('wordtemplates.read')
    .input(z.strictObject({ id: entityId, no }))
    .output(made),
  /** The edition filled with a contract that nobody has made, whether it is in use or not. */
  tryOut: query('wordtemplates.read')
    .input(z.strictObject({ id: entityId, no }))
    .output(made)
    .errors(refusals('WORDTEMPLATE_NOT_READY', 'WORD_BROKEN')),
  /** A Word file that holds every field there is, to begin with. */
  sample: query('wordtemplates.read')
    .input(z.strictObject({ language: z.enum(LOCALES) }))
    .output(made),
  /** The templates in use today for contracts of this one's kind and language. */
  choices: query('contracts.read')
    .input(z.strictObject({ contractId: entityId }))
    .output(z.array(templateChoice)),
  /** Writes a contract on a template in use. A draft says that it is one. */
  fill: command('contracts.read', { audit: 'export' })
    .input(z.strictObject({ contractId: entityId, id: entityId }))
    .output(made)
    .errors(refusals('WORDTEMPLATE_NONE', 'WORDTEMPLATE_NOT_READY', 'WORD_BROKEN')),
  exportRows: command('wordtemplates.read', { audit: 'export' })
    .input(exportInput({ sort: TEMPLATE_SORTS, filters: templateFilters }))
    .output(z.object({ jobId: z.string() })),
}
