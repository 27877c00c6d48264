import { redlineText } from '#shared/kernel/text-redline.ts'
import '#renderer/modules/contracts/changes.css'

/** What changed from one text to another: struck out what was, underlined what is. `side` shows one of the two alone. */
export function RedlineText(props: { before: string; after: string; side?: 'before' | 'after' }) {
  const pieces = redlineText(props.before, props.after).filter(
    (piece) =>
      piece.kind === 'same' || props.side === undefined || (piece.kind === 'removed') === (props.side === 'before'),
  )
  return (
    <div className="changes redline-text">
      {pieces.map((piece, index) =>
        piece.kind === 'same' ? (
          <span key={index}>{piece.text}</span>
        ) : piece.kind === 'added' ? (
          <ins key={index}>{piece.text}</ins>
        ) : (
          <del key={index}>{piece.text}</del>
        ),
      )}
    </div>
  )
}
