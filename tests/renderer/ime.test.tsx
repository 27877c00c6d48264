import { fireEvent, screen } from '@testing-library/react'
import { useState, type ReactNode } from 'react'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { CheckField, EntityPicker, SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { CountField, MoneyField, RateField } from '#renderer/ui/fields/number-fields.tsx'
import { PasswordField, PhoneField, TextAreaField, TextField } from '#renderer/ui/fields/text-fields.tsx'
import { FormProvider } from '#renderer/ui/form-provider.tsx'
import { setPath, type FormValues } from '#renderer/ui/form-state.ts'
import { FolderInput } from '#renderer/ui/folder-input.tsx'
import { useShortcut } from '#renderer/ui/shortcuts.tsx'
import { renderAt, sitDown, wait } from './helpers.tsx'

const seen = vi.fn()
const submitted = vi.fn()

function Form(props: { children: ReactNode }) {
  const [values, setValues] = useState<FormValues>({})
  return (
    <FormProvider
      form={{
        values,
        errors: {},
        disabled: false,
        set: (path, value) => setValues((old) => setPath(old, path, value)),
      }}
    >
      <form
        onKeyDown={(event) => seen(event.key)}
        onSubmit={(event) => {
          event.preventDefault()
          submitted()
        }}
      >
        {props.children}
      </form>
    </FormProvider>
  )
}

/** Every input of the kit by its label. */
const INPUTS: readonly (readonly [string, () => ReactNode])[] = [
  ['text', () => <TextField name="text" label="text" />],
  ['area', () => <TextAreaField name="area" label="area" />],
  ['password', () => <PasswordField name="password" label="password" autoComplete="new-password" />],
  ['phone', () => <PhoneField name="phone" label="phone" />],
  ['money', () => <MoneyField name="money" label="money" />],
  ['rate', () => <RateField name="rate" label="rate" />],
  ['count', () => <CountField name="count" label="count" />],
  ['day', () => <DayField name="day" label="day" />],
  ['select', () => <SelectField name="select" label="select" options={[{ value: 'a', label: 'A' }]} />],
  ['picker', () => <EntityPicker name="picker" label="picker" module="x" search={async () => []} />],
  ['check', () => <CheckField name="check" label="check" />],
  ['folder', () => <FolderInput value="" label="folder" onChange={seen} onChosen={seen} />],
]

beforeEach(async () => {
  await sitDown()
  seen.mockClear()
  submitted.mockClear()
  await wait(120)
})

describe.each(INPUTS)('%s', (label, element) => {
  test('keys of a composition do nothing, in any browser’s way of telling', async () => {
    await renderAt(<Form>{element()}</Form>)
    const input = screen.getByLabelText(label)
    input.focus()
    fireEvent.compositionStart(input)
    for (const key of ['Enter', 'Tab', 'Escape', 'ArrowDown', 'ArrowUp', ' ']) fireEvent.keyDown(input, { key })
    fireEvent.compositionEnd(input)
    // Some systems send the Enter just after the end.
    const late = !fireEvent.keyDown(input, { key: 'Enter' })
    await wait(120)
    const flagged = !fireEvent.keyDown(input, { key: 'Enter', isComposing: true })
    const legacy = !fireEvent.keyDown(input, { key: 'Enter', keyCode: 229 })
    expect({ late, flagged, legacy }).toEqual({ late: true, flagged: true, legacy: true })
    expect(seen).not.toHaveBeenCalled()
    expect(submitted).not.toHaveBeenCalled()
  })

  test('after it, the same key works again', async () => {
    await renderAt(<Form>{element()}</Form>)
    const input = screen.getByLabelText(label)
    fireEvent.compositionStart(input)
    fireEvent.compositionEnd(input)
    await wait(120)
    fireEvent.keyDown(input, { key: 'Enter' })
    expect(seen).toHaveBeenCalled()
  })
})

test('a shortcut of the page does nothing during a composition, nor a single letter while somebody types', async () => {
  const run = vi.fn()
  function Page() {
    useShortcut('n', 'common:shortcuts.newRecord', run)
    useShortcut('$mod+k', 'common:shortcuts.palette', run)
    return <input aria-label="name" />
  }
  await renderAt(<Page />)
  const input = screen.getByLabelText('name')
  fireEvent.keyDown(input, { key: 'n', code: 'KeyN' })
  fireEvent.keyDown(input, { key: 'k', code: 'KeyK', ctrlKey: true, isComposing: true })
  expect(run).not.toHaveBeenCalled()
  fireEvent.keyDown(input, { key: 'k', code: 'KeyK', ctrlKey: true })
  fireEvent.keyDown(document.body, { key: 'n', code: 'KeyN' })
  expect(run).toHaveBeenCalledTimes(2)
})
