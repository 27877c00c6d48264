import { fireEvent, screen } from '@testing-library/react'
import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { formatYuan, parseYuan } from '#shared/kernel/money.ts'
import { MoneyField, RateField, CountField, parseRate } from '#renderer/ui/fields/number-fields.tsx'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { PhoneField, TextField } from '#renderer/ui/fields/text-fields.tsx'
import { FormProvider } from '#renderer/ui/form-provider.tsx'
import { setPath, type FormValues } from '#renderer/ui/form-state.ts'
import { useEffect, useState, type ReactNode } from 'react'
import { renderAt, sitDown } from './helpers.tsx'

/** What the form holds now. */
const form: { held: FormValues } = { held: {} }

function Form(props: { initial?: FormValues; children: ReactNode }) {
  const [values, setValues] = useState<FormValues>(props.initial ?? {})
  useEffect(() => {
    form.held = values
  })
  return (
    <FormProvider
      form={{
        values,
        errors: {},
        disabled: false,
        set: (path, value) => setValues((old) => setPath(old, path, value)),
      }}
    >
      {props.children}
    </FormProvider>
  )
}

function type(input: HTMLElement, text: string): void {
  fireEvent.focus(input)
  fireEvent.change(input, { target: { value: text } })
}

beforeEach(() => sitDown())

/** As people type or paste an amount; all mean 1,234.50 yuan. */
const AMOUNTS = [
  '1234.5',
  '１２３４．５',
  '1,234.50',
  '￥1234.5',
  '¥ 1 234.50',
  '1，234。5',
  '1234.50元',
  ' 1234.5 ',
  '+1234.5',
]

describe('amounts', () => {
  test.each(AMOUNTS)('%s is read as 1,234.50 and written so when the field is left', async (text) => {
    await renderAt(
      <Form>
        <MoneyField name="amount" label="金额" />
      </Form>,
    )
    const input = screen.getByLabelText<HTMLInputElement>('金额')
    type(input, text)
    // Nothing is rewritten while somebody types.
    expect(input.value).toBe(text)
    fireEvent.blur(input)
    expect(input.value).toBe('1,234.50')
    expect(form.held['amount']).toBe(123450)
  })

  test.each(['壹', '1.234', '1..5', 'abc', '1e5', '--1'])(
    '%s is no amount, stays as typed and is not a number',
    async (text) => {
      await renderAt(
        <Form initial={{ amount: 100 }}>
          <MoneyField name="amount" label="金额" />
        </Form>,
      )
      const input = screen.getByLabelText<HTMLInputElement>('金额')
      type(input, text)
      fireEvent.blur(input)
      expect(input.value).toBe(text)
      expect(form.held['amount']).toBeNaN()
    },
  )

  test('an emptied field holds nothing', async () => {
    await renderAt(
      <Form initial={{ amount: 100 }}>
        <MoneyField name="amount" label="金额" />
      </Form>,
    )
    const input = screen.getByLabelText<HTMLInputElement>('金额')
    type(input, '')
    fireEvent.blur(input)
    expect(form.held['amount']).toBeNull()
  })

  test('capitals stand underneath where they go into a document', async () => {
    await renderAt(
      <Form initial={{ amount: 123450 }}>
        <MoneyField name="amount" label="金额" capitals />
      </Form>,
    )
    expect(screen.getByText('人民币壹仟贰佰叁拾肆元伍角整')).toBeTruthy()
  })

  test('what is shown reads as the same amount', () => {
    fc.assert(fc.property(fc.integer({ min: -1e15, max: 1e15 }), (fen) => parseYuan(formatYuan(fen)) === fen))
  })
})

describe('rates, counts, days, phones', () => {
  test.each([
    ['13', 1300],
    ['13%', 1300],
    ['１２．５％', 1250],
    ['0.05', 5],
    ['0。5', 50],
  ])('%s %% is %i basis points', async (text, basisPoints) => {
    await renderAt(
      <Form>
        <RateField name="rate" label="税率" />
      </Form>,
    )
    type(screen.getByLabelText('税率'), text)
    expect(form.held['rate']).toBe(basisPoints)
  })

  test('a rate finer than a basis point is refused', () => expect(parseRate('0.001')).toBeNull())

  test('a count takes full-width digits', async () => {
    await renderAt(
      <Form>
        <CountField name="count" label="数量" />
      </Form>,
    )
    type(screen.getByLabelText('数量'), '１２，０００')
    expect(form.held['count']).toBe(12000)
  })

  test.each(['2026-1-5', '2026/1/5', '2026年1月5日', '20260105', '２０２６．１．５'])(
    '%s is the day 2026-01-05',
    async (text) => {
      await renderAt(
        <Form>
          <DayField name="day" label="日期" />
        </Form>,
      )
      const input = screen.getByLabelText<HTMLInputElement>('日期')
      fireEvent.focus(input)
      fireEvent.change(input, { target: { value: text } })
      fireEvent.input(input, { target: { value: text } })
      fireEvent.blur(input)
      expect(form.held['day']).toBe('2026-01-05')
    },
  )

  test('a phone number is put right, a name is left alone', async () => {
    await renderAt(
      <Form>
        <PhoneField name="phone" label="电话" />
        <TextField name="name" label="名称" />
      </Form>,
    )
    const phone = screen.getByLabelText<HTMLInputElement>('电话')
    type(phone, '０２３－６８８８　１２３４')
    fireEvent.blur(phone)
    expect(form.held['phone']).toBe('023-6888 1234')
    const name = screen.getByLabelText<HTMLInputElement>('名称')
    type(name, '（重庆）Ａ公司')
    fireEvent.blur(name)
    expect(form.held['name']).toBe('（重庆）Ａ公司')
  })
})
