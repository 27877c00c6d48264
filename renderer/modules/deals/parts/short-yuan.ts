import { formatYuan } from '#shared/kernel/money.ts'

/** An amount in fen as yuan, without `.00`: where many stand side by side, few have fen. */
export const shortYuan = (fen: number): string => formatYuan(fen).replace(/\.00$/, '')
