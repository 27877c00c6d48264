import { createHash, randomBytes } from 'node:crypto'

/** Crockford's base 32: no I, L, O, U, so that a printed code is read without doubt. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const GROUP = 4

/** A code of 160 random bits in groups of four, the last group being a check: 9 groups. */
export function makeRecoveryCode(): string {
  return withCheck(encode(randomBytes(20)))
}

/** A short one-time code of 60 random bits. */
export function makeOneTimeCode(): string {
  return encode(randomBytes(8))
    .slice(0, 12)
    .replace(/(.{4})(?=.)/g, '$1-')
}

/** What a person typed, as it is compared: no separators, O as 0, I and L as 1. */
export function normaliseCodeText(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
}

/** Whether a typed recovery code has no typing error; says nothing of whether it is the right one. */
export function recoveryCodeChecks(text: string): boolean {
  const plain = normaliseCodeText(text)
  return plain.length === 36 && checkOf(plain.slice(0, 32)) === plain.slice(32)
}

function withCheck(body: string): string {
  return (body + checkOf(body)).match(new RegExp(`.{${GROUP}}`, 'g'))?.join('-') ?? ''
}

function checkOf(body: string): string {
  return encode(createHash('sha256').update(body).digest()).slice(0, GROUP)
}

function encode(bytes: Uint8Array): string {
  let bits = 0
  let value = 0
  let text = ''
  for (const byte of bytes) {
    value = (value << 8) | byte
    bits += 8
    while (bits >= 5) {
      text += ALPHABET.charAt((value >>> (bits - 5)) & 31)
      bits -= 5
      value &= (1 << bits) - 1
    }
  }
  return bits > 0 ? text + ALPHABET.charAt((value << (5 - bits)) & 31) : text
}
