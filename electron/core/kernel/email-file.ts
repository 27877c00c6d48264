import { createHash } from 'node:crypto'

interface Draft {
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly attachment: { readonly name: string; readonly bytes: Uint8Array }
}

const EOL = '\r\n'
/** So many characters of base64 stand in a line (RFC 2045). */
const LINE = 76
/** Bytes of a word of a header, so that it stays within 75 characters when encoded (RFC 2047). */
const WORD = 42

/**
 * A message that is not sent yet, as mail programs open it for sending: plain text and the letter as a file. Everything
 * is ASCII, so that it survives any disk and any program.
 */
export function emailFile({ to, subject, text, attachment }: Draft): Uint8Array {
  const boundary = `=_${createHash('sha256').update(attachment.bytes).digest('hex').slice(0, 24)}`
  const fileName = encodeURIComponent(attachment.name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)
  const lines = [
    // Outlook opens it as a draft of its own.
    'X-Unsent: 1',
    // No line break gets into a header, whatever stands in the file of a customer.
    `To: ${to.replace(/[\r\n]/g, ' ')}`,
    `Subject: ${encodedWords(subject)}`,
    'MIME-Version: 1.0',
    `Content-Type: multipart/mixed; boundary="${boundary}"`,
    '',
    `--${boundary}`,
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    ...base64Lines(Buffer.from(text.replace(/\r?\n/g, EOL), 'utf8')),
    `--${boundary}`,
    `Content-Type: application/pdf; name="${encodedWords(attachment.name).replaceAll(`${EOL} `, ' ')}"`,
    'Content-Transfer-Encoding: base64',
    `Content-Disposition: attachment; filename*=UTF-8''${fileName}`,
    '',
    ...base64Lines(Buffer.from(attachment.bytes)),
    `--${boundary}--`,
    '',
  ]
  return new TextEncoder().encode(lines.join(EOL))
}

function base64Lines(bytes: Buffer): string[] {
  return bytes.toString('base64').match(new RegExp(`.{1,${LINE}}`, 'g')) ?? ['']
}

/** A text of a header in encoded words, never cut within a character. */
function encodedWords(text: string): string {
  const words: string[] = []
  let word = ''
  for (const character of text.replace(/[\r\n]/g, ' ')) {
    if (Buffer.byteLength(word + character) > WORD) {
      words.push(word)
      word = ''
    }
    word += character
  }
  return [...words, word].map((one) => `=?UTF-8?B?${Buffer.from(one).toString('base64')}?=`).join(`${EOL} `)
}
