import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withoutMetadata } from '#core/modules/attachments/attachments.metadata.ts'
import { sniff } from '#core/modules/attachments/attachments.sniff.ts'
import { ATTACHMENT_KINDS, attachmentName, KIND_FACTS } from '#shared/modules/attachments/attachments.rules.ts'
import { CANARY_PLACE, jpegPhoto, officeFile, pdfFile, pngPicture, webpPicture } from '#tests/helpers/sample-files.ts'

const text = (words: string) => new TextEncoder().encode(words)
const read = (bytes: Uint8Array | null) => Buffer.from(bytes ?? new Uint8Array()).toString('latin1')
const GIF = Uint8Array.from([...text('GIF89a'), 4, 0, 4, 0, 0, 0, 0, 0x3b])

describe('what a file is, its bytes say', () => {
  it.each([
    ['pdf', pdfFile()],
    ['png', pngPicture()],
    ['jpeg', jpegPhoto()],
    ['webp', webpPicture()],
    ['gif', GIF],
    ['zip', officeFile('docx')],
    ['txt', text('重庆商贸，价格 12.50\r\n')],
    ['txt', Uint8Array.from([0xd6, 0xd8, 0xc7, 0xec])],
    ['txt', Uint8Array.from([0xff, 0xfe, 0x2d, 0x4e, 0x87, 0x65])],
    ['txt', text('<svg onload=alert(1)>')],
    [null, new Uint8Array()],
    [null, Uint8Array.from([0x4d, 0x5a, 0x90, 0x00, 0x03, 0x00, 0x00, 0x00])],
    [null, Uint8Array.from([0x7f, 0x45, 0x4c, 0x46, 0x02, 0x01])],
    [null, Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0x00])],
    [null, Uint8Array.from([0x1f, 0x8b, 0x08, 0x00])],
    [null, Uint8Array.from([0x50, 0x4b, 0x05, 0x06, 0, 0, 0, 0])],
    [null, text('text with \u0000 in it')],
    [null, text(`MZ then ${'%PDF-1.4'}\u0001`)],
  ] as const)('%s', (kind, bytes) => expect(sniff(bytes)).toBe(kind))

  it('of any bytes, without failing', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => void sniff(bytes)))
  })
})

describe('the name', () => {
  it.each([
    ['a.pdf', 'pdf', 'a.pdf'],
    ['photo.JPEG', 'jpeg', 'photo.JPEG'],
    ['photo.png', 'jpeg', 'photo.jpg'],
    ['invoice.exe', 'pdf', 'invoice.exe.pdf'],
    ['run.bat', 'txt', 'run.bat.txt'],
    ['合同扫描', 'pdf', '合同扫描.pdf'],
    ['../../etc/passwd', 'txt', '_._etc_passwd.txt'],
    ['a\u202Efdp.exe', 'pdf', 'afdp.exe.pdf'],
    ['', 'txt', 'file.txt'],
  ] as const)('%s of a %s becomes %s', (name, kind, kept) => expect(attachmentName(name, kind)).toBe(kept))

  it('always ends as its kind does, is short and stays the same when it is made again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), fc.constantFrom(...ATTACHMENT_KINDS), (name, kind) => {
        const kept = attachmentName(name, kind)
        expect(KIND_FACTS[kind].endings).toContain(kept.slice(kept.lastIndexOf('.') + 1).toLowerCase())
        expect(Buffer.byteLength(kept)).toBeLessThanOrEqual(200)
        expect(kept).not.toMatch(/[/\\\u0000-\u001F]/)
        expect(attachmentName(kept, kind)).toBe(kept)
      }),
    )
  })
})

describe('photos', () => {
  it.each([
    ['jpeg', jpegPhoto(6)],
    ['jpeg', jpegPhoto(1)],
    ['png', pngPicture()],
    ['webp', webpPicture()],
  ] as const)('a %s is kept without the place where it was taken', (kind, photo) => {
    expect(read(photo)).toContain(CANARY_PLACE)
    const clean = withoutMetadata(kind, photo)
    expect(clean).not.toBeNull()
    expect(read(clean)).not.toContain(CANARY_PLACE)
    expect(read(clean)).not.toMatch(/GPS|xap|Photoshop|MotionPhoto|tEXt|XMP/)
    expect(sniff(clean as Uint8Array)).toBe(kind)
    // What is clean stays as it is.
    expect(withoutMetadata(kind, clean as Uint8Array)).toEqual(clean)
  })

  it('keep the side that is up, the colours and the whole picture', () => {
    const clean = read(withoutMetadata('jpeg', jpegPhoto(6)))
    expect(clean).toContain('Exif\0\0MM\0*')
    expect(clean).toContain('\u0001\u0012\0\u0003\0\0\0\u0001\0\u0006')
    expect(clean).toContain('ICC_PROFILE')
    expect(clean).toContain('JFIF')
    expect(clean.endsWith('\u0078\u00FF\u00D9')).toBe(true)
    expect(read(withoutMetadata('jpeg', jpegPhoto(1)))).not.toContain('Exif')
    expect(withoutMetadata('webp', webpPicture())?.[20]).toBe(0)
  })

  it.each([
    ['jpeg', jpegPhoto().subarray(0, 120)],
    ['jpeg', Uint8Array.from([0xff, 0xd8, 0xff, 0xd9])],
    ['jpeg', jpegPhoto(1, 65_535, 65_535)],
    ['png', pngPicture(65_535, 65_535)],
    ['png', pngPicture().subarray(0, 60)],
    ['webp', webpPicture().subarray(0, 30)],
    ['gif', Uint8Array.from([...text('GIF89a'), 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0x3b])],
    ['gif', text('GIF89a')],
  ] as const)('a %s that is torn or unfolds out of all proportion is none', (kind, bytes) =>
    expect(withoutMetadata(kind, bytes)).toBeNull(),
  )

  it('of any bytes end, without failing, and never grow but by the side that is up', () => {
    const kinds = fc.constantFrom('jpeg', 'png', 'webp', 'gif')
    const start = { jpeg: jpegPhoto(), png: pngPicture(), webp: webpPicture(), gif: GIF } as const
    fc.assert(
      fc.property(kinds, fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 12 }), (kind, changes) => {
        const bytes = start[kind].slice()
        for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value
        const clean = withoutMetadata(kind, bytes)
        if (clean !== null) expect(clean.length).toBeLessThanOrEqual(bytes.length + 36)
      }),
      { numRuns: 2000 },
    )
  })
})
