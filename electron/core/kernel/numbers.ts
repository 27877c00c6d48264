import { sql, type RawBuilder } from 'kysely'

const LAST = '\u{10FFFF}'

/** Whether a number or code begins with a text as typed; an index on the column answers it. */
export function beginsWith(column: string, text: string): RawBuilder<boolean> {
  const start = text.normalize('NFKC').toUpperCase()
  return sql`${sql.ref(column)} >= ${start} AND ${sql.ref(column)} < ${start + LAST}`
}

/** Whether a number has a text as typed in it; every entry of an index on the column is looked at. */
export function holdsText(column: string, text: string): RawBuilder<boolean> {
  return sql`instr(${sql.ref(column)}, ${text.normalize('NFKC').toUpperCase()}) > 0`
}

/** Numbers hold digits: a text without one cannot be part of what tells two of them apart. */
export const mayBeInNumber = (text: string): boolean => /\d/.test(text.normalize('NFKC'))
