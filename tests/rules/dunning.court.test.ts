import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeTranslator } from '#shared/i18n/translate.ts'
import { asDay } from '#shared/kernel/dates.ts'
import { complaintDocument, type ComplaintInput } from '#shared/modules/dunning/dunning.complaint.documents.ts'
import {
  forumOf,
  gapsOf,
  piecesOf,
  SECTIONS,
  type CourtContract,
  type CourtFacts,
} from '#shared/modules/dunning/dunning.court.rules.ts'

const TODAY = asDay('2026-05-18')
const paper = (name: string) => ({ fileId: name, name, sha256: 'a'.repeat(64) })
const contract = (over: Partial<CourtContract> = {}): CourtContract => ({
  number: 'HT-1',
  title: '买卖合同',
  signDay: '2025-01-05',
  signed: paper('c.pdf'),
  scans: [paper('scan.pdf')],
  disputeWay: 'court',
  disputePlace: '重庆市九龙坡区人民法院',
  deliveries: 1,
  receipts: [paper('receipt.pdf')],
  ...over,
})
const side = { uscc: '91350100M000100Y43', address: '成都市', legalRepresentative: '王强' }
const facts = (over: Partial<CourtFacts> = {}): CourtFacts => ({
  debts: [
    {
      contractNumber: 'HT-1',
      label: '货款',
      outstanding: 100,
      disputed: 0,
      limitationDay: '2028-01-01',
      hasContract: true,
    },
  ],
  contracts: [contract()],
  invoices: [{ number: '2650', day: '2025-02-01', files: [paper('fp.pdf')] }],
  statements: [
    { number: 'DZ-1', asOf: '2025-12-31', paper: paper('dz.pdf'), confirmed: true, scans: [paper('s.jpg')] },
  ],
  plans: [{ number: 'HK-1', signDay: '2026-01-01', paper: paper('hk.pdf'), scans: [] }],
  letters: [
    {
      number: 'CK-1',
      kind: 'demand',
      day: '2026-02-01',
      paper: paper('ck.pdf'),
      sent: true,
      proof: 'strong',
      scans: [paper('ems.jpg')],
    },
  ],
  contacts: 2,
  defendant: side,
  plaintiff: side,
  ...over,
})
const names = (over: Partial<CourtFacts> = {}) =>
  piecesOf(facts(over)).map(({ name }) => name.key.replace('dunning:court.', ''))
const gaps = (over: Partial<CourtFacts> = {}) =>
  gapsOf(facts(over), TODAY).map(
    ({ reason, grave }) => `${reason.key.replace('dunning:court.gaps.', '')}${grave ? '!' : ''}`,
  )

describe('the evidence of a file for court', () => {
  it('stands in the order of its parts', () => {
    expect(names()).toEqual([
      'pieces.contract',
      'pieces.scan',
      'sheets.performance',
      'pieces.receipt',
      'pieces.invoice',
      'pieces.statement',
      'pieces.countersigned',
      'pieces.plan',
      'pieces.letters.demand',
      'pieces.sending',
      'sheets.contacts',
      'sheets.interest',
      'sheets.limitation',
    ])
    const places = piecesOf(facts()).map(({ section }) => SECTIONS.indexOf(section))
    expect(places).toEqual(places.toSorted((a, b) => a - b))
  })

  it('is only what there is', () => {
    const bare = { contracts: [], invoices: [], statements: [], plans: [], letters: [], contacts: 0 }
    expect(names(bare)).toEqual(['sheets.interest', 'sheets.limitation'])
    expect(piecesOf(facts()).find(({ paper: one }) => one?.name === 'scan.pdf')?.name.params?.['file']).toBe('scan')
  })
})

describe('what is missing', () => {
  it.each([
    ['nothing', {}, []],
    ['a debt without contract', { debts: [{ ...facts().debts[0]!, hasContract: false }] }, ['noContract!']],
    ['a scan', { contracts: [contract({ scans: [] })] }, ['noScan']],
    ['any paper of a contract', { contracts: [contract({ signed: null, scans: [] })] }, ['noPaper!']],
    ['a delivery', { contracts: [contract({ deliveries: 0, receipts: [] })] }, ['noDelivery!']],
    ['a receipt', { contracts: [contract({ receipts: [] })] }, ['noReceipt']],
    ['invoices', { invoices: [] }, ['noInvoice']],
    ['the file of an invoice', { invoices: [{ number: '1', day: '', files: [] }] }, ['noInvoiceFile']],
    ['a confirmed statement', { statements: [] }, ['noStatement']],
    ['its countersigned copy', { statements: [{ ...facts().statements[0]!, scans: [] }] }, ['noCountersign']],
    ['any demand', { letters: [] }, ['noDemand']],
    [
      'the sending of a letter',
      { letters: [{ ...facts().letters[0]!, sent: false, proof: 'none' }] },
      ['noDemand', 'notSent'],
    ],
    ['the proof of a letter', { letters: [{ ...facts().letters[0]!, proof: 'weak' }] }, ['noDemand', 'unproven']],
    ['the scan of a sending', { letters: [{ ...facts().letters[0]!, scans: [] }] }, ['noSendingScan']],
    [
      'who the defendant is',
      { defendant: { uscc: '', address: '', legalRepresentative: '' } },
      ['noUscc', 'noAddress', 'noRepresentative'],
    ],
    ['who we are', { plaintiff: { ...side, address: '' } }, ['ourFacts']],
  ] as const)('%s', (_, over, expected) => {
    expect(gaps(over as Partial<CourtFacts>)).toEqual(expected)
  })

  it.each([
    ['2026-05-17', 'expired!'],
    ['2026-05-18', 'expiring!'],
    ['2026-08-16', 'expiring!'],
    ['2026-08-17', undefined],
  ])('limitation that ends on %s', (limitationDay, expected) => {
    expect(gaps({ debts: [{ ...facts().debts[0]!, limitationDay }] })[0]).toBe(expected)
  })
})

