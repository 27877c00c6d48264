import { describe, expect, it } from 'vitest'
import { asDay } from '#shared/kernel/dates.ts'
import { emsNumber, judgeSending, type Sending } from '#shared/modules/dunning/dunning.proof.rules.ts'

const ADDRESS = '重庆市渝中区民生路12号'
const context = {
  letterNumber: 'CK-2026-0012',
  letterDay: asDay('2026-05-20'),
  addresses: [ADDRESS, 'fawu@cq-sm.com'],
  transitDays: 7,
}
const full: Sending = {
  channel: 'ems',
  number: '1234567890123',
  contents: '催款函 CK-2026-0012',
  address: '重庆市渝中区 民生路１２号',
  postedDay: asDay('2026-05-21'),
  outcome: 'signed',
  outcomeDay: asDay('2026-05-23'),
  signer: 'mailRoom',
  signature: true,
  kept: { letter: true, scan: true, message: false, certificate: false },
}
const verdict = (over: Partial<Sending>, kept: Partial<Sending['kept']> = {}) => {
  const { strength, arrivalDay, presumed, missing, faults } = judgeSending(
    { ...full, ...over, kept: { ...full.kept, ...kept } },
    context,
  )
  return [
    strength,
    arrivalDay,
    presumed,
    missing.join(' '),
    faults.map((fault) => fault.key.split('.').pop()).join(' '),
  ]
}
const other = '重庆市江北区建新路1号'

describe('proof of sending (诉讼时效规定 8)', () => {
  it.each<[string, Partial<Sending>, Partial<Sending['kept']>, unknown[]]>([
    ['EMS with everything', {}, {}, ['strong', '2026-05-23', false, '', '']],
    ['without the photo of the form', {}, { scan: false }, ['weak', '2026-05-23', false, 'scan', '']],
    ['without the letter itself', {}, { letter: false }, ['none', '2026-05-23', false, 'document', '']],
    ['without a number', { number: '' }, {}, ['none', '2026-05-23', false, 'number', '']],
    ['contents that name nothing', { contents: '' }, {}, ['weak', '2026-05-23', false, 'contents', '']],
    ['contents of another letter', { contents: '文件' }, {}, ['strong', '2026-05-23', false, '', 'contents']],
    // Refused or come back from the agreed address is as good as taken.
    ['refused there', { outcome: 'refused' }, {}, ['strong', '2026-05-23', true, '', '']],
    ['come back from there', { outcome: 'returned' }, {}, ['strong', '2026-05-23', true, '', '']],
    [
      'refused elsewhere',
      { outcome: 'refused', address: other },
      {},
      ['none', null, false, 'agreedAddress outcome', 'address'],
    ],
    ['signed elsewhere', { address: other }, {}, ['weak', '2026-05-23', false, 'agreedAddress', 'address']],
    [
      'nothing heard: it should have arrived',
      { outcome: 'unknown', outcomeDay: null },
      {},
      ['weak', '2026-05-28', true, 'outcome', ''],
    ],
    [
      'nothing heard from another address',
      { outcome: 'unknown', outcomeDay: null, address: other },
      {},
      ['none', null, false, 'agreedAddress outcome', 'address'],
    ],
    ['signed by somebody', { signer: 'other' }, {}, ['strong', '2026-05-23', false, '', 'signer']],
    [
      'posted before it was written',
      { postedDay: asDay('2026-05-19') },
      {},
      ['strong', '2026-05-23', false, '', 'postedEarly'],
    ],
    [
      'signed before it was posted',
      { outcomeDay: asDay('2026-05-20') },
      {},
      ['strong', '2026-05-20', false, '', 'outcomeEarly'],
    ],
    ['a courier with everything', { channel: 'courier', number: 'SF123' }, {}, ['strong', '2026-05-23', false, '', '']],
    [
      'a courier of whom nothing was heard',
      { channel: 'courier', outcome: 'unknown', outcomeDay: null },
      {},
      ['none', '2026-05-28', true, 'outcome', ''],
    ],
    ['by hand to the mail room', { channel: 'hand' }, {}, ['strong', '2026-05-23', false, '', '']],
    [
      'by hand to somebody',
      { channel: 'hand', signer: 'unknown' },
      {},
      ['weak', '2026-05-23', false, 'signerRole', ''],
    ],
    [
      'by hand without a signature',
      { channel: 'hand', signature: false },
      {},
      ['none', '2026-05-23', false, 'signature', ''],
    ],
    [
      'e-mail to the agreed address',
      { channel: 'email', address: 'FAWU@cq-sm.com', outcome: 'delivered', outcomeDay: null },
      { message: true },
      ['strong', '2026-05-21', false, '', ''],
    ],
    [
      'e-mail of which nothing was heard',
      { channel: 'email', address: 'fawu@cq-sm.com', outcome: 'unknown', outcomeDay: null },
      { message: true },
      ['weak', '2026-05-21', true, 'outcome', ''],
    ],
    [
      'e-mail that was not kept',
      { channel: 'email', address: 'fawu@cq-sm.com', outcome: 'delivered' },
      {},
      ['none', '2026-05-23', false, 'messageFile', ''],
    ],
    ['before a notary', { channel: 'notarised' }, { certificate: true }, ['strong', '2026-05-23', false, '', '']],
  ])('%s', (_name, over, kept, want) => expect(verdict(over, kept)).toEqual(want))

  it('tells a number that is none', () => {
    expect(verdict({ number: 'SF1234567890' })[4]).toBe('emsNumber')
    expect(verdict({ number: 'EA123456784CN' })[4]).toBe('emsCheckDigit')
  })
})

describe('numbers of EMS letters', () => {
  it.each([
    ['EA123456785CN', { number: 'EA123456785CN', checked: true }],
    ['ea 123 456 785 cn', { number: 'EA123456785CN', checked: true }],
    ['EA123456784CN', { number: 'EA123456784CN', checked: false }],
    // Where the remainder leaves 10 and 11 the digit is 0 and 5.
    ['EA000000080CN', { number: 'EA000000080CN', checked: true }],
    ['EA000000005CN', { number: 'EA000000005CN', checked: true }],
    ['1234567890123', { number: '1234567890123', checked: true }],
    ['１０２３４５６７８９０１２', { number: '1023456789012', checked: true }],
    ['9234567890123', null],
    ['123456789012', null],
    ['EA123456785US', null],
    ['', null],
  ])('%s', (text, want) => expect(emsNumber(text)).toEqual(want))
})
