import { z } from 'zod'
import { normaliseCode } from './text.ts'

const SET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]

/** The check character of the first 17 characters of a 统一社会信用代码 (GB 32100), or null for a wrong character. */
export function usccCheckCharacter(first17: string): string | null {
  let sum = 0
  for (let i = 0; i < 17; i += 1) {
    const value = SET.indexOf(first17.charAt(i))
    if (value < 0 || first17.charAt(i) === '') return null
    sum += value * (WEIGHTS[i] ?? 0)
  }
  return SET.charAt((31 - (sum % 31)) % 31)
}

/** True for a code of 18 characters whose check character is right; letters in the first eight are allowed. */
export function isUscc(code: string): boolean {
  return code.length === 18 && usccCheckCharacter(code.slice(0, 17)) === code.charAt(17)
}

/** Lower case, full-width characters and spaces are accepted and put right. */
export const uscc = z
  .string('validation:required')
  .max(60, 'validation:tooLong')
  .transform(normaliseCode)
  .pipe(z.string().refine(isUscc, { message: 'validation:uscc' }))