describe('where to sue', () => {
  const of = (...contracts: [CourtContract['disputeWay'], string][]) => {
    const found = forumOf(
      contracts.map(([disputeWay, disputePlace]) => ({ disputeWay, disputePlace })),
      '成都市',
    )
    return [found.kind, found.place]
  }
  it('is what the contracts agree on, else the domicile of the defendant', () => {
    expect(of(['court', '甲法院'], ['court', '甲法院'])).toEqual(['agreed', '甲法院'])
    expect(of(['court', ''])).toEqual(['domicile', '成都市'])
    expect(of()).toEqual(['domicile', '成都市'])
    expect(of(['arbitration', '乙仲裁委员会'])).toEqual(['arbitration', '乙仲裁委员会'])
    expect(of(['court', '甲法院'], ['court', '丙法院'])).toEqual(['several', ''])
    expect(of(['court', '甲法院'], ['court', ''])).toEqual(['several', ''])
    expect(of(['court', '甲法院'], ['arbitration', '甲法院'])).toEqual(['several', ''])
  })
  it('does not depend on the order of the contracts', () => {
    const one = fc.record({
      disputeWay: fc.constantFrom('court' as const, 'arbitration' as const),
      disputePlace: fc.constantFrom('', '甲', '乙'),
    })
    fc.assert(
      fc.property(fc.array(one, { maxLength: 4 }), (some) => {
        expect(forumOf(some.toReversed(), 'x')).toEqual(forumOf(some, 'x'))
      }),
    )
  })
})

describe('the draft of a complaint', () => {
  const party = { name: '成都兴川机械制造有限公司', ...side, phone: '' }
  const input: ComplaintInput = {
    language: 'zh-CN',
    day: '2026-05-18',
    plaintiff: { ...party, name: '重庆山城机械配件有限公司' },
    defendant: party,
    forum: { kind: 'agreed', place: '重庆市九龙坡区人民法院' },
    contracts: [{ number: 'HT-1', title: '轴承购销', signDay: '2025-01-05', amount: 10_000, goods: ['轴承'] }],
    debts: [{ contractNumber: 'HT-1', label: '货款', dueDay: '2025-03-01', outstanding: 10_000 }],
    principal: 10_000,
    interest: 321,
    costs: 500,
    bases: [{ key: 'receivables:basis.kinds.lpr' }],
    delivered: { from: '2025-02-01', to: '2025-02-02' },
    letters: 2,
    arrived: '2026-03-01',
    confirmed: true,
    pieces: 9,
  }
  const text = (over: Partial<ComplaintInput> = {}) =>
    JSON.stringify(complaintDocument({ ...input, ...over }, makeTranslator(over.language ?? 'zh-CN')))

  it('asks for principal, interest to date and onward, costs and fees', () => {
    const said = text()
    for (const part of [
      '100.00',
      '3.21',
      '5.00',
      '壹佰元整',
      '自次日起至实际付清之日止',
      '诉讼费',
      '九龙坡',
      '2026-03-01',
    ])
      expect(said).toContain(part)
  })
  it('leaves out what there is none of, and leaves room for what is not known', () => {
    const said = text({ costs: 0, delivered: null, letters: 0, arrived: null, confirmed: false })
    for (const part of ['实现债权的费用', '按约交付', '催款函', '书面确认']) expect(said).not.toContain(part)
    expect(text({ defendant: { ...party, uscc: '' } })).toContain('____________')
  })
  it('becomes an application where arbitration was agreed', () => {
    const said = text({ forum: { kind: 'arbitration', place: '重庆仲裁委员会' } })
    expect(said).toContain('仲裁申请书')
    expect(said).not.toContain('诉讼费')
  })
  it.each(['zh-TW', 'en'] as const)('speaks %s without a word missing', (language) => {
    expect(text({ language })).not.toMatch(/dunning:|receivables:/)
  })
})
