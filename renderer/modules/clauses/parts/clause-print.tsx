import { useMemo } from 'react'
import { makeTranslator } from '#shared/i18n/translate.ts'
import type { Locale } from '#shared/i18n/locale.ts'
import { sampleContract, sampleSeller } from '#shared/modules/clauses/clauses.sample.ts'
import type { ContractKind } from '#shared/modules/clauses/clauses.schema.ts'
import { contractPlaceholders } from '#shared/modules/contracts/contracts.placeholders.ts'
import { fillPlaceholders } from '#shared/modules/contracts/contracts.template.schema.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { firmToday } from '#renderer/ui/firm-day.ts'

/** A clause as it is printed, with sample values in the place of its placeholders. */
export function ClausePrint(props: { text: string; major: boolean; kind: ContractKind; language: Locale }) {
  const t = useT()
  const { language, kind } = props
  const values = useMemo(() => {
    const words = makeTranslator(language)
    const fields = sampleContract(kind, { language, t: words }, null, firmToday())
    return {
      map: contractPlaceholders({ fields, seller: sampleSeller(words) }, words),
      blank: words('contracts:document.blank'),
    }
  }, [language, kind])
  const lines = fillPlaceholders(props.text, values.map, values.blank)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  if (lines.length === 0) return <p className="muted">{t('clauses:editor.nothing')}</p>
  return (
    <div className={props.major ? 'clause-print major' : 'clause-print'} lang={language}>
      {lines.map((line, index) => (
        <p key={index}>{line}</p>
      ))}
    </div>
  )
}
