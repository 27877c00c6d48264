import { addDays, diffDays, endOfMonth, startOfMonth, type PlainDay, type PlainMonth } from '#shared/kernel/dates.ts'
import { allocate } from '#shared/kernel/money.ts'
import { nextWorkday, type WorkCalendar } from '#shared/kernel/workdays.ts'
import type { Indicator } from '#shared/modules/performance/performance.indicators.schema.ts'
import { newId } from '#core/kernel/ids.ts'
import type { Database } from '#core/store/driver.ts'
import { randomSource } from './valid-input.ts'

type Row = Readonly<Record<string, string | number | null>>

/** Writes rows as they are, with whatever a table asks for besides put in as nothing. */
function writer(raw: Database) {
  const asked = new Map<string, readonly { name: string; type: string }[]>()
  const columnsOf = (table: string) => {
    const known = asked.get(table)
    if (known) return known
    const columns = raw.pragma(`table_info(${table})`) as {
      name: string
      type: string
      notnull: number
      dflt_value: unknown
    }[]
    const needed = columns.filter((column) => column.notnull === 1 && column.dflt_value === null)
    asked.set(table, needed)
    return needed
  }
  return (table: string, row: Row): void => {
    const blank = columnsOf(table).map(({ name, type }): [string, string | number] => [
      name,
      type === 'INTEGER' ? 0 : '',
    ])
    const all = { ...Object.fromEntries(blank), ...row }
    const names = Object.keys(all)
    raw
      .prepare(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`)
      .run(...Object.values(all))
  }
}

/** What a figure must come to: a sum or a number, or the two halves of a rate. */
export interface Expected {
  readonly actual: number
  readonly part: number
  readonly whole: number
}

/** Call-backs by grade in days, as the firm's settings begin. */
const CYCLES: Readonly<Record<string, number>> = { A: 30, B: 60, C: 90, D: 0 }

/**
 * Trade of a small firm around one month: contracts alone and shared, some void, signed soon after the agreement or not;
 * money with reversals, instalments paid in parts and late, invoices with red letters, visits of every state, tasks,
 * notes. Gives what each person's figures must be, counted here from what was written and never from the file.
 */
export function generateFirm(
  raw: Database,
  options: {
    seed: number
    month: PlainMonth
    people: readonly [string, string]
    /** Colleagues who rate, at least four. */
    raters: readonly string[]
    calendar: WorkCalendar
    zoneOffsetMs: number
  },
) {
  const random = randomSource(options.seed * 7919)
  const write = writer(raw)
  const from = startOfMonth(options.month)
  const to = endOfMonth(options.month)
  const last = diffDays(from, to)
  const by = options.people[0]
  const someDay = () => addDays(from, random.int(last + 31) - 15)
  const inMonth = (day: string) => day >= from && day <= to
  const figures = new Map<string, { sum: number; part: number; whole: number }>()
  const add = (indicator: Indicator, person: string, sum: number, part = 0, whole = 0) => {
    const key = `${person} ${indicator}`
    const known = figures.get(key) ?? { sum: 0, part: 0, whole: 0 }
    figures.set(key, { sum: known.sum + sum, part: known.part + part, whole: known.whole + whole })
  }
  const asCase = (indicator: Indicator, person: string, good: boolean) => add(indicator, person, 0, good ? 1 : 0, 1)
  let serial = 0
  const number = () => `G${options.seed}-${(serial += 1)}`
  const other = (person: string) => (person === options.people[0] ? options.people[1] : options.people[0])

  const customers = Array.from({ length: 6 }, () => {
    const customer = { id: newId(), owner: random.pick(options.people), grade: random.pick(['A', 'B', 'C', 'D']) }
    const kept = { kind: 'endUser', stage: 'customer', source: 'web', size: 'unknown', invoice: '{}' }
    write('customers', {
      ...kept,
      id: customer.id,
      code: number(),
      name: '客户',
      grade: customer.grade,
      owner_id: customer.owner,
    })
    return customer
  })

  const signed: { customerId: string; owner: string; day: string; number: string }[] = []
  for (let i = 0; i < 8; i += 1) {
    const customer = random.pick(customers)
    const owner = random.pick(options.people)
    const day = someDay()
    const amount = random.int(9_000_000) + 1
    const state = random.int(6) === 0 ? 'void' : 'signed'
    const withDeal = random.next() < 0.6
    const dealId = withDeal ? newId() : null
    const share = 1 + random.int(9_999)
    const shared = withDeal && random.next() < 0.5
    if (dealId !== null) {
      const deal = {
        id: dealId,
        number: number(),
        name: '商机',
        customer_id: customer.id,
        owner_id: owner,
        expected_day: day,
      }
      write('deals', { ...deal, stage: 'open', probability: 1_000, removed_at: 1 })
      const people = shared ? [owner, other(owner)] : [owner]
      people.forEach((user_id, position) =>
        write('deal_splits', {
          deal_id: dealId,
          position,
          user_id,
          share: !shared ? 10_000 : position === 0 ? share : 10_000 - share,
        }),
      )
    }
    const waited = random.int(8)
    const agreed = withDeal && random.next() < 0.8
    if (agreed) {
      const move = { deal_id: dealId as string, owner_id: owner, amount, expected_day: day, from_stage: 'negotiation' }
      write('deal_moves', { ...move, id: newId(), day: addDays(day, -waited - 9), at: 1, to_stage: 'agreed' })
      write('deal_moves', { ...move, id: newId(), day: addDays(day, -waited), at: 2, to_stage: 'agreed' })
    }
    const contract = {
      id: newId(),
      number: number(),
      kind: 'goods_sale',
      title: '合同',
      language: 'zh-CN',
      buyer: '{}',
      terms: '{}',
    }
    write('contracts', {
      ...contract,
      state,
      customer_id: customer.id,
      owner_id: owner,
      sign_day: day,
      sign_key: day,
      seller: '{}',
      amount,
      net: amount,
      void_day: state === 'void' ? day : null,
      void_reason: state === 'void' ? '误签' : '',
      deal_id: dealId,
      created_by: by,
    })
    if (state === 'void') continue
    signed.push({ customerId: customer.id, owner, day, number: contract.number })
    if (!inMonth(day)) continue
    // What cannot be shared evenly goes to the larger remainder; with two people that is rounding to the nearest fen.
    const first = shared ? Number((BigInt(amount) * BigInt(share) * 2n + 10_000n) / 20_000n) : amount
    add('contractAmount', owner, first)
    if (shared) add('contractAmount', other(owner), amount - first)
    if (agreed) asCase('signingOnTime', owner, waited <= 3)
  }
  for (const customer of customers) {
    const theirs = signed
      .filter((one) => one.customerId === customer.id)
      .toSorted((a, b) => (a.day === b.day ? (a.number < b.number ? -1 : 1) : a.day < b.day ? -1 : 1))
    if (theirs[0] && inMonth(theirs[0].day)) add('newCustomers', theirs[0].owner, 1)
  }

  for (let i = 0; i < 6; i += 1) {
    const owner = random.pick(options.people)
    const day = someDay()
    const stage = random.pick(['won', 'lost', 'negotiation'])
    const removed = random.int(5) === 0
    const deal = {
      id: newId(),
      number: number(),
      name: '商机',
      customer_id: random.pick(customers).id,
      owner_id: owner,
    }
    const closed = stage === 'negotiation' ? null : day
    write('deals', {
      ...deal,
      stage,
      probability: 0,
      expected_day: day,
      closed_day: closed,
      removed_at: removed ? 1 : null,
    })
    if (closed !== null && inMonth(closed) && !removed) asCase('winRate', owner, stage === 'won')
  }

  for (let i = 0; i < 6; i += 1) {
    const owner = random.pick(options.people)
    const customerId = random.pick(customers).id
    const day = someDay()
    const amount = random.int(500_000) + 1
    const reversed = random.int(4) === 0 ? addDays(day, random.int(25)) : null
    const receipt = {
      id: newId(),
      number: number(),
      customer_id: customerId,
      owner_id: owner,
      day,
      amount,
      method: 'bank',
      created_by: by,
    }
    write('receipts', {
      ...receipt,
      state: reversed === null ? 'posted' : 'reversed',
      reversed_day: reversed,
      advance: reversed === null ? amount : 0,
    })
    if (inMonth(day)) add('collected', owner, amount)
    if (reversed !== null && inMonth(reversed)) add('collected', owner, -amount)

    const invoiceDay = someDay()
    const blue = { kind: 'digitalSpecial', customer_id: customerId, buyer: '{}', created_by: by, electronic: 1 }
    const state = random.int(6) === 0 ? 'void' : 'issued'
    const blueId = newId()
    write('invoices', {
      ...blue,
      id: blueId,
      owner_id: owner,
      number: number(),
      number_key: number(),
      day: invoiceDay,
      amount,
      net: amount,
      state,
      void_day: state === 'void' ? invoiceDay : null,
    })
    if (state === 'issued' && inMonth(invoiceDay)) add('invoiced', owner, amount)
    if (state === 'issued' && random.int(3) === 0) {
      const redDay = addDays(invoiceDay, random.int(20))
      const red = { ...blue, id: newId(), owner_id: owner, number: number(), number_key: number(), day: redDay, state }
      write('invoices', { ...red, amount: -1, net: -1, blue_id: blueId, red_reason: 'returned' })
      if (inMonth(redDay)) add('invoiced', owner, -1)
    }
  }

  for (let i = 0; i < 6; i += 1) {
    const owner = random.pick(options.people)
    const customerId = random.pick(customers).id
    const due = someDay()
    const amount = random.int(400_000) + 2
    const id = newId()
    const begun = addDays(from, -60)
    const keys = { due_key: due, invoice_key: '9999-12-31', customer_id: customerId, owner_id: owner }
    write('receivable_instalments', {
      ...keys,
      id,
      kind: 'manual',
      contract_number: number(),
      seq: 1,
      label: '货款',
      trigger: 'fixed',
      since_day: begun,
      due_day: due,
      amount,
      settled: amount,
      state: 'open',
    })
    const journal = (day: string, sum: number) =>
      write('receivable_journal', { ...keys, day, instalment_id: id, amount: sum })
    journal(begun, amount)
    const part = 1 + random.int(amount - 1)
    const paid = [
      { day: addDays(due, random.int(30) - 15), amount: part },
      { day: addDays(due, 15 + random.int(40)), amount: amount - part },
    ]
    for (const one of paid) {
      const receiptId = newId()
      const receipt = {
        id: receiptId,
        number: number(),
        customer_id: customerId,
        method: 'bank',
        state: 'posted',
        created_by: by,
      }
      // Of somebody else's, so that it is no figure of the one who is owed.
      write('receipts', {
        ...receipt,
        owner_id: by,
        day: addDays(from, -400),
        amount: one.amount,
        allocated: one.amount,
      })
      write('receivable_allocations', {
        id: newId(),
        kind: 'receipt',
        receipt_id: receiptId,
        instalment_id: id,
        customer_id: customerId,
        amount: one.amount,
        principal: one.amount,
        day: one.day,
        created_by: by,
      })
      journal(one.day, -one.amount)
    }
    const received = paid.filter((one) => one.day <= to).reduce((sum, one) => sum + one.amount, 0)
    if (inMonth(due)) add('collectionRate', owner, 0, received, amount)
    if (due < to) add('overdueBalance', owner, amount - received)
  }

  const contacts: { customerId: string; day: string }[] = []
  for (let i = 0; i < 24; i += 1) {
    const visitor = random.pick(options.people)
    const customer = random.pick(customers)
    const day = addDays(from, random.int(last + 96) - 95)
    const state = random.pick(['done', 'done', 'done', 'planned', 'cancelled'])
    const channel = random.pick(['visit', 'visit', 'phone'])
    const done = state === 'done'
    const [complete, late] = [done && random.next() < 0.7, done && random.next() < 0.3]
    const id = newId()
    write('visits', {
      id,
      customer_id: customer.id,
      user_id: visitor,
      day,
      channel,
      purpose: 'callBack',
      state,
      result: done ? '已谈' : '',
      reported_at: done ? 1 : null,
      report_day: done ? day : null,
      reason_code: state === 'cancelled' ? 'other' : '',
      complete: complete ? 1 : 0,
      late: late ? 1 : 0,
    })
    const helped = random.next() < 0.3
    if (helped) write('visit_people', { visit_id: id, user_id: other(visitor) })
    if (done) contacts.push({ customerId: customer.id, day })
    if (!inMonth(day) || channel !== 'visit') continue
    if (done && complete) add('visits', visitor, 1)
    if (done && complete && helped) add('helpGiven', other(visitor), 1)
    if (state !== 'cancelled') asCase('reportsOnTime', visitor, done && !late)
  }
  for (const customer of customers) {
    const cycle = CYCLES[customer.grade] ?? 0
    const days = [...new Set(contacts.filter((one) => one.customerId === customer.id).map((one) => one.day))].toSorted()
    days.forEach((day, i) => {
      if (cycle === 0) return
      const due = nextWorkday(options.calendar, addDays(day as PlainDay, cycle)).day
      const next = days[i + 1]
      if (inMonth(due)) asCase('callBacksOnTime', customer.owner, next !== undefined && next <= due)
    })
  }

  for (let i = 0; i < 8; i += 1) {
    const owner = random.pick(options.people)
    const due = someDay()
    const state = random.pick(['open', 'done', 'done', 'dropped'])
    const closed = addDays(due, random.int(5) - 2)
    // A moment before or after the firm's midnight.
    const minutes = random.pick([1, 1_439])
    const at = Date.parse(`${closed}T00:00:00Z`) - options.zoneOffsetMs + minutes * 60_000
    const task = {
      id: newId(),
      kind: 'other',
      title: '任务',
      owner_id: owner,
      due_day: addDays(due, 3),
      first_due_day: due,
    }
    write('tasks', { ...task, state, closed_at: state === 'open' ? null : at })
    if (inMonth(due) && state !== 'dropped') asCase('tasksOnTime', owner, state === 'done' && closed <= due)

    const answered = someDay()
    const answer = random.pick(['open', 'adopted', 'notAdopted'])
    const note = {
      id: newId(),
      day: answered,
      competitor: '对手',
      source: 'web',
      author_id: owner,
      addressed_id: other(owner),
    }
    write('market_notes', { ...note, content: '降价', answer, answered_day: answer === 'open' ? null : answered })
    if (answer === 'adopted' && inMonth(answered)) add('notesAdopted', owner, 1)
  }

  for (const person of options.people) {
    for (const indicator of ['grossProfit', 'satisfaction', 'trainingHours', 'examResult'] as const) {
      if (random.next() < 0.5) continue
      const value = random.int(10_000)
      const entry = { id: newId(), month: options.month, user_id: person, indicator, value, note: '登记' }
      write('performance_entries', { ...entry, entered_day: to })
      write('performance_entries', { ...entry, id: newId(), value: 1, removed_at: 1, removed_reason: '更正' })
      add(indicator, person, value)
    }
  }

  const ratings = new Map<string, number>()
  for (const person of options.people) {
    const given: Record<'superior' | 'peer' | 'customer' | 'self', (number | null)[]> = {
      superior: [],
      peer: [],
      customer: [],
      self: [],
    }
    const review = (group: keyof typeof given, rater: string | null, state = 'given') => {
      const score = state === 'given' ? 100 + random.int(401) : null
      const row = {
        id: newId(),
        month: options.month,
        user_id: person,
        rater_group: group,
        rater_id: rater,
        state,
        score,
      }
      write('performance_reviews', {
        ...row,
        customer_name: rater === null ? '客户' : '',
        given_at: score === null ? null : 1,
      })
      if (state !== 'proposed') given[group].push(score)
    }
    if (random.next() < 0.7) review('superior', other(person))
    if (random.next() < 0.7) review('self', person)
    for (let i = random.int(3); i > 0; i -= 1) review('customer', null)
    const colleagues = options.raters.slice(0, random.int(options.raters.length + 1))
    for (const rater of colleagues)
      review('peer', rater, random.pick(['given', 'given', 'given', 'given', 'asked', 'proposed']))
    // Half up, in hundredths; of colleagues only three or more, and none of them still asked.
    const halfUp = (n: number, d: number) => Math.floor((2 * n + d) / (2 * d))
    const counted = (['superior', 'peer', 'customer', 'self'] as const).flatMap((group) => {
      const scores = given[group].flatMap((score) => score ?? [])
      const done = group !== 'peer' || (scores.length >= 3 && scores.length === given.peer.length)
      const weight = { superior: 4_000, peer: 3_000, customer: 2_000, self: 1_000 }[group]
      return scores.length > 0 && done
        ? [
            {
              mean: halfUp(
                scores.reduce((a, b) => a + b, 0),
                scores.length,
              ),
              weight,
            },
          ]
        : []
    })
    const shares = allocate(
      10_000,
      counted.map((one) => one.weight),
    )
    const sum = counted.reduce((all, one, i) => all + one.mean * Number(shares[i]), 0)
    if (counted.length > 0) ratings.set(person, halfUp(sum, 10_000))
  }

  return (person: string, indicator: Indicator): Expected => {
    if (indicator === 'review360') return { actual: ratings.get(person) ?? 0, part: 0, whole: 0 }
    const { sum, part, whole } = figures.get(`${person} ${indicator}`) ?? { sum: 0, part: 0, whole: 0 }
    // Half up, in whole basis points.
    const actual = whole === 0 ? sum : Number((BigInt(part) * 20_000n + BigInt(whole)) / (2n * BigInt(whole)))
    return { actual, part, whole }
  }
}
