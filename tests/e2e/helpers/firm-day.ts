import type { PlainDay } from '#shared/kernel/dates.ts'

/** Where the office is: the firm's days are those of this zone, wherever the tests run. */
export const OFFICE_ZONE = 'Asia/Shanghai'

/** The firm's own day: it is tomorrow there while it is still today in London. */
export const firmDay = () => new Date().toLocaleDateString('sv-SE', { timeZone: OFFICE_ZONE }) as PlainDay
