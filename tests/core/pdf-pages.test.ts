import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { pdfPageCount } from '#workers/pdf-pages.ts'

const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'))
const PAGE = (n: number) => `${n} 0 obj\n<</Type/Page/Parent 2 0 R>>\nendobj\n`
const tree = (kids: readonly number[]) =>
  `1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[${kids.map((n) => `${n} 0 R`).join(' ')}]/Count ${kids.length}>>\nendobj\n`
const END = 'trailer\n<</Root 1 0 R/Size 9>>\nstartxref\n9\n%%EOF\n'
const plain = (kids: readonly number[], rest = '') =>
  bytesOf(`%PDF-1.4\n${tree(kids)}${kids.map(PAGE).join('')}${rest}${END}`)

describe('the pages of a PDF', () => {
  it.each([1, 2, 7])('are counted: %d', (count) =>
    expect(pdfPageCount(plain(Array.from({ length: count }, (_, i) => i + 3)))).toBe(count),
  )

  it('are those of the tree, not of what lies about', () => expect(pdfPageCount(plain([3], PAGE(8)))).toBe(1))

  it('are those that were written last', () => {
    const first = Buffer.from(plain([3, 4])).toString('latin1')
    const later = `2 0 obj\n<</Type/Pages/Kids[3 0 R 4 0 R 5 0 R]/Count 3>>\nendobj\n${PAGE(5)}${END}`
    expect(pdfPageCount(bytesOf(first + later))).toBe(3)
  })

  it('are found in streams of objects', () => {
    const objects = ['<</Type/Catalog/Pages 2 0 R >>', '<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>']
    objects.push('<</Type/Page/Parent 2 0 R>>', '<</Type/Page/Parent 2 0 R>>')
    let at = 0
    const index = objects.map((object, i) => {
      const place = `${i + 1} ${at}`
      at += object.length + 1
      return place
    })
    const head = `${index.join(' ')} `
    const packed = deflateSync(Buffer.from(head + objects.join('\n'), 'latin1')).toString('latin1')
    const stream = (dict: string, body: string) =>
      `<<${dict}/Length ${body.length}>>stream\n${body}\nendstream\nendobj\n`
    const file = `%PDF-1.5\n6 0 obj\n${stream(`/Type/ObjStm/N 4/First ${head.length}/Filter/FlateDecode`, packed)}7 0 obj\n${stream('/Type/XRef/Root 1 0 R/Size 8/W[1 1 1]', 'xxx')}startxref\n9\n%%EOF\n`
    expect(pdfPageCount(bytesOf(file))).toBe(2)
  })

  it('are not read out of what a stream holds', () => {
    const body = `2 0 obj\n<</Type/Pages/Kids[]>>\nendobj\n`
    const stream = `9 0 obj\n<</Length ${body.length}>>stream\n${body}\nendstream\nendobj\n`
    expect(pdfPageCount(plain([3, 4], stream))).toBe(2)
  })

  it.each([
    ['no PDF', 'PK\u0003\u0004'],
    ['torn', '%PDF-1.4\n1 0 obj\n<</Type/Cat'],
    ['locked', `%PDF-1.4\n${tree([3])}${PAGE(3)}trailer\n<</Root 1 0 R/Encrypt 8 0 R>>\nstartxref\n9\n%%EOF\n`],
    ['a tree that bites its tail', `%PDF-1.4\n${tree([2])}${END}`],
    ['empty', `%PDF-1.4\n${tree([])}${END}`],
  ])('of a file that is %s are nobody knows how many', (_what, text) => expect(pdfPageCount(bytesOf(text))).toBeNull())
})
