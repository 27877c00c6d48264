import { inflateSync } from 'node:zlib'

/** An object of a PDF as it is written, its stream left out. */
type Objects = Map<number, string>

/** More than this unfolded from one stream is a trap, not a table of objects. */
const MAX_UNFOLDED = 64 * 1024 * 1024
/** Trees are walked no deeper than this: one that bites its own tail ends. */
const MAX_DEPTH = 40

/**
 * How many pages a PDF has; null where it is torn, locked by a password, or no PDF. Whatever was written last of an
 * object holds, as a reader of the file takes it.
 */
export function pdfPageCount(bytes: Uint8Array): number | null {
  // One character for each byte: places in the text are places in the file.
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  if (!text.startsWith('%PDF-')) return null
  const objects: Objects = new Map()
  const packed: string[] = []
  let root: number | null = null
  const heads = /(\d{1,10})\s+\d{1,5}\s+obj\b|\btrailer\b/g
  for (let head = heads.exec(text); head; head = heads.exec(text)) {
    const from = head.index + head[0].length
    const end = endOf(text, from)
    const body = text.slice(from, end.body)
    if (head[1] === undefined || /\/Type\s*\/XRef\b/.test(body)) {
      if (/\/Encrypt\b/.test(body)) return null
      const named = /\/Root\s+(\d+)\s/.exec(body)?.[1]
      if (named !== undefined) root = Number(named)
    } else if (/\/Type\s*\/ObjStm\b/.test(body)) {
      const unfolded = unfold(bytes.subarray(end.stream, end.after), body)
      if (unfolded === null) return null
      packed.push(body, unfolded)
    } else {
      objects.set(Number(head[1]), body)
    }
    heads.lastIndex = end.after
  }
  for (let i = 0; i < packed.length; i += 2) unpack(packed[i] ?? '', packed[i + 1] ?? '', objects)
  const catalogue = root === null ? find(objects, 'Catalog') : objects.get(root)
  const pages = /\/Pages\s+(\d+)\s/.exec(catalogue ?? '')?.[1]
  if (pages === undefined) return null
  const count = leaves(objects, Number(pages), new Set(), 0)
  return count > 0 ? count : null
}

interface End {
  /** Behind the dictionary. */
  readonly body: number
  /** Where the stream begins; that of the body where there is none. */
  readonly stream: number
  /** Where to read on. */
  readonly after: number
}

function endOf(text: string, from: number): End {
  const stops = /\bendobj\b|\bstream\r?\n|\bstartxref\b/g
  stops.lastIndex = from
  const stop = stops.exec(text)
  if (!stop) return { body: text.length, stream: text.length, after: text.length }
  if (!stop[0].startsWith('stream')) return { body: stop.index, stream: stop.index, after: stop.index }
  const stream = stop.index + stop[0].length
  const direct = Number(/\/Length\s+(\d+)(?!\s+\d+\s+R)/.exec(text.slice(from, stop.index))?.[1] ?? Number.NaN)
  // A length that does not lead to the end of the stream is not believed.
  if (!Number.isNaN(direct) && /^\s*endstream/.test(text.slice(stream + direct, stream + direct + 20))) {
    return { body: stop.index, stream, after: stream + direct }
  }
  const close = text.indexOf('endstream', stream)
  return { body: stop.index, stream, after: close < 0 ? text.length : close }
}

function unfold(packed: Uint8Array, body: string): string | null {
  if (!/\/Filter\b/.test(body)) return Buffer.from(packed).toString('latin1')
  if (!/\/Filter\s*\[?\s*\/FlateDecode\s*\]?/.test(body) || /\/Predictor\s+[2-9]/.test(body)) return null
  try {
    return inflateSync(packed, { maxOutputLength: MAX_UNFOLDED }).toString('latin1')
  } catch {
    return null
  }
}

/** Lays out the objects of an object stream; those that stand in the file by themselves were written later or are others. */
function unpack(body: string, content: string, objects: Objects): void {
  const count = Number(/\/N\s+(\d+)/.exec(body)?.[1] ?? 0)
  const first = Number(/\/First\s+(\d+)/.exec(body)?.[1] ?? 0)
  const numbers = content.slice(0, first).trim().split(/\s+/).map(Number)
  for (let i = 0; i < Math.min(count, numbers.length / 2); i += 1) {
    const from = first + (numbers[i * 2 + 1] ?? 0)
    const to = i + 1 < count ? first + (numbers[i * 2 + 3] ?? content.length) : content.length
    objects.set(numbers[i * 2] ?? -1, content.slice(from, to))
  }
}

function find(objects: Objects, type: string): string | undefined {
  const wanted = new RegExp(`/Type\\s*/${type}\\b`)
  return [...objects.values()].findLast((body) => wanted.test(body))
}

/** Pages below a node, counted one by one: the sum that the node states may be wrong. */
function leaves(objects: Objects, number: number, seen: Set<number>, depth: number): number {
  const body = objects.get(number)
  if (body === undefined || seen.has(number) || depth > MAX_DEPTH) return 0
  seen.add(number)
  const kids = /\/Kids\s*\[([^\]]*)\]/.exec(body)?.[1]
  if (kids === undefined) return /\/Type\s*\/Page\b(?!s)/.test(body) ? 1 : 0
  let count = 0
  for (const kid of kids.matchAll(/(\d+)\s+\d+\s+R/g)) count += leaves(objects, Number(kid[1]), seen, depth + 1)
  return count
}
