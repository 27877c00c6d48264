import type { Translate } from '#shared/i18n/translate.ts'
import { secondLabel } from '#shared/modules/contracts/contracts.languages.ts'
import type { SecondText } from '#shared/modules/contracts/contracts.texts.schema.ts'

/** What a field of the editor is called in the list of what is wrong with a form. */
export function fieldLabel(path: string, t: Translate): string {
  const [, group, name = '', part = ''] = path.split('.')
  if (group === 'second') return t(secondLabel(name as SecondText))
  if (group === 'annexes') return `${t('contracts:annex.no', { no: Number(name) + 1 })} ${t(`contracts:annex.${part}`)}`
  return t(`contracts:fields.${path}`)
}
