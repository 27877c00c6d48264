import type { TextPiece } from '#shared/kernel/text-redline.ts'

/** A text with what changed in it: struck out what was, underlined what is. */
export function TextPieces({ pieces }: { pieces: readonly TextPiece[] }) {
  return pieces.map((piece, index) =>
    piece.kind === 'same' ? (
      <span key={index}>{piece.text}</span>
    ) : piece.kind === 'added' ? (
      <ins key={index}>{piece.text}</ins>
    ) : (
      <del key={index}>{piece.text}</del>
    ),
  )
}
