import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asDay } from '#shared/kernel/dates.ts'
import { formatYuan } from '#shared/kernel/money.ts'
import { TRANSLATORS } from '#shared/i18n/translators.ts'
import { leftOfLine, lineState, maskedAccount, sameAccount } from '#shared/modules/bank/bank.rules.ts'
import {
  accountsAbove,
  mappingTells,
  readStatement,
  withDay,
  type StatementCells,
} from '#shared/modules/bank/bank.statement.rules.ts'
import { statementFields, statementWords } from '#shared/modules/bank/bank.words.ts'
import { guessMapping } from '#shared/modules/imports/imports.rules.ts'

const WORDS = statementWords(TRANSLATORS)
const FRAME = {
  accountNumber: '50001013600050001234',
  openedDay: asDay('2020-01-01'),
  closedDay: null,
  today: asDay('2026-05-18'),
}
const read = (...cells: StatementCells[]) =>
  readStatement(
    cells.map((row, i) => ({ row: i + 2, cells: row })),
    WORDS,
    FRAME,
  )
const amountOf = (cells: StatementCells) => read({ day: '2026-05-12', ...cells }).lines[0]?.amount
const problemOf = (cells: StatementCells) => {
  const [problem] = read({ day: '2026-05-12', ...cells }).failed[0]?.problems ?? []
  return problem && [problem.field, problem.key]
}

describe('the columns of a statement', () => {
  it.each([
    [
      '建设银行',
      [
        '交易时间',
        '借方发生额（支取）',
        '贷方发生额（收入）',
        '余额',
        '币种',
        '对方户名',
        '对方账号',
        '对方开户机构',
        '摘要',
        '备注',
      ],
      ['time', 'debit', 'credit', 'balance', 'currency', 'payerName', 'payerAccount', 'payerBank', 'summary', 'remark'],
    ],
    [
      '工商银行',
      ['交易日期', '转入金额', '转出金额', '余额', '对方单位', '对方账号', '摘要', '用途'],
      ['day', 'credit', 'debit', 'balance', 'payerName', 'payerAccount', 'summary', 'purpose'],
    ],
    [
      '招商银行',
      ['交易日', '交易时间', '借方金额', '贷方金额', '余额', '摘要', '流水号', '收(付)方名称', '收(付)方账号'],
      ['day', 'time', 'debit', 'credit', 'balance', 'summary', 'reference', 'payerName', 'payerAccount'],
    ],
    [
      'English',
      ['Date', 'Credit', 'Debit', 'Balance', 'Payer', 'Description'],
      ['day', 'credit', 'debit', 'balance', 'payerName', 'summary'],
    ],
  ])('of %s are known', (_bank, headings, expected) => {
    expect(guessMapping(headings, statementFields(TRANSLATORS[0]!, TRANSLATORS))).toEqual(expected)
  })

  it('must hold a day and an amount; a moment is a day too', () => {
    expect(mappingTells(['day', 'credit', null])).toBe(true)
    expect(mappingTells(['day', 'balance'])).toBe(false)
    expect(mappingTells(withDay(['time', 'amount']))).toBe(true)
    expect(withDay(['day', 'time'])).toEqual(['day', 'time'])
  })
})

