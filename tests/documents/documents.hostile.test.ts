import { execFileSync } from 'node:child_process'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { describe, expect, it } from 'vitest'
import { createPdfRenderer } from '#workers/render-pdf.ts'
import { hostileTexts } from '#tests/helpers/hostile-texts.ts'
import { pdfPages } from '#tests/helpers/pdf-text.ts'
import { everywhere, sampleDocument } from '#tests/helpers/sample-document.ts'

const renderer = createPdfRenderer(new URL('../../resources', import.meta.url).pathname)

/** What of a PDF could do something: annotations, scripts, attached files. */
async function livePartsOf(bytes: Uint8Array): Promise<unknown[]> {
  const task = getDocument({ data: bytes.slice(), verbosity: 0 })
  const document = await task.promise
  const live: unknown[] = []
  for (let number = 1; number <= document.numPages; number += 1) {
    live.push(...(await (await document.getPage(number)).getAnnotations()))
  }
  for (const part of [await document.getJSActions(), await document.getAttachments(), await document.getOpenAction()]) {
    if (part) live.push(part)
  }
  await task.destroy()
  return live
}

describe('500 hostile texts', () => {
  const texts = hostileTexts(500)

  it('are there', () => expect(new Set(texts).size).toBe(500))

  it('are printed in every place as they are, without an action, a link or a file in the result', async () => {
    for (let i = 0; i < texts.length; i += 25) {
      const documents = texts.slice(i, i + 25).map((text) =>
        sampleDocument(everywhere(text), {
          number: text,
          issuer: text,
          watermark: text.slice(0, 40),
          footNote: text,
          title: text,
        }),
      )
      const bytes = await renderer.render(documents)
      expect(await livePartsOf(bytes)).toEqual([])
    }
    const shown = (
      await pdfPages(await renderer.render([sampleDocument(everywhere('{"svg":"<svg/>"}<b>x</b>=1+1'))]))
    ).join('')
    expect(shown.split('{"svg":"<svg/>"}<b>x</b>=1+1').length).toBeGreaterThan(8)
  }, 120_000)

  it('that are no texts at all are not looked into', async () => {
    const objects: unknown[] = [
      { svg: '<svg><image href="/etc/passwd"/></svg>' },
      { image: '/etc/passwd' },
      { attachment: '/etc/passwd' },
      { qr: 'x' },
      { text: 'x', link: 'http://127.0.0.1/' },
      [{ image: 'https://127.0.0.1/x.png' }],
      null,
      undefined,
      Symbol.iterator,
      () => 'x',
    ]
    for (const value of objects) {
      const shown = (await pdfPages(await renderer.render([sampleDocument(everywhere(value as string))]))).join('')
      expect(shown).toMatch(/\[object\w+\]/)
      expect(shown).not.toContain('root:')
    }
    for (const data of [
      '/etc/passwd',
      'file:///etc/passwd',
      'https://127.0.0.1/a.png',
      'data:image/svg+xml;base64,PHN2Zy8+',
      'data:image/png;base64,',
    ]) {
      await expect(renderer.render([sampleDocument([{ kind: 'image', data, width: 10 }])])).rejects.toThrow()
    }
  })
})

describe('while documents are drawn', () => {
  it('no file is opened but the pieces of the font with rare characters, no socket made: watched in a process', () => {
    const script = `
      const fs = require('node:fs'), net = require('node:net'), dns = require('node:dns'), dgram = require('node:dgram')
      ;(async () => {
        const { createPdfRenderer } = await import(${JSON.stringify(new URL('../../electron/workers/render-pdf.ts', import.meta.url).href)})
        const { sampleDocument, sampleLetter } = await import(${JSON.stringify(new URL('../helpers/sample-document.ts', import.meta.url).href)})
        const { hostileTexts } = await import(${JSON.stringify(new URL('../helpers/hostile-texts.ts', import.meta.url).href)})
        const renderer = createPdfRenderer(${JSON.stringify(new URL('../../resources', import.meta.url).pathname)})
        await renderer.render([sampleLetter(1)])
        const seen = []
        for (const [name, of] of [['fs', fs], ['fsp', fs.promises], ['dns', dns], ['dgram', dgram]])
          for (const key of Object.keys(of)) if (typeof of[key] === 'function' && /^(open|read|stat|lstat|access|exists|write|createRead|createWrite|lookup|resolve|createSocket|copy|rename|unlink)/.test(key)) {
            const old = of[key]
            of[key] = function (...args) { seen.push(name + '.' + key + ' ' + String(args[0])); return old.apply(this, args) }
          }
        const connect = net.Socket.prototype.connect
        net.Socket.prototype.connect = function (...args) { seen.push('connect'); return connect.apply(this, args) }
        // What was imported by name looks at the functions as they are now.
        require('node:module').syncBuiltinESMExports()
        const fetched = globalThis.fetch
        globalThis.fetch = (...args) => { seen.push('fetch'); return fetched(...args) }
        for (const text of hostileTexts(500)) await renderer.render([sampleDocument([{ kind: 'paragraph', runs: [{ text }] }], { number: text })])
        for (const value of [{ svg: '<svg><image href="/etc/passwd"/></svg>' }, { image: '/etc/passwd' }])
          await renderer.render([sampleDocument([{ kind: 'paragraph', runs: [{ text: value }] }, { kind: 'table', columns: [{ head: value, width: '*' }], rows: [[value]] }])])
        process.stdout.write(JSON.stringify(seen))
      })()`
    const output = execFileSync(process.execPath, ['-e', script], {
      encoding: 'utf8',
      cwd: new URL('../..', import.meta.url).pathname,
    })
    const seen = JSON.parse(output) as string[]
    const pieces = seen.filter((call) =>
      /^fs\.(readFile|open)Sync \S+\/hanamin\/HanaMin[\w.-]*\.(css|woff2)$/.test(call),
    )
    expect(pieces.length).toBeGreaterThan(0)
    expect(pieces.length).toBeLessThan(10)
    // A number is a file that one of these calls has open already.
    expect(seen.filter((call) => !pieces.includes(call) && !/^fs\.readSync \d+$/.test(call))).toEqual([])
  })
})
