import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestCore, PASSWORD, refusalOf, TEST_NOW, type TestCore } from '#tests/helpers/test-core.ts'

describe('session', () => {
  let test: TestCore
  beforeAll(async () => {
    test = await createTestCore()
  })
  afterAll(() => test.close())

  it('answers alike for an unknown name and a wrong password', async () => {
    const seat = test.anonymous()
    const wrong = await refusalOf(seat.session.logIn({ login: 'sales', password: 'wrong password' }))
    const unknown = await refusalOf(seat.session.logIn({ login: 'nobody', password: 'wrong password' }))
    expect(wrong).toEqual({ code: 'SESSION_REFUSED', data: { retryAt: null } })
    expect(unknown).toEqual(wrong)
  })

  it('slows down after five wrong passwords, says until when, and forgets after a right one', async () => {
    const seat = test.anonymous()
    for (let i = 0; i < 5; i += 1) await refusalOf(seat.session.logIn({ login: 'hr', password: `wrong ${i}` }))
    const slowed = await refusalOf(seat.session.logIn({ login: 'hr', password: PASSWORD }))
    expect(slowed).toEqual({ code: 'SESSION_REFUSED', data: { retryAt: TEST_NOW + 1000 } })
    test.clock.set(TEST_NOW + 1500)
    expect((await seat.session.logIn({ login: 'hr', password: PASSWORD })).user.roles).toEqual(['hr'])
    test.clock.set(TEST_NOW)
  })

  it('ends when idle, and refuses every call afterwards', async () => {
    const seat = test.anonymous()
    await seat.session.logIn({ login: 'finance', password: PASSWORD })
    test.clock.set(TEST_NOW + 11 * 60_000)
    expect((await refusalOf(seat.people.briefs({}))).code).toBe('UNAUTHENTICATED')
    test.clock.set(TEST_NOW)
  })

  it('changes a password, ends the other seats, and refuses a weak one', async () => {
    const one = test.anonymous()
    const two = test.anonymous()
    await one.session.logIn({ login: 'reviewer', password: PASSWORD })
    await two.session.logIn({ login: 'reviewer', password: PASSWORD })
    const weak = await refusalOf(one.session.changePassword({ current: PASSWORD, next: 'woaini1314520' }))
    expect(weak.code).toBe('SESSION_PASSWORD_WEAK')
    await one.session.changePassword({ current: PASSWORD, next: 'another good phrase 7' })
    expect((await refusalOf(two.people.briefs({}))).code).toBe('UNAUTHENTICATED')
    expect((await refusalOf(two.session.logIn({ login: 'reviewer', password: PASSWORD }))).code).toBe('SESSION_REFUSED')
    await two.session.logIn({ login: 'reviewer', password: 'another good phrase 7' })
  })

  it('sets a password by the printed recovery code', async () => {
    const seat = test.anonymous()
    const info = await seat.session.recover({
      recoveryCode: test.recoveryCode.toLowerCase(),
      login: 'administrator',
      next: 'recovered phrase 99',
    })
    expect(info.user.login).toBe('administrator')
    await test.anonymous().session.logIn({ login: 'administrator', password: 'recovered phrase 99' })
  })

  it('opens again after a restart, with a password or the recovery code, and stays shut without', async () => {
    const core = await test.restart()
    const seat = core.localClient()
    expect((await seat.session.status({})).state).toBe('locked')
    expect((await refusalOf(seat.people.briefs({}))).code).toBe('UNAUTHENTICATED')
    await seat.session.logIn({ login: 'owner', password: PASSWORD })
    expect((await seat.session.status({})).state).toBe('open')
    expect(await seat.people.briefs({})).toHaveLength(8)
  })

  it('disabling an account ends its sessions at once', async () => {
    const owner = await test.as('owner')
    const seat = await test.as('sales_other')
    const { version } = await owner.people.get({ id: test.ids.sales_other })
    // The owner is administrator too and has just logged in.
    await owner.people.setActive({ id: test.ids.sales_other, version, active: false })
    expect((await refusalOf(seat.people.briefs({}))).code).toBe('UNAUTHENTICATED')
    const again = await refusalOf(test.anonymous().session.logIn({ login: 'sales_other', password: PASSWORD }))
    expect(again).toEqual({ code: 'SESSION_REFUSED', data: { retryAt: null } })
  })

  it('keeps the last administrator and one’s own roles', async () => {
    const owner = await test.as('owner')
    const me = await owner.people.get({ id: test.ids.owner })
    const own = await refusalOf(
      owner.people.update({ id: me.id, version: me.version, name: me.name, login: me.login, roles: ['owner'] }),
    )
    expect(own.code).toBe('PEOPLE_OWN_ROLES')
  })
})
