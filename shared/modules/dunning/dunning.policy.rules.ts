import type { Locale } from '#shared/i18n/locale.ts'
import type { Translate } from '#shared/i18n/translate.ts'
import { STEP_KINDS, type Ladder, type StepKind, type Wording } from './dunning.ladder.rules.ts'
import type { DunningLevel, DunningPolicy, LetterWording } from './dunning.policy.schema.ts'
import { CHANNELS, type Channel } from './dunning.proof.rules.ts'

/** The ladder that a policy describes. */
export function ladderOf({ levels, minAmount, trustDays }: DunningPolicy): Ladder {
  return { steps: levels, minAmount, trustDays: { ...trustDays, normal: 0 } }
}

/**
 * The place of a step that is remembered by its key. One that the policy no longer has counts as the last one of its
 * kind or, without any, as the last one that is milder: nobody begins again because a level was renamed.
 */
export function placeOf(
  levels: readonly Pick<DunningLevel, 'key' | 'kind'>[],
  key: string,
  kind: StepKind,
): number | null {
  const same = levels.findIndex((level) => level.key === key)
  if (same >= 0) return same
  const rank = STEP_KINDS.indexOf(kind)
  const last = levels.findLastIndex((level) => STEP_KINDS.indexOf(level.kind) <= rank)
  return last < 0 ? null : last
}

/** The way by which letters of a level go first; null for a level of calls and visits, and for the file for court. */
export function letterChannel({ kind, channels }: Pick<DunningLevel, 'kind' | 'channels'>): Channel | null {
  if (kind === 'court') return null
  return CHANNELS.find((channel) => channels[0] === channel) ?? null
}

const PARTS = ['title', 'opening', 'demand', 'closing'] as const

/**
 * The words of a level's letter: those for the reason, part by part, where there are any. Once the limitation has run
 * out a letter asks for consent to pay and demands nothing (民法典 192): without words of the firm's own, by the program's.
 */
export function wordingOf(level: DunningLevel, locale: Locale, wording: Wording, t: Translate): LetterWording {
  const { letter, cases } = level.texts[locale]
  if (wording === 'standard') return letter
  const own = cases[wording]
  const part = (name: (typeof PARTS)[number]) =>
    own?.[name] || (wording === 'expired' ? t(`dunning:expired.${name}`) : letter[name])
  return { title: part('title'), opening: part('opening'), demand: part('demand'), closing: part('closing') }
}

/** Subject and text of the e-mail that takes a letter along; the text of the firm or the program's. */
export function emailOf(level: DunningLevel, locale: Locale, t: Translate): { subject: string; text: string } {
  const { subject, email } = level.texts[locale]
  return { subject: subject || t('dunning:email.subject'), text: email || t(`dunning:email.${level.kind}`) }
}

/** What to say on the phone at a level. */
export function scriptOf(level: DunningLevel, locale: Locale, t: Translate): string {
  return level.texts[locale].script || t(`dunning:script.${level.kind}`)
}

/** Fills `{amount}`, `{deadline}`, `{firm}`, `{customer}` and what else is given; an unknown name is left as it stands. */
export function fillWording(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? '') : whole,
  )
}

/** So many levels a policy has at most. */
export const MOST_LEVELS = 9

/**
 * The levels with another one behind that at a place: a copy of it under a key of its own, since letters remember keys,
 * on a day halfway to the next one. A reminder is followed by the first demand. Nothing changes where there are as many
 * as there may be.
 */
export function withLevel(levels: readonly DunningLevel[], at: number, key: string): DunningLevel[] {
  const before = levels[at]
  if (!before || levels.length >= MOST_LEVELS) return [...levels]
  const kind = before.kind === 'reminder' && before.days === 0 ? 'demand' : before.kind
  const next = levels[at + 1]?.days ?? before.days + 2 * Math.max(1, before.gapDays)
  // A reminder comes before the due day, whatever follows it.
  const room = kind === 'reminder' ? Math.min(next, 1) : Math.max(next, before.days + 2)
  const days = Math.max(before.days + 1, Math.floor((before.days + room) / 2))
  return levels.toSpliced(at + 1, 0, {
    ...before,
    key,
    kind,
    days: kind === 'reminder' ? Math.min(days, 0) : Math.max(days, 1),
  })
}

/** The levels without that at a place; the last one that is left stays. */
export function withoutLevel(levels: readonly DunningLevel[], at: number): DunningLevel[] {
  return levels.length === 1 ? [...levels] : levels.toSpliced(at, 1)
}

/** Two neighbours change places. The days stay where they are, so that the ladder still rises. */
export function swapLevels(levels: readonly DunningLevel[], at: number): DunningLevel[] {
  const [one, other] = [levels[at], levels[at + 1]]
  if (!one || !other) return [...levels]
  const on = (level: DunningLevel, { days, dayKind }: DunningLevel) => ({ ...level, days, dayKind })
  return levels.toSpliced(at, 2, on(other, one), on(one, other))
}
