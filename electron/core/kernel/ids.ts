import { randomBytes } from 'node:crypto'

let lastMs = 0
let counter = 0

/**
 * A UUIDv7: sorts by the time it was made, so that rows of one day lie together in the file. Within a millisecond a
 * counter keeps the order; the rest is random.
 */
export function newId(): string {
  // The system's time, not the firm's clock: ids must rise even when a test's clock stands still.
  const now = Math.max(performance.timeOrigin + performance.now(), lastMs)
  const ms = Math.floor(now)
  counter = ms === lastMs ? counter + 1 : randomBytes(2).readUInt16BE() & 0x3ff
  lastMs = ms
  const bytes = randomBytes(16)
  bytes.writeUIntBE(ms, 0, 6)
  bytes.writeUInt16BE(0x7000 | (counter & 0xfff), 6)
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f)
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
