import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs'

/** What a room begins with; where each of its files ends follows. */
const EMPTY = 0
const FILLING = 1
const FULL = 2
const PATIENCE_MS = 5000

/**
 * The bytes of these files, read once for all threads that have the same room: the first one fills it, the others wait
 * for it. Who waits in vain, for one that was ended meanwhile, reads them for itself, as without a room.
 */
export function readFonts(paths: readonly string[], room?: SharedArrayBuffer): Uint8Array[] {
  if (!room) return paths.map((path) => readFileSync(path))
  const head = new Int32Array(room, 0, 1 + paths.length)
  if (Atomics.compareExchange(head, 0, EMPTY, FILLING) === EMPTY) {
    fill(room, paths)
    Atomics.store(head, 0, FULL)
    Atomics.notify(head, 0)
  }
  Atomics.wait(head, 0, FILLING, PATIENCE_MS)
  if (Atomics.load(head, 0) !== FULL) return paths.map((path) => readFileSync(path))
  let from = head.byteLength
  return paths.map((_, i) => {
    const bytes = new Uint8Array(room, from, Atomics.load(head, i + 1) - from)
    from += bytes.byteLength
    return bytes
  })
}

function fill(room: SharedArrayBuffer, paths: readonly string[]): void {
  let end = (1 + paths.length) * Int32Array.BYTES_PER_ELEMENT
  for (const [i, path] of paths.entries()) {
    const file = openSync(path, 'r')
    try {
      const { size } = fstatSync(file)
      room.grow(Math.max(room.byteLength, end + size))
      let done = 0
      while (done < size) {
        const count = readSync(file, new Uint8Array(room, end + done, size - done))
        if (count === 0) throw new Error('a font ended before its size')
        done += count
      }
      end += size
      Atomics.store(new Int32Array(room, 0, 1 + paths.length), i + 1, end)
    } finally {
      closeSync(file)
    }
  }
}
