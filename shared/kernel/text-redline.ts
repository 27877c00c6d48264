/** A piece of a text and what became of it. */
export interface TextPiece {
  readonly kind: 'same' | 'removed' | 'added'
  readonly text: string
}

/** Beyond so many differences a text is not compared word by word: it was written anew. */
const FURTHEST = 1000

const WORDS = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{M}\p{N}]+(?:[.,'’]\p{N}+)*|\p{Zs}+|[^]/gu
const SENTENCES = /[^。；！？\n.;!?]*[。；！？\n.;!?]?/gu

/**
 * What changed from one text to another: words of Western scripts whole, Chinese character by character. The pieces
 * that are not added make the old text exactly, those that are not removed the new one. Texts that are far apart are
 * compared sentence by sentence first, and what has nothing in common is replaced whole.
 */
export function redlineText(before: string, after: string): TextPiece[] {
  if (before === after) return before === '' ? [] : [{ kind: 'same', text: before }]
  return joined(calmed(compared(before.match(WORDS) ?? [], after.match(WORDS) ?? [], bySentence(before, after))))
}

function bySentence(before: string, after: string): () => TextPiece[] {
  return () => {
    const old = before.match(SENTENCES) ?? []
    const fresh = after.match(SENTENCES) ?? []
    const pieces = joined(compared(old, fresh, () => replaced(old, fresh)))
    return pieces.flatMap((piece, at) => {
      const next = pieces[at + 1]
      if (piece.kind === 'removed' && next?.kind === 'added') return words(piece.text, next.text)
      return piece.kind === 'added' && pieces[at - 1]?.kind === 'removed' ? [] : [piece]
    })
  }
}

function words(before: string, after: string): TextPiece[] {
  const old = before.match(WORDS) ?? []
  const fresh = after.match(WORDS) ?? []
  return compared(old, fresh, () => replaced(old, fresh))
}

const replaced = (old: readonly string[], fresh: readonly string[]): TextPiece[] => [
  ...old.map((text): TextPiece => ({ kind: 'removed', text })),
  ...fresh.map((text): TextPiece => ({ kind: 'added', text })),
]

/** The shortest way from one list of words to the other (Myers 1986), or `otherwise` where it is too long. */
function compared(old: readonly string[], fresh: readonly string[], otherwise: () => TextPiece[]): TextPiece[] {
  let head = 0
  while (head < old.length && head < fresh.length && old[head] === fresh[head]) head += 1
  let tail = 0
  const most = Math.min(old.length, fresh.length) - head
  while (tail < most && old[old.length - 1 - tail] === fresh[fresh.length - 1 - tail]) tail += 1
  const same = (list: readonly string[]): TextPiece[] => list.map((text) => ({ kind: 'same', text }))
  const left = old.slice(head, old.length - tail)
  const right = fresh.slice(head, fresh.length - tail)
  const trace = shortestWay(left, right)
  if (trace === null) return otherwise()
  return [...same(old.slice(0, head)), ...walked(left, right, trace), ...same(old.slice(old.length - tail))]
}

/** For each number of differences, how far each diagonal reaches; null beyond the limit. */
function shortestWay(old: readonly string[], fresh: readonly string[]): Int32Array[] | null {
  const limit = Math.min(old.length + fresh.length, FURTHEST)
  const trace: Int32Array[] = []
  let reach = new Int32Array(2 * limit + 3)
  for (let apart = 0; apart <= limit; apart += 1) {
    // Diagonals -apart…apart are all that a later step looks at.
    trace.push(reach.slice(limit + 1 - apart, limit + 2 + apart))
    const next = reach.slice()
    for (let k = -apart; k <= apart; k += 2) {
      const at = limit + 1 + k
      const down = k === -apart || (k !== apart && reach[at - 1]! < reach[at + 1]!)
      let x = apart === 0 ? 0 : down ? reach[at + 1]! : reach[at - 1]! + 1
      while (x < old.length && x - k < fresh.length && old[x] === fresh[x - k]) x += 1
      next[at] = x
      if (x >= old.length && x - k >= fresh.length) return trace
    }
    reach = next
  }
  return null
}

function walked(old: readonly string[], fresh: readonly string[], trace: readonly Int32Array[]): TextPiece[] {
  const pieces: TextPiece[] = []
  let x = old.length
  let y = fresh.length
  for (let apart = trace.length - 1; apart >= 0; apart -= 1) {
    const reach = trace[apart]!
    const of = (k: number) => reach[k + apart] ?? 0
    const k = x - y
    const down = k === -apart || (k !== apart && of(k - 1) < of(k + 1))
    const fromX = apart === 0 ? 0 : down ? of(k + 1) : of(k - 1)
    const fromY = apart === 0 ? 0 : fromX - (down ? k + 1 : k - 1)
    const startX = apart === 0 ? 0 : down ? fromX : fromX + 1
    while (x > startX) {
      x -= 1
      y -= 1
      pieces.push({ kind: 'same', text: old[x]! })
    }
    if (apart === 0) break
    if (down) pieces.push({ kind: 'added', text: fresh[fromY]! })
    else pieces.push({ kind: 'removed', text: old[fromX]! })
    x = fromX
    y = fromY
  }
  return pieces.reverse()
}

/** A lone character that stayed between two changes reads as if it changed with them. */
function calmed(pieces: readonly TextPiece[]): TextPiece[] {
  return pieces.flatMap((piece, at) => {
    const lone = piece.kind === 'same' && piece.text.length === 1 && piece.text !== '\n'
    const within = lone && changed(pieces[at - 1]) && changed(pieces[at + 1])
    if (!within) return [piece]
    return [
      { kind: 'removed' as const, text: piece.text },
      { kind: 'added' as const, text: piece.text },
    ]
  })
}

const changed = (piece: TextPiece | undefined) => piece !== undefined && piece.kind !== 'same'

/** Neighbours of a kind as one piece; between two that stayed, what was removed stands before what was added. */
function joined(pieces: readonly TextPiece[]): TextPiece[] {
  const out: TextPiece[] = []
  let removed = ''
  let added = ''
  const flush = () => {
    if (removed !== '') out.push({ kind: 'removed', text: removed })
    if (added !== '') out.push({ kind: 'added', text: added })
    removed = ''
    added = ''
  }
  for (const { kind, text } of pieces) {
    if (kind === 'removed') removed += text
    else if (kind === 'added') added += text
    else {
      flush()
      const last = out.at(-1)
      if (last?.kind === 'same') out[out.length - 1] = { kind: 'same', text: last.text + text }
      else out.push({ kind: 'same', text })
    }
  }
  flush()
  return out
}

/** The text before, as the pieces have it. */
export function textBefore(pieces: readonly TextPiece[]): string {
  return pieces.map((piece) => (piece.kind === 'added' ? '' : piece.text)).join('')
}

/** The text after, as the pieces have it. */
export function textAfter(pieces: readonly TextPiece[]): string {
  return pieces.map((piece) => (piece.kind === 'removed' ? '' : piece.text)).join('')
}
