import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { DocumentModel } from '#shared/kernel/document-model.ts'
import { createWorkerPool } from '#core/kernel/worker-pool.ts'
import { PAGE } from '#workers/document-measures.ts'
import { wordText } from '#workers/docx-text.ts'
import { renderDocx } from '#workers/render-docx.ts'
import { documentTexts, squeezed } from '#tests/helpers/document-text.ts'
import { type GeneratedContract, generatedContracts } from '#tests/helpers/generated-contracts.ts'
import { hasWriter, openedInWriter } from '#tests/helpers/libreoffice.ts'
import { hasPoppler, poppler } from '#tests/helpers/pdf-tools.ts'
import { RESOURCES } from '#tests/helpers/test-core.ts'

const contracts = generatedContracts(200)
/** A file holds so many of them: two threads draw at the same time. */
const PER_FILE = 50
let files: Uint8Array[]
/** The text of each contract's pages without head and foot, as a second reader finds it in the order of drawing. */
let bodies: string[][]

const plain = (text: string) => squeezed(wordText(text))
const failures = (check: (contract: GeneratedContract, pages: readonly string[]) => readonly string[]) =>
  contracts.flatMap((contract, i) => check(contract, bodies[i] ?? []).map((what) => `${contract.name}: ${what}`))

beforeAll(async () => {
  const pool = createWorkerPool({ resourcesDir: RESOURCES, size: 2 })
  const batches = Array.from({ length: contracts.length / PER_FILE }, (_, i) =>
    contracts.slice(i * PER_FILE, (i + 1) * PER_FILE).map(({ model }) => model),
  )
  files = await Promise.all(batches.map((documents) => pool.run('pdf-batch', { documents })))
  await pool.close()
}, 240_000)

describe('200 contracts as PDF', () => {
  beforeEach((context) => {
    if (!hasPoppler()) context.skip('poppler is not installed')
  })

  beforeAll(() => {
    if (!hasPoppler()) return
    const pages = files.flatMap((file) =>
      poppler('pdftotext', file, ['-raw', '-enc', 'UTF-8', '%', '-']).split('\f').slice(0, -1),
    )
    bodies = contracts.map(({ name, model }) => ownPages(name, model, pages))
    expect(pages).toEqual([])
  })

  it('hold every text of their models', () => {
    const lost = failures(({ model }, pages) => {
      const all = pages.join('')
      return documentTexts(model)
        .map(plain)
        .filter((text) => !all.includes(text) && !isInParts(text, pages))
    })
    expect(lost).toEqual([])
  })

  it('break no row of a table', () => {
    const torn = failures(({ model }, pages) =>
      model.blocks.flatMap((block) => {
        if (block.kind !== 'table') return []
        const rows = [...block.rows, ...(block.sums ?? [])].map((row) => plain(row.join('')))
        return rows.filter((row) => !pages.some((page) => page.includes(row)))
      }),
    )
    expect(torn).toEqual([])
  })

  it('end no page with a heading, and no signature stands on two', () => {
    const wrong = failures(({ model }, pages) => {
      const headings = model.blocks.flatMap((block) => {
        if (block.kind === 'heading') return [block.text]
        return block.kind === 'bilingual' ? block.rows.filter((row) => row.head).map((row) => row.left + row.right) : []
      })
      const last = headings.map(plain).filter((heading) => pages.some((page) => page.endsWith(heading)))
      const parties = model.blocks.flatMap((block) => (block.kind === 'signatures' ? block.parties : []))
      const sides = parties.map(({ heading, name, lines, seal }) => plain([heading, name, ...lines, seal].join('')))
      const whole = pages.some((page) => sides.every((side) => page.includes(side)))
      return [...last, ...(whole ? [] : ['signatures'])]
    })
    expect(wrong).toEqual([])
  })

  it('draw nothing beyond the margins and nothing over other text', async () => {
    const wrong: string[] = []
    for (const file of files) wrong.push(...(await misplaced(file)))
    expect(wrong).toEqual([])
  }, 120_000)
})

/** Takes the pages of a contract off the front: its number and the right page of how many stand on each of them. */
function ownPages(name: string, model: DocumentModel, pages: string[]): string[] {
  const [number, issuer, mark] = [model.number, model.issuer, model.watermark ?? ''].map(squeezed) as [
    string,
    string,
    string,
  ]
  const end = pages.findIndex((page) => !squeezed(page).includes(issuer + number))
  const own = pages.splice(0, end < 0 ? pages.length : end).map(squeezed)
  expect(own.length, name).toBeGreaterThan(0)
  return own.map((page, i) => {
    const count = { '{page}': i + 1, '{pages}': own.length }
    const label = squeezed(model.pageLabel).replace(/\{pages?\}/g, (field) =>
      String(count[field as keyof typeof count]),
    )
    const foot = page.slice(-label.length - mark.length)
    expect(foot, name).toContain(label)
    return page.slice(0, -foot.length).replace(issuer + number, '') + foot.replace(label, '').replace(mark, '')
  })
}

/** Texts that lie over the next one of their line, or beyond the margins. */
async function misplaced(file: Uint8Array): Promise<string[]> {
  const task = getDocument({ data: file.slice(), verbosity: 0 })
  const pdf = await task.promise
  const wrong: string[] = []
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const { items } = await (await pdf.getPage(number)).getTextContent()
    const words = items.flatMap((item) => {
      // The mark across the page is turned, all other text is not.
      if (!('transform' in item) || item.transform[1] !== 0 || item.str.trim() === '') return []
      const [left, y] = item.transform.slice(4) as [number, number]
      return [{ text: item.str, left, line: Math.round(y * 2), right: left + item.width }]
    })
    words.sort((a, b) => b.line - a.line || a.left - b.left)
    words.forEach(({ text, left, line, right }, i) => {
      const next = words[i + 1]
      if (left < PAGE.side - 0.5 || right > PAGE.shortEdge - PAGE.side + 0.5) wrong.push(`${number} beyond: ${text}`)
      if (next?.line === line && next.left < right - 0.5) wrong.push(`${number}: ${text} over ${next.text}`)
    })
  }
  await task.destroy()
  return wrong
}

/** Whether a text that goes on over pages stands on them in as many parts at most. */
function isInParts(text: string, pages: readonly string[]): boolean {
  let rest = text
  for (const page of pages) {
    let length = 0
    while (length < rest.length && page.includes(rest.slice(0, length + 1))) length += 1
    // Less than a line is no part: its first characters stand on many pages.
    if (length > 8 || length === rest.length) rest = rest.slice(length)
    if (rest === '') return true
  }
  return false
}

it('12 of them say the same in Word', async (context) => {
  if (!hasWriter()) return context.skip('LibreOffice Writer is not installed')
  const some = contracts.filter((_, i) => i % 17 === 0).slice(0, 12)
  const texts = await openedInWriter(await Promise.all(some.map(({ model }) => renderDocx(model))), 'txt')
  some.forEach(({ name, model }, i) => {
    const read = squeezed(new TextDecoder().decode(texts[i])).replace(/^\ufeff/, '')
    expect(read, name).toBe(plain(documentTexts(model).join('')))
  })
}, 120_000)
