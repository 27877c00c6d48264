/** Of a JPEG's frames those that tell its size: all but tables and arithmetic conditions among the numbers from C0. */
const FRAME = /^[\xc0-\xc3\xc5-\xc7\xc9-\xcb\xcd-\xcf]$/

/** Width and height of a PNG or JPEG in pixels. Throws where the bytes are neither. */
export function imageSize(bytes: Buffer): { type: 'png' | 'jpg'; width: number; height: number } {
  if (bytes.toString('latin1', 1, 4) === 'PNG' && bytes.length >= 24) {
    return { type: 'png', width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
  }
  // A JPEG is a row of segments, each with its kind and its length; the size stands in the one of the frame.
  for (let at = 2; bytes[0] === 0xff && bytes[1] === 0xd8 && at + 9 < bytes.length;) {
    if (FRAME.test(bytes.toString('latin1', at + 1, at + 2))) {
      return { type: 'jpg', width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) }
    }
    at += 2 + bytes.readUInt16BE(at + 2)
  }
  throw new Error('an image must be a PNG or JPEG')
}
