import { beforeEach, describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { seatDatabase } from '#renderer/local/database.ts'
import { dropDraft, forgetOldDrafts, loadDraft, saveDraft } from '#renderer/local/drafts.ts'
import { seal } from '#renderer/local/seal.ts'
import { loadViews, removeView } from '#renderer/local/views.ts'
import { DRAFT_KEY } from './helpers.tsx'

const OTHER_KEY = btoa(String.fromCharCode(...new Uint8Array(32).fill(8)))
const DAY = 24 * 60 * 60 * 1000
const draft = (note: string) => ({ values: { note, fen: 123450 }, base: { note: '', fen: 0 }, version: 2 })

/** A view as an earlier version kept it. */
async function oldView(grid: string, name: string, search: string): Promise<void> {
  const id = crypto.randomUUID()
  await seatDatabase.views.put({ id, place: `u:${grid}`, ...(await seal(DRAFT_KEY, id, { name, search })) })
}

/** Everything that IndexedDB holds, as bytes in a row. */
async function everyByte(): Promise<string> {
  let all = ''
  for (const table of seatDatabase.tables) {
    for (const record of await table.toArray()) {
      all += JSON.stringify(record, (_, value: unknown) => {
        if (value instanceof ArrayBuffer) return new TextDecoder('latin1').decode(value)
        if (ArrayBuffer.isView(value)) return new TextDecoder('latin1').decode(value as Uint8Array)
        return value
      })
    }
  }
  return all
}

beforeEach(() => Promise.all(seatDatabase.tables.map((table) => table.clear())))

describe('sealed drafts', () => {
  test('any values come back as they were', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), fc.integer(), async (note, fen) => {
        const given = { values: { note, fen }, base: {}, version: 1 }
        await saveDraft(DRAFT_KEY, 'u:customer:1', given, 5)
        expect(await loadDraft(DRAFT_KEY, 'u:customer:1')).toEqual({ ...given, savedAt: 5 })
      }),
      { numRuns: 50 },
    )
  })

  test('no plain text of a form is in IndexedDB', async () => {
    await saveDraft(DRAFT_KEY, 'u:customer:1', draft('CANARY-7f3a 重庆商贸有限公司'), 1)
    await oldView('customers', 'CANARY-view', '{"q":"CANARY-query"}')
    const bytes = await everyByte()
    expect(bytes.length).toBeGreaterThan(100)
    const utf8 = new TextDecoder('latin1').decode(new TextEncoder().encode('重庆商贸'))
    for (const plain of ['CANARY', '重庆', utf8, '123450', 'note']) expect(bytes).not.toContain(plain)
  })

  test('the same text is sealed differently each time', async () => {
    await saveDraft(DRAFT_KEY, 'a', draft('x'), 1)
    const first = (await seatDatabase.drafts.get('a'))?.sealed
    await saveDraft(DRAFT_KEY, 'a', draft('x'), 1)
    const second = (await seatDatabase.drafts.get('a'))?.sealed
    expect(new Uint8Array(second as ArrayBuffer)).not.toEqual(new Uint8Array(first as ArrayBuffer))
  })

  test('another person’s key opens nothing, and the draft that cannot be opened is forgotten', async () => {
    await saveDraft(DRAFT_KEY, 'a', draft('x'), 1)
    expect(await loadDraft(OTHER_KEY, 'a')).toBeNull()
    expect(await seatDatabase.drafts.count()).toBe(0)
  })

  test('a draft moved to another form does not open there', async () => {
    await saveDraft(DRAFT_KEY, 'a', draft('x'), 1)
    const record = await seatDatabase.drafts.get('a')
    if (record) await seatDatabase.drafts.put({ ...record, key: 'b' })
    expect(await loadDraft(DRAFT_KEY, 'b')).toBeNull()
  })

  test('one flipped bit anywhere is noticed', async () => {
    await saveDraft(DRAFT_KEY, 'a', draft('x'), 1)
    const record = await seatDatabase.drafts.get('a')
    if (!record) throw new Error('the draft was not kept')
    for (let at = 0; at < record.sealed.byteLength; at += 7) {
      const bytes = new Uint8Array(record.sealed.slice(0))
      bytes[at] = (bytes[at] ?? 0) ^ 1
      await seatDatabase.drafts.put({
        key: 'a',
        savedAt: 1,
        nonce: record.nonce,
        sealed: bytes.buffer,
      })
      expect(await loadDraft(DRAFT_KEY, 'a')).toBeNull()
    }
  })

  test('it is dropped with the form, and after ninety days', async () => {
    await saveDraft(DRAFT_KEY, 'a', draft('x'), 1)
    await dropDraft('a')
    expect(await loadDraft(DRAFT_KEY, 'a')).toBeNull()
    await saveDraft(DRAFT_KEY, 'old', draft('x'), 100 * DAY)
    await saveDraft(DRAFT_KEY, 'new', draft('x'), 120 * DAY)
    await forgetOldDrafts(200 * DAY)
    expect(await seatDatabase.drafts.toCollection().primaryKeys()).toEqual(['new'])
  })
})

describe('views that were kept here before the data file held them', () => {
  const owner = { draftKey: DRAFT_KEY, userId: 'u' }

  test('open to their person for their list, until they are handed over', async () => {
    await oldView('customers', '逾期', '{"q":"2"}')
    await oldView('contracts', '草稿', '{}')
    const [view] = await loadViews(owner, 'customers')
    expect(view).toMatchObject({ name: '逾期', search: '{"q":"2"}' })
    expect(await loadViews({ draftKey: OTHER_KEY, userId: 'v' }, 'customers')).toEqual([])
    expect(await loadViews({ draftKey: OTHER_KEY, userId: 'u' }, 'customers')).toEqual([])
    await removeView(view!.id)
    expect(await loadViews(owner, 'customers')).toEqual([])
    expect(await loadViews(owner, 'contracts')).toHaveLength(1)
  })
})
