const LOCAL = 0x04034b50
const CENTRAL = 0x02014b50
const END = 0x06054b50
/** 1 January 1980, 0:00, as a zip writes it: the first moment it knows. */
const FIRST_TIME = 0x0021_0000

/** The same zip, its files of no particular hour: the writer puts the computer's own time there. */
export function withoutTimes(zip: Buffer): Uint8Array {
  const bytes = new Uint8Array(zip)
  const view = new DataView(bytes.buffer)
  const end = bytes.length - 22
  if (view.getUint32(end, true) !== END) throw new Error('a zip without its end')
  let at = view.getUint32(end + 16, true)
  while (view.getUint32(at, true) === CENTRAL) {
    view.setUint32(at + 12, FIRST_TIME, true)
    const local = view.getUint32(at + 42, true)
    if (view.getUint32(local, true) !== LOCAL) throw new Error('a zip whose list leads nowhere')
    view.setUint32(local + 10, FIRST_TIME, true)
    const [name, extra, comment] = [28, 30, 32].map((place) => view.getUint16(at + place, true))
    at += 46 + (name ?? 0) + (extra ?? 0) + (comment ?? 0)
  }
  return bytes
}
