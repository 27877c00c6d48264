import { addDays, type PlainDay } from '#shared/kernel/dates.ts'
import type { Reason } from '#shared/kernel/reason.ts'
import { normaliseCode } from '#shared/kernel/text.ts'
import {
  judgeEvidence,
  type EvidenceVerdict,
  type Proof,
} from '#shared/modules/receivables/receivables.evidence.rules.ts'

/** The ways a letter goes; each is a kind of evidence. */
export const CHANNELS = ['ems', 'courier', 'hand', 'email', 'message', 'notarised'] as const
export type Channel = (typeof CHANNELS)[number]

/** What became of a letter. */
export const OUTCOMES = ['signed', 'refused', 'returned', 'delivered', 'unknown'] as const
export type Outcome = (typeof OUTCOMES)[number]

/** Who took it; the first four may for a firm (诉讼时效规定 8). */
export const SIGNERS = ['legalRepresentative', 'inCharge', 'mailRoom', 'authorised', 'other', 'unknown'] as const
export type Signer = (typeof SIGNERS)[number]
const ENTITLED: readonly Signer[] = ['legalRepresentative', 'inCharge', 'mailRoom', 'authorised']

/** Everything on file about the sending of one letter. */
export interface Sending {
  readonly channel: Channel
  readonly number: string
  /** What the form names as contents (内件品名). */
  readonly contents: string
  /** The postal or electronic address that was used. */
  readonly address: string
  readonly postedDay: PlainDay
  readonly outcome: Outcome
  readonly outcomeDay: PlainDay | null
  readonly signer: Signer
  readonly signature: boolean
  /** Whether these are kept: the letter itself, a photo of the form, the message as it was sent, a notary's record. */
  readonly kept: {
    readonly letter: boolean
    readonly scan: boolean
    readonly message: boolean
    readonly certificate: boolean
  }
}

/** Against what a sending is held. */
export interface SendingContext {
  readonly letterNumber: string
  readonly letterDay: PlainDay
  /** Addresses for service agreed in the contract, and the registered one. */
  readonly addresses: readonly string[]
  /** Days after posting on which a letter to such an address should have arrived. */
  readonly transitDays: number
}

/** What a sending proves: how well, what is missing, from which day it counts, and what looks wrong. */
export interface SendingVerdict extends EvidenceVerdict {
  /** The day on which it arrived or should have; null where nothing says that it did. */
  readonly arrivalDay: PlainDay | null
  /** True where it only should have arrived: refused, returned, or never reported (诉讼时效规定 8.1(2)). */
  readonly presumed: boolean
  readonly faults: readonly Reason[]
}

/** Judges the proof of one letter's sending. A fault is for a person to look at; it makes nothing weaker by itself. */
export function judgeSending(sending: Sending, context: SendingContext): SendingVerdict {
  const agreed = isAgreed(sending.address, context.addresses)
  const verdict = judgeEvidence(sending.channel, proofsOf(sending, agreed))
  const arrival = arrivalOf(sending, agreed, context.transitDays)
  const strength = arrival.arrivalDay === null ? 'none' : verdict.strength
  return { ...verdict, strength, ...arrival, faults: faultsOf(sending, context, agreed) }
}

function proofsOf(sending: Sending, agreed: boolean): ReadonlySet<Proof> {
  const { kept } = sending
  const taken = sending.outcome === 'signed' || sending.outcome === 'delivered'
  const refused = sending.outcome === 'refused' || sending.outcome === 'returned'
  const held: readonly (readonly [Proof, boolean])[] = [
    ['document', kept.letter],
    ['number', sending.number !== ''],
    ['contents', sending.contents !== ''],
    ['agreedAddress', agreed],
    ['posted', true],
    // Refused or returned from the agreed address is as good as taken; from another it proves nothing.
    ['outcome', taken || (refused && agreed)],
    ['scan', kept.scan],
    ['signature', sending.signature],
    ['signerRole', ENTITLED.includes(sending.signer)],
    ['messageFile', kept.message],
    ['identity', agreed],
    ['certificate', kept.certificate],
  ]
  return new Set(held.filter(([, has]) => has).map(([proof]) => proof))
}

function arrivalOf(
  { channel, outcome, outcomeDay, postedDay }: Sending,
  agreed: boolean,
  transitDays: number,
): Pick<SendingVerdict, 'arrivalDay' | 'presumed'> {
  if (outcome === 'signed' || outcome === 'delivered') return { arrivalDay: outcomeDay ?? postedDay, presumed: false }
  if (!agreed) return { arrivalDay: null, presumed: false }
  if (outcome === 'refused' || outcome === 'returned') return { arrivalDay: outcomeDay ?? postedDay, presumed: true }
  const electronic = channel === 'email' || channel === 'message'
  return { arrivalDay: electronic ? postedDay : addDays(postedDay, transitDays), presumed: true }
}

function faultsOf(sending: Sending, context: SendingContext, agreed: boolean): Reason[] {
  const { channel, number, contents, postedDay, outcomeDay } = sending
  const faults: Reason[] = []
  const fault = (name: string, params?: Reason['params']) =>
    faults.push({ key: `dunning:proof.faults.${name}`, ...(params ? { params } : {}) })
  if (channel === 'ems' && number !== '') {
    const form = emsNumber(number)
    if (form === null) fault('emsNumber', { number })
    else if (!form.checked) fault('emsCheckDigit', { number })
  }
  if (contents !== '' && !plain(contents).includes(plain(context.letterNumber))) {
    fault('contents', { contents, number: context.letterNumber })
  }
  if (postedDay < context.letterDay) fault('postedEarly', { day: postedDay, letterDay: context.letterDay })
  if (outcomeDay !== null && outcomeDay < postedDay) fault('outcomeEarly', { day: outcomeDay, posted: postedDay })
  if (!agreed) fault('address', { address: sending.address })
  if (sending.outcome === 'signed' && sending.signer === 'other') fault('signer')
  return faults
}

const plain = (text: string) =>
  text
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}@]/gu, '')
    .toLowerCase()

function isAgreed(address: string, addresses: readonly string[]): boolean {
  const used = plain(address)
  return used !== '' && addresses.some((known) => plain(known) === used)
}

const S10 = /^[A-Z]{2}(\d{8})(\d)CN$/
const S10_WEIGHTS = [8, 6, 4, 2, 3, 5, 9, 7]
const DOMESTIC = /^1[0-4]\d{11}$/

/**
 * The number of an EMS letter: two letters, nine digits and `CN` with a check digit (UPU S10), or thirteen digits that
 * begin with 1. Null where it has neither form; `checked` false where the check digit is wrong.
 */
export function emsNumber(text: string): { readonly number: string; readonly checked: boolean } | null {
  const number = normaliseCode(text)
  if (DOMESTIC.test(number)) return { number, checked: true }
  const [, serial = '', check = ''] = S10.exec(number) ?? []
  if (serial === '') return null
  const sum = S10_WEIGHTS.reduce((total, weight, at) => total + weight * Number(serial[at]), 0)
  const digit = 11 - (sum % 11)
  return { number, checked: Number(check) === (digit === 10 ? 0 : digit === 11 ? 5 : digit) }
}
