import { describe, expect, it } from 'vitest'
import { newPassword } from '#shared/modules/session/session.schema.ts'
import { weakPassword } from '#shared/modules/session/password.rules.ts'

const CONTEXT = ['zhangwei', '张伟', '重庆山城机械配件有限公司']

describe('a password', () => {
  it.each([
    'passwordpassword',
    'Password1234',
    'P@ssw0rd2026!',
    'password-admin-2026',
    'administrator',
    'letmein letmein',
    'woaini1314520',
    'woaini5201314!',
    'zhangsan123456',
    'lixiaoming1985',
    'wangxiaohong@2026',
    'qwe123qwe123',
    'chongqing2026',
    'huawei.xiaomi.2026',
    '202020262026',
    '138001380001',
    '19850307198503',
  ])('as common as %s is refused', (password) => {
    expect(weakPassword(password, CONTEXT)).toMatch(/^session:password\.(common|repeated)$/)
  })

  it.each([
    'aaaaaaaaaaaa',
    'abababababab',
    'abc!abc!abc!',
    'abcdefghijkl',
    '123456789012',
    'qwertyuiop12',
    '112233445566',
    '1qaz2wsx3edc',
    'zyxwvutsrqpo',
    '            ',
  ])('that repeats or counts like %s is refused', (password) => {
    expect(weakPassword(password, CONTEXT)).not.toBeNull()
  })

  it.each(['zhangwei-2026', 'ZhangWei!!1985', '张伟的密码2026', '重庆山城机械配件有限公司1', 'xx zhangwei xx'])(
    'made of names, %s, is refused',
    (password) => {
      expect(weakPassword(password, CONTEXT)).not.toBeNull()
    },
  )

  it.each([
    'long enough phrase 42',
    'quite another phrase 7',
    'correct-Horse7-umbrella',
    '春天的雨水落在屋檐上面',
    'kT9#vQ2mLx!8Rd',
    'gebra-faltok-minzur',
    'purple-tractor-eleven-jam',
    'wo zai chongqing de di san nian',
  ])('as good as «%s» is taken', (password) => {
    expect(weakPassword(password, CONTEXT)).toBeNull()
  })

  it('has 12 to 128 signs, any of them, exactly as typed', () => {
    expect(newPassword.safeParse('x'.repeat(11)).success).toBe(false)
    expect(newPassword.safeParse('x'.repeat(12)).success).toBe(true)
    expect(newPassword.safeParse('x'.repeat(128)).success).toBe(true)
    expect(newPassword.safeParse('x'.repeat(129)).success).toBe(false)
    expect(newPassword.parse('  spaces stay  ')).toBe('  spaces stay  ')
  })

  it('of 128 hostile signs is judged at once', () => {
    const started = performance.now()
    for (const sign of ['a', 'ba', 'zhuang', '1a', 'n']) weakPassword(sign.repeat(128).slice(0, 128), CONTEXT)
    expect(performance.now() - started).toBeLessThan(200)
  })
})
