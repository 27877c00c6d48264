import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  CONTACT_CHOICES,
  MERGE_FIELDS,
  differingFields,
  differingOwnFields,
  mergedFields,
  proposedOwnFields,
  proposedTake,
  unmergedFields,
} from '#shared/modules/customers/customers.merge.rules.ts'
import { customerFields, type CustomerFields } from '#shared/modules/customers/customers.schema.ts'
import { firmDomain } from '#shared/modules/customers/customers.rules.ts'

const file = (over: object = {}) => customerFields.parse({ name: '重庆川力', source: 'web', ...over })
const contact = fc.record({ name: fc.constantFrom('王', '李', '赵'), mobile: fc.constantFrom('', '13800138000') })
const files = fc
  .record({
    name: fc.constantFrom('甲', '乙'),
    region: fc.constantFrom('', '重庆', '成都'),
    grade: fc.constantFrom('A', 'B', 'D'),
    stage: fc.constantFrom('lead', 'prospect', 'customer'),
    invoice: fc.record({ title: fc.constantFrom('', '甲公司') }),
    contacts: fc.array(contact, { maxLength: 4 }),
  })
  .map((over) => file(over))
const take = fc.subarray([...MERGE_FIELDS])
const OWN = ['annual', 'paid', 'since']
const ownTake = fc.subarray(OWN)

describe('the proposal', () => {
  it('fills what the kept file does not say, and keeps the later stage and the better grade', () => {
    const kept = file({ region: '重庆', grade: 'B', stage: 'customer', invoice: {} })
    const dropped = file({ region: '成都', industry: '农机', grade: 'A', stage: 'lead', invoice: { title: '川力' } })
    expect(differingFields(kept, dropped).toSorted()).toEqual(['grade', 'industry', 'invoice', 'region', 'stage'])
    expect(proposedTake(kept, dropped).toSorted()).toEqual(['grade', 'industry', 'invoice'])
  })

  it('names nothing in which the files are the same', () => {
    fc.assert(
      fc.property(files, files, (kept, dropped) => {
        for (const field of proposedTake(kept, dropped)) expect(kept[field]).not.toEqual(dropped[field])
        expect(proposedTake(kept, kept)).toEqual([])
      }),
    )
  })
})

describe('the merged file', () => {
  it('has every field from one of the two, as chosen, and no person twice', () => {
    fc.assert(
      fc.property(
        files,
        files,
        take,
        fc.constantFrom(...CONTACT_CHOICES),
        ownTake,
        (kept, dropped, chosen, contacts, ownChosen) => {
          const merged = mergedFields(kept, dropped, chosen, contacts, ownChosen)
          for (const field of MERGE_FIELDS)
            expect(merged[field]).toEqual((chosen.includes(field) ? dropped : kept)[field])
          for (const key of OWN) {
            const from = ownChosen.includes(key) ? dropped : kept
            expect(merged.fields[key] ?? null).toEqual(from.fields[key] ?? null)
          }
          if (contacts === 'kept') expect(merged.contacts).toEqual(kept.contacts)
          if (contacts === 'dropped') expect(merged.contacts).toEqual(dropped.contacts)
          const who = (one: CustomerFields['contacts'][number]) => one.name + one.mobile
          for (const one of [...kept.contacts, ...dropped.contacts]) {
            if (contacts === 'both') expect(merged.contacts.map(who)).toContain(who(one))
          }
        },
      ),
    )
  })

  it('is the kept one again when it is taken back at once', () => {
    fc.assert(
      fc.property(
        files,
        files,
        take,
        fc.constantFrom(...CONTACT_CHOICES),
        ownTake,
        (kept, dropped, chosen, contacts, ownChosen) => {
          const merged = mergedFields(kept, dropped, chosen, contacts, ownChosen)
          expect(unmergedFields(kept, merged, merged)).toEqual({ fields: kept, stayed: [] })
        },
      ),
    )
  })

  it('keeps what was changed since when it is taken back, and that alone', () => {
    const kept = file({ region: '重庆' })
    const merged = mergedFields(kept, file({ region: '成都', industry: '农机' }), ['region', 'industry'], 'both', [])
    const { fields, stayed } = unmergedFields(kept, merged, { ...merged, industry: '矿山' })
    expect(stayed).toEqual(['industry'])
    expect(fields).toEqual({ ...kept, industry: '矿山' })
  })

  it('proposes of the own fields what the kept file does not say, and gives each back by itself', () => {
    const kept = file({ fields: { annual: 100, since: '2020-01-01' } })
    const dropped = file({ fields: { annual: 200, paid: true } })
    expect(differingOwnFields(kept, dropped)).toEqual(['annual', 'paid', 'since'])
    expect(proposedOwnFields(kept, dropped)).toEqual(['paid'])
    const merged = mergedFields(kept, dropped, [], 'both', ['annual', 'paid'])
    expect(merged.fields).toEqual({ annual: 200, paid: true, since: '2020-01-01' })
    const { fields, stayed } = unmergedFields(kept, merged, { ...merged, fields: { ...merged.fields, paid: false } })
    expect(stayed).toEqual(['fields'])
    expect(fields.fields).toEqual({ annual: 100, paid: false, since: '2020-01-01' })
  })
})

it.each([
  ['a@Valve.com', 'valve.com'],
  ['a@qq.com', ''],
  ['a@VIP.163.com', ''],
  ['nobody', ''],
  ['', ''],
])('the domain of %s says %j of a firm', (email, domain) => {
  expect(firmDomain(email)).toBe(domain)
})
