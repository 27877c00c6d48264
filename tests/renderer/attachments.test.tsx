import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { AttachmentsPanel } from '#renderer/modules/attachments/parts/attachments-panel.tsx'
import type { AttachmentRow } from '#shared/modules/attachments/attachments.schema.ts'
import { fakeCore, renderAt, sitDown } from './helpers.tsx'

const ID = '01890000-0000-7000-8000-000000000200'
const row = (n: number, change: Partial<AttachmentRow> = {}): AttachmentRow => ({
  id: `01890000-0000-7000-8000-00000000030${n}`,
  name: `文件${n}.pdf`,
  kind: 'pdf',
  size: 34_816,
  sha256: '0'.repeat(64),
  createdAt: 1_779_069_600_000,
  createdByName: '张伟',
  removed: null,
  version: 2,
  ...change,
})
const calls: Record<string, unknown[]> = {}
let rows: AttachmentRow[]
let mayWrite: boolean
let refusal: object | null

beforeEach(async () => {
  for (const name of Object.keys(calls)) delete calls[name]
  rows = [row(1), row(2, { name: '门头.jpg', kind: 'jpeg' }), row(3, { name: '报价.csv', kind: 'csv' })]
  mayWrite = true
  refusal = null
  const say = (name: string, answer: () => unknown) => async (input: never) => {
    ;(calls[name] ??= []).push(input)
    return answer()
  }
  await sitDown('zh-CN', {})
  fakeCore({
    files: { upload: say('upload', () => ({ fileId: 'f1', name: 'x', size: 1 })) },
    attachments: {
      list: say('list', () => ({ rows, mayWrite })),
      add: say('add', () => {
        if (refusal) throw Object.assign(new Error('refused'), refusal)
        return { id: ID, version: 0, name: '扫描件.pdf' }
      }),
      rename: say('rename', () => ({ id: ID, version: 3, name: 'x' })),
      remove: say('remove', () => ({ id: ID, version: 3 })),
      ticket: say('ticket', () => ({ url: '/files/t', name: '门头.jpg', mime: 'image/jpeg' })),
    },
  })
})
const shown = async () => {
  await renderAt(<AttachmentsPanel to="customer" id={ID} />)
  return screen.findByRole('list', { name: '附件列表' })
}
const file = (name = '扫描件.pdf', size?: number) => {
  const made = new File(['%PDF-'], name, { type: 'application/pdf' })
  if (size !== undefined) Object.defineProperty(made, 'size', { value: size })
  return made
}
const uploaded = () => (calls['upload'] ?? []).map((input) => (input as { file: File }).file.name)

