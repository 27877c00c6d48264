import { useMemo } from 'react'
import { shownChanges, type ShownChange } from '#shared/modules/contracts/contracts.redline.words.ts'
import type { ContractDraft } from '#shared/modules/contracts/contracts.schema.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { StatusTag } from '#renderer/ui/parts.tsx'
import type { StatusTone } from '#renderer/ui/theme.ts'
import '#renderer/modules/contracts/changes.css'
import { TextPieces } from './text-pieces.tsx'

const TONES: Readonly<Record<ShownChange['kind'], StatusTone>> = {
  changed: 'attention',
  moved: 'active',
  added: 'done',
  removed: 'danger',
}

/** Everything in which two forms of a contract differ: struck out what was, underlined what is. */
export function ChangesTable({ before, after }: { before: ContractDraft; after: ContractDraft }) {
  const t = useT()
  const changes = useMemo(() => shownChanges(before, after, t), [before, after, t])
  if (changes.length === 0) return <p className="muted">{t('contracts:redline.none')}</p>
  return [...Map.groupBy(changes, (change) => change.part)].map(([part, some]) => (
    <table key={part} className="plain-table changes">
      <caption>{t(`contracts:redline.parts.${part}`)}</caption>
      <tbody>
        {some.map((change, index) => (
          <tr key={index}>
            <td>
              <StatusTag tone={TONES[change.kind]}>{t(`contracts:redline.kinds.${change.kind}`)}</StatusTag>{' '}
              {change.item}
            </td>
            <td className={change.pieces ? 'long' : undefined}>
              <Change change={change} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  ))
}

function Change({ change: { before, after, pieces } }: { change: ShownChange }) {
  if (pieces === null) {
    return (
      <>
        {before === '' ? null : <del>{before}</del>} {after === '' ? null : <ins>{after}</ins>}
      </>
    )
  }
  return <TextPieces pieces={pieces} />
}
