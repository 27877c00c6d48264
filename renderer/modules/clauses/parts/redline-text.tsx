import { useMemo } from 'react'
import { redlineText } from '#shared/kernel/text-redline.ts'
import '#renderer/modules/contracts/changes.css'
import { TextPieces } from '#renderer/modules/contracts/parts/text-pieces.tsx'

/** What changed from one text to another: struck out what was, underlined what is. `side` shows one of the two alone. */
export function RedlineText(props: { before: string; after: string; side?: 'before' | 'after' }) {
  const { before, after, side } = props
  const pieces = useMemo(
    () =>
      redlineText(before, after).filter(
        (piece) => piece.kind === 'same' || side === undefined || (piece.kind === 'removed') === (side === 'before'),
      ),
    [before, after, side],
  )
  return (
    <div className="changes redline-text">
      <TextPieces pieces={pieces} />
    </div>
  )
}