describe('a row of a statement', () => {
  it.each<[string, StatementCells, number | undefined]>([
    ['money in', { credit: '1,234.50', debit: '' }, 123_450],
    ['money out', { credit: '0.00', debit: '88.00' }, -8_800],
    ['a stroke for nothing', { credit: '-', debit: '5' }, -500],
    ['one column with a sign', { amount: '-20' }, -2_000],
    ['brackets for a negative', { amount: '(20.00)' }, -2_000],
    ['a word for the direction', { amount: '20', direction: '贷' }, 2_000],
    ['another word', { amount: '20', direction: '支出' }, -2_000],
    ['money back on the same side', { credit: '-15', debit: '' }, -1_500],
    ['nothing that moves', { credit: '0', debit: '0' }, undefined],
  ])('says %s', (_what, cells, fen) => expect(amountOf(cells)).toBe(fen))

  it.each<[StatementCells, readonly unknown[]]>([
    [{ credit: '1', debit: '1' }, ['debit', 'bank:problems.bothSides']],
    [{ amount: '1', direction: '?' }, ['direction', 'bank:problems.direction']],
    [{ amount: 'viel' }, ['amount', 'validation:notANumber']],
    [{ credit: '1', day: '2026-02-30' }, ['day', 'validation:noSuchDay']],
    [{ credit: '1', day: '2026-05-19' }, ['day', 'bank:problems.dayAhead']],
    [{ credit: '1', day: '2019-12-31' }, ['day', 'bank:problems.beforeOpened']],
    [{ credit: '1', currency: '美元' }, ['currency', 'bank:problems.currency']],
    [{ credit: '1', ownAccount: '6222000000000000' }, ['ownAccount', 'bank:problems.otherAccount']],
    [{ payerName: '无金额' }, [null, 'bank:problems.noAmount']],
  ])('%j fails', (cells, expected) => expect(problemOf(cells)).toEqual(expected))

  it('of totals is passed over', () => {
    const { passed, failed, lines } = read(
      { day: '', summary: '合计', credit: '5' },
      { day: '2026-05-12', credit: '5' },
    )
    expect([passed, failed, lines.length]).toEqual([[2], [], 1])
  })

  it('takes its day from a moment, and says everything once', () => {
    const [line] = read({ day: '20260512102133', credit: '5', summary: '货款', purpose: '货款', remark: 'HT-1' }).lines
    expect(line).toMatchObject({ day: '2026-05-12', time: '10:21:33', text: '货款 HT-1' })
  })
})

describe('balances', () => {
  const amounts = fc.array(
    fc.integer({ min: -50_000, max: 50_000 }).filter((fen) => fen !== 0),
    {
      minLength: 2,
      maxLength: 20,
    },
  )
  const rowsOf = (opening: number, moves: readonly number[]): StatementCells[] => {
    let balance = opening
    return moves.map((amount) => {
      balance += amount
      return { day: '2026-05-12', amount: formatYuan(amount), balance: formatYuan(balance) }
    })
  }

  it('tell the order in which the money moved, however the bank lists it, and opening and closing', () => {
    fc.assert(
      fc.property(amounts, fc.boolean(), (moves, newestFirst) => {
        const rows = rowsOf(1_000, moves)
        const found = read(...(newestFirst ? rows.toReversed() : rows))
        const total = moves.reduce((sum, amount) => sum + amount, 1_000)
        expect([found.breaks, found.opening, found.closing]).toEqual([[], 1_000, total])
        expect(found.lines.map((line) => line.amount)).toEqual(moves)
      }),
      { numRuns: 200 },
    )
  })

  it('that do not follow are found where a line is missing', () => {
    const rows = rowsOf(0, [100, 200, 300, 400])
    const { breaks } = read(...rows.filter((_row, i) => i !== 1))
    expect(breaks).toEqual([{ row: 3, expected: 400, found: 600 }])
  })
})

describe('accounts', () => {
  it('are the same with stars in them, and found above the headings', () => {
    expect(sameAccount('5000 1013 **** 1234', FRAME.accountNumber)).toBe(true)
    expect(sameAccount('5000****9999', FRAME.accountNumber)).toBe(false)
    expect(accountsAbove([['账号：5000 1013 6000 5000 1234'], ['2026-05-12']])).toEqual(['50001013600050001234'])
    expect(maskedAccount('50001013600050001234')).toBe('**** 1234')
    expect(maskedAccount('')).toBe('')
  })
})

describe('what becomes of a line', () => {
  it.each([
    [{ amount: 100, booked: 0, aside: 0 }, 'open', 100],
    [{ amount: 100, booked: 60, aside: 0 }, 'open', 40],
    [{ amount: 100, booked: 60, aside: 40 }, 'booked', 0],
    [{ amount: 100, booked: 0, aside: 100 }, 'ignored', 0],
    [{ amount: -100, booked: 0, aside: 0 }, 'ignored', 0],
  ] as const)('%j', (sums, state, left) => {
    expect([lineState(sums), leftOfLine(sums)]).toEqual([state, left])
  })
})
