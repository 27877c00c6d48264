import { act, fireEvent, screen, waitFor } from '@testing-library/react'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { shortText, optionalText } from '#shared/kernel/text.ts'
import { loadDraft, saveDraft } from '#renderer/local/drafts.ts'
import { seatDatabase } from '#renderer/local/database.ts'
import { useSession } from '#renderer/rpc/session.ts'
import { EntityForm, type EntityFormProps } from '#renderer/ui/entity-form.tsx'
import { SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { TextField } from '#renderer/ui/fields/text-fields.tsx'
import { mergeValues, useForm, useSet } from '#renderer/ui/form-state.ts'
import { DRAFT_KEY, USER_ID, renderAt, sitDown, wait } from './helpers.tsx'

const schema = z.strictObject({ name: shortText(10), city: optionalText(20), note: optionalText(20) })
type Fields = z.infer<typeof schema>
const KEY = `${USER_ID}:customer:c1`
const INITIAL = { name: '重庆商贸', city: '重庆', note: '' }

const save = vi.fn<EntityFormProps<Fields>['save']>()
const cancel = vi.fn()

const form = (over: Partial<EntityFormProps<Fields>> = {}) => (
  <EntityForm<Fields>
    form="customer"
    record="c1"
    schema={schema}
    initial={INITIAL}
    version={3}
    save={save}
    onCancel={cancel}
    labelOf={(path) => ({ name: '名称', city: '城市', note: '备注' })[path] ?? path}
    {...over}
  >
    <TextField name="name" label="名称" required />
    <TextField name="city" label="城市" />
    <TextField name="note" label="备注" />
    {over.children}
  </EntityForm>
)

const input = (label: string) => screen.getByLabelText<HTMLInputElement>(new RegExp(`^${label}`))
const type = (label: string, value: string) => fireEvent.change(input(label), { target: { value } })
/** A button that is busy has another name, so this waits for it. */
const press = async (name: string) => {
  await waitFor(() => fireEvent.click(screen.getByRole('button', { name })))
}

beforeEach(async () => {
  await sitDown()
  // A form that was taken away writes what it had: let it, then clear.
  await wait(50)
  await seatDatabase.drafts.clear()
  save.mockReset().mockResolvedValue(undefined)
  cancel.mockReset()
})

describe('drafts', () => {
  test('what is typed is on this computer half a second later, and back when the form opens again', async () => {
    const first = await renderAt(form())
    type('备注', '二月前付清')
    await wait(600)
    // On a busy machine the clock of the page is late.
    await waitFor(async () =>
      expect(await loadDraft(DRAFT_KEY, KEY)).toMatchObject({
        values: { note: '二月前付清' },
        base: INITIAL,
        version: 3,
      }),
    )
    first.unmount()
    await renderAt(form())
    await waitFor(() => expect(input('备注').value).toBe('二月前付清'))
    expect(screen.getByText(/草稿已存于本机/)).toBeTruthy()
  })

  test('a lock right after the last key loses nothing', async () => {
    const shown = await renderAt(form())
    type('备注', '刚刚输入')
    act(() => useSession.getState().setSession(null, 'locked'))
    shown.unmount()
    await waitFor(async () => expect((await loadDraft(DRAFT_KEY, KEY))?.values['note']).toBe('刚刚输入'))
  })

  test('saving and discarding both forget it', async () => {
    await renderAt(form())
    type('备注', 'x')
    await wait(600)
    await press('保存')
    await waitFor(() => expect(save).toHaveBeenCalledOnce())
    await waitFor(async () => expect(await loadDraft(DRAFT_KEY, KEY)).toBeNull())
  })

  test('saved right after the last key, a form that leaves the page leaves no draft behind', async () => {
    const shown = await renderAt(form())
    save.mockImplementation(async () => shown.unmount())
    type('备注', '存完就走')
    await press('保存')
    await waitFor(() => expect(save).toHaveBeenCalledOnce())
    await wait(300)
    expect(await seatDatabase.drafts.count()).toBe(0)
  })

  test('a draft that comes late from the disk leaves what was typed before it', async () => {
    const values = { ...INITIAL, city: '成都', note: '草稿' }
    await saveDraft(DRAFT_KEY, KEY, { values, base: INITIAL, version: 3 }, 1)
    const { subtle } = crypto
    const opened = subtle.decrypt.bind(subtle)
    const slow = vi.spyOn(subtle, 'decrypt').mockImplementation(async (...given) => {
      await wait(300)
      return opened(...given)
    })
    await renderAt(form())
    type('备注', '先键入')
    expect(input('城市').value).toBe('重庆')
    await waitFor(() => expect(input('城市').value).toBe('成都'))
    expect(input('备注').value).toBe('先键入')
    slow.mockRestore()
  })

  test('discarding forgets it', async () => {
    await renderAt(form())
    type('备注', 'x')
    await wait(600)
    await press('放弃更改')
    await waitFor(() => expect(cancel).toHaveBeenCalledOnce())
    expect(await loadDraft(DRAFT_KEY, KEY)).toBeNull()
  })

  test('typed back to what it was, there is no draft', async () => {
    await renderAt(form())
    type('备注', 'x')
    await wait(600)
    type('备注', '')
    await wait(100)
    expect(await loadDraft(DRAFT_KEY, KEY)).toBeNull()
  })

  test('a draft of an older version is merged, and what both changed is asked', async () => {
    await saveDraft(
      DRAFT_KEY,
      KEY,
      { values: { ...INITIAL, city: '成都', note: '我的' }, base: INITIAL, version: 3 },
      1,
    )
    await renderAt(form({ initial: { name: '重庆商贸', city: '贵阳', note: '' }, version: 4 }))
    await screen.findByText('两人同时修改了此记录')
    expect(screen.getByText('本人: 成都')).toBeTruthy()
    expect(screen.getByText('对方: 贵阳')).toBeTruthy()
    expect(input('备注').value).toBe('我的')
  })
})

describe('errors', () => {
  test('stand beside their fields, are counted above, and the first field has the focus', async () => {
    await renderAt(form())
    type('名称', '')
    type('城市', '重'.repeat(21))
    await press('保存')
    expect(screen.getByText('有 2 处需要更正')).toBeTruthy()
    expect(screen.getByText('必填')).toBeTruthy()
    await waitFor(() => expect(document.activeElement).toBe(input('名称')))
    expect(input('名称').getAttribute('aria-invalid')).toBe('true')
    expect(save).not.toHaveBeenCalled()
  })

  test('a choice or a day that is missing takes the focus as a text does', async () => {
    const chosen = z.strictObject({
      grade: z.enum(['A', 'B'], 'validation:required'),
      day: z.string('validation:required'),
    })
    for (const only of ['grade', 'day'] as const) {
      const shown = await renderAt(
        <EntityForm
          form={`choice-${only}`}
          record="c1"
          schema={chosen.pick({ [only]: true } as never) as never}
          initial={{ [only]: null }}
          version={1}
          save={async () => undefined}
          onCancel={cancel}
          labelOf={(path) => path}
        >
          {only === 'grade' ? (
            <SelectField name="grade" label="等级" options={[{ value: 'A', label: '甲' }]} />
          ) : (
            <DayField name="day" label="日期" />
          )}
        </EntityForm>,
      )
      await press('保存')
      await screen.findByText('必填')
      const wanted = screen.getByLabelText(only === 'grade' ? '等级' : '日期')
      await waitFor(() => expect(document.activeElement).toBe(wanted))
      shown.unmount()
    }
  })

  test('of the core likewise', async () => {
    save.mockRejectedValue({
      code: 'VALIDATION',
      data: { issues: [{ path: ['city'], key: 'validation:notAChoice' }] },
    })
    await renderAt(form())
    type('备注', 'x')
    await press('保存')
    expect(await screen.findByText('不在可选范围内')).toBeTruthy()
    expect(input('备注').value).toBe('x')
  })

  test('a lost connection keeps the text, and the second press is the same command', async () => {
    save.mockRejectedValueOnce({ code: 'OFFLINE', data: {} })
    await renderAt(form())
    type('备注', 'x')
    await press('保存')
    await screen.findByText(/连接已中断/)
    await press('保存')
    await waitFor(() => expect(save).toHaveBeenCalledTimes(2))
    const ids = save.mock.calls.map(([, , options]) => options.context.commandId)
    expect(ids[0]).toMatch(/^[0-9a-f-]{36}$/)
    expect(ids[1]).toBe(ids[0])
  })
})

describe('saving first', () => {
  const stale = (current: object) => ({ code: 'STALE', data: { current } })

  test('what only they changed is taken over; the next save carries their version', async () => {
    save.mockRejectedValueOnce(stale({ ...INITIAL, city: '成都', version: 4 }))
    await renderAt(form())
    type('备注', '我的')
    await press('保存')
    await waitFor(() => expect(input('城市').value).toBe('成都'))
    expect(input('备注').value).toBe('我的')
    await press('保存')
    await waitFor(() => expect(save).toHaveBeenCalledTimes(2))
    expect(save.mock.calls[1]?.slice(0, 2)).toEqual([{ name: '重庆商贸', city: '成都', note: '我的' }, 4])
  })

  test('what both changed is shown side by side, and nothing typed is dropped', async () => {
    save.mockRejectedValueOnce(stale({ ...INITIAL, note: '对方的话', version: 4 }))
    await renderAt(form())
    type('备注', '我的话')
    await press('保存')
    await screen.findByText('两人同时修改了此记录')
    expect(screen.getByText('本人: 我的话')).toBeTruthy()
    fireEvent.click(screen.getByText('对方: 对方的话'))
    await press('采用所选内容')
    expect(input('备注').value).toBe('对方的话')
  })

  test('without a choice one’s own stays', async () => {
    save.mockRejectedValueOnce(stale({ ...INITIAL, note: '对方的话', version: 4 }))
    await renderAt(form())
    type('备注', '我的话')
    await press('保存')
    await screen.findByText('两人同时修改了此记录')
    await press('采用所选内容')
    expect(input('备注').value).toBe('我的话')
  })

  test('the merge keeps every value that only one side changed', () => {
    const base = { a: 1, b: 'x', c: [1] }
    expect(mergeValues(base, { a: 2, b: 'x', c: [1] }, { a: 1, b: 'y', c: [1, 2] })).toEqual({
      merged: { a: 2, b: 'y', c: [1, 2] },
      conflicts: [],
    })
    expect(mergeValues(base, { a: 2, b: 'x', c: [1] }, { a: 2, b: 'x', c: [1] }).conflicts).toEqual([])
  })
})

describe('what is drawn again', () => {
  test('who only sets is not, whatever is typed, and still sets', async () => {
    const drawn = { all: 0, setter: 0 }
    const All = () => {
      useForm()
      drawn.all += 1
      return null
    }
    const Setter = () => {
      const set = useSet()
      drawn.setter += 1
      return (
        <button type="button" onClick={() => set('city', '成都')}>
          set
        </button>
      )
    }
    const children = (
      <>
        <All />
        <Setter />
      </>
    )
    await renderAt(form({ children }))
    const before = { ...drawn }
    type('备注', 'x')
    type('备注', 'xy')
    await press('set')
    expect(input('城市').value).toBe('成都')
    expect(input('备注').value).toBe('xy')
    expect(drawn.all).toBeGreaterThan(before.all)
    expect(drawn.setter).toBe(before.setter)
  })
})

describe('keys and leaving', () => {
  test.each([
    ['s', false],
    ['Enter', true],
  ])('Ctrl+%s saves', async (key, close) => {
    await renderAt(form())
    type('备注', 'x')
    fireEvent.keyDown(input('备注'), { key, ctrlKey: true })
    await waitFor(() => expect(save).toHaveBeenCalledOnce())
    expect(save.mock.calls[0]?.[2].close).toBe(close)
  })

  test('leaving asks, and staying keeps the text', async () => {
    const { router } = await renderAt(form())
    type('备注', 'x')
    await wait(20)
    act(() => void router.navigate({ to: '/other' }))
    fireEvent.click(await screen.findByRole('button', { name: '留在此页' }))
    await wait(50)
    expect(input('备注').value).toBe('x')
  })

  test('leaving asks, and leaving leaves', async () => {
    const { router } = await renderAt(form())
    type('备注', 'x')
    await wait(20)
    act(() => void router.navigate({ to: '/other' }))
    fireEvent.click(await screen.findByRole('button', { name: '离开' }))
    expect(await screen.findByText('other page')).toBeTruthy()
    await waitFor(async () => expect((await loadDraft(DRAFT_KEY, KEY))?.values['note']).toBe('x'))
  })
})