describe('the files of a record', () => {
  it('are listed with who added them, and chosen by the button', async () => {
    const list = await shown()
    expect(within(list).getAllByRole('listitem')).toHaveLength(3)
    expect(list.textContent).toContain('34 KB · 张伟 · ')
    expect(screen.getByRole('button', { name: '添加附件' })).toBeTruthy()
    fireEvent.change(screen.getByTestId('attachment-input'), { target: { files: [file(), file('b.pdf')] } })
    await waitFor(() => expect(calls['add']).toHaveLength(2))
    expect(calls['add']?.[0]).toEqual({ to: 'customer', id: ID, fileId: 'f1' })
    expect(uploaded()).toEqual(['扫描件.pdf', 'b.pdf'])
    expect(await screen.findAllByText('已添加 扫描件.pdf')).not.toEqual([])
    await waitFor(() => expect(calls['list']?.length).toBeGreaterThan(1))
  })

  it('are dropped onto the panel', async () => {
    const list = await shown()
    const panel = list.closest('.attachments') as HTMLElement
    fireEvent.dragOver(panel, { dataTransfer: { types: ['Files'], files: [] } })
    expect(screen.getByText('松开以添加')).toBeTruthy()
    fireEvent.drop(panel, { dataTransfer: { types: ['Files'], files: [file('拖入.pdf')] } })
    await waitFor(() => expect(uploaded()).toEqual(['拖入.pdf']))
    expect(screen.queryByText('松开以添加')).toBeNull()
  })

  it('are pasted, a picture under the time; what is pasted into a field is left alone', async () => {
    await shown()
    const picture = new File(['x'], 'image.png', { type: 'image/png' })
    const field = document.createElement('input')
    document.body.append(field)
    fireEvent.paste(field, { clipboardData: { files: [picture] } })
    fireEvent.paste(document.body, { clipboardData: { files: [picture] } })
    await waitFor(() => expect(uploaded()).toHaveLength(1))
    expect(uploaded()[0]).toMatch(/^截图 \d{4}-\d{2}-\d{2} \d{2}-\d{2}\.png$/)
    field.remove()
  })

  it('that are too large or refused stay with their reason until dismissed', async () => {
    await shown()
    refusal = { code: 'ATTACHMENT_SAME', data: { name: '文件1.pdf' } }
    const choose = (files: File[]) => fireEvent.change(screen.getByTestId('attachment-input'), { target: { files } })
    choose([file('大.pdf', 21 * 1024 * 1024), file('同.pdf')])
    expect(await screen.findByText(/此记录已有内容相同的附件：文件1.pdf/)).toBeTruthy()
    expect(screen.getByText(/文件超过 20 MB/)).toBeTruthy()
    expect(uploaded()).toEqual(['同.pdf'])
    fireEvent.click(screen.getByRole('button', { name: '移除提示 大.pdf' }))
    expect(screen.queryByText(/文件超过 20 MB/)).toBeNull()
  })

  it('are removed with a reason, by the keyboard too', async () => {
    await shown()
    fireEvent.keyDown(screen.getByRole('button', { name: '文件1.pdf' }), { key: 'Delete' })
    const dialog = await screen.findByRole('dialog')
    const go = within(dialog).getByRole('button', { name: '删除附件' })
    expect(go.hasAttribute('disabled')).toBe(true)
    fireEvent.change(within(dialog).getByRole('textbox'), { target: { value: '传错了' } })
    fireEvent.click(within(dialog).getByRole('button', { name: '删除附件' }))
    await waitFor(() => expect(calls['remove']).toEqual([{ id: rows[0]?.id, version: 2, reason: '传错了' }]))
  })

  it('are renamed with F2', async () => {
    await shown()
    fireEvent.keyDown(screen.getByRole('button', { name: '门头.jpg' }), { key: 'F2' })
    const dialog = await screen.findByRole('dialog')
    fireEvent.change(within(dialog).getByLabelText(/名称/), { target: { value: '大门.jpg' } })
    fireEvent.click(within(dialog).getByRole('button', { name: '重命名附件' }))
    await waitFor(() => expect(calls['rename']).toEqual([{ id: rows[1]?.id, version: 2, name: '大门.jpg' }]))
  })

  it('are looked at inside the program, or saved where that is not possible', async () => {
    vi.stubGlobal('fetch', async () => new Response(new Uint8Array([1, 2, 3])))
    const made = vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:picture')
    vi.spyOn(URL, 'revokeObjectURL').mockReturnValue()
    await shown()
    fireEvent.click(screen.getByRole('button', { name: '门头.jpg' }))
    const picture = await screen.findByRole('img', { name: '门头.jpg 的预览' })
    expect(picture.getAttribute('src')).toBe('blob:picture')
    expect((made.mock.calls[0]?.[0] as Blob | undefined)?.type).toBe('image/jpeg')
    const clicked = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockReturnValue()
    fireEvent.click(screen.getByRole('button', { name: '另存附件: 报价.csv' }))
    await waitFor(() => expect(clicked).toHaveBeenCalled())
    vi.restoreAllMocks()
    vi.unstubAllGlobals()
  })

  it('offer nothing to whoever may only read; what was removed is there to be seen', async () => {
    mayWrite = false
    rows = [row(1), row(4, { removed: { at: 1_779_069_600_000, byName: '李娜', reason: '传错了' } })]
    const list = await shown()
    expect(within(list).getAllByRole('listitem')).toHaveLength(1)
    for (const name of [/添加附件/, /重命名/, /删除附件/]) expect(screen.queryByRole('button', { name })).toBeNull()
    fireEvent.keyDown(screen.getByRole('button', { name: '文件1.pdf' }), { key: 'Delete' })
    expect(screen.queryByRole('dialog')).toBeNull()
    fireEvent.paste(document.body, { clipboardData: { files: [file()] } })
    expect(uploaded()).toEqual([])
    fireEvent.click(screen.getByRole('button', { name: '显示已删除的 1 个' }))
    expect(screen.getByRole('list', { name: '已删除' }).textContent).toMatch(/李娜 于 .* 删除：传错了/)
  })
})
