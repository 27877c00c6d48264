import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readFonts } from '#workers/font-bytes.ts'

it('files are read once into a room that threads share, and by each for itself where there is none', () => {
  const dir = mkdtempSync(join(tmpdir(), 'yewutai-fonts-'))
  const paths = ['a', 'b'].map((name) => join(dir, name))
  const files = [new Uint8Array(3).fill(7), new Uint8Array(300_001).fill(9)]
  paths.forEach((path, i) => writeFileSync(path, files[i] as Uint8Array))
  const plain = (read: Uint8Array[]) => read.map((bytes) => Buffer.from(bytes).toString('hex'))
  const expected = plain(files)
  expect(plain(readFonts(paths))).toEqual(expected)
  const room = new SharedArrayBuffer(64, { maxByteLength: 1024 * 1024 })
  expect(plain(readFonts(paths, room))).toEqual(expected)
  rmSync(dir, { recursive: true })
  const again = readFonts(paths, room)
  expect(plain(again)).toEqual(expected)
  expect(again.every((bytes) => bytes.buffer === room)).toBe(true)
})
