/** What can be on file for an event. Words under `receivables:evidence.proofs`. */
export const PROOFS = [
  'document',
  'number',
  'contents',
  'agreedAddress',
  'posted',
  'outcome',
  'scan',
  'signature',
  'signerRole',
  'messageFile',
  'identity',
  'recording',
  'transcript',
  'certificate',
  'publication',
  'debtorMissing',
  'bankSlip',
  'purpose',
  'filing',
] as const
export type Proof = (typeof PROOFS)[number]

/** What kinds of events there are: our demand, their consent, proceedings of a court or the like. */
export type EvidenceGroup = 'demand' | 'consent' | 'proceeding'

interface EvidenceRule {
  readonly group: EvidenceGroup
  /** Key under `contracts:articles`. */
  readonly article: string
  /** Without these the event proves nothing. */
  readonly least: readonly Proof[]
  /** With all of these it is strong, with some of them missing weak. */
  readonly needs: readonly Proof[]
  /**
   * Whether it brings back a debt whose limitation period has run out (时效规定 19): consent to pay does, a payment or a
   * confirmed balance alone does not.
   */
  readonly revives?: boolean
}

const demand = (article: string, least: readonly Proof[], needs: readonly Proof[]): EvidenceRule => ({
  group: 'demand',
  article,
  least,
  needs,
})
const consent = (least: readonly Proof[], needs: readonly Proof[], revives = true): EvidenceRule => ({
  group: 'consent',
  article: 'limitation14',
  least,
  needs,
  revives,
})
const proceeding = (article: string): EvidenceRule => ({
  group: 'proceeding',
  article,
  least: ['filing'],
  needs: [],
})

/**
 * Which event interrupts the limitation period by which article (民法典 195; 诉讼时效规定 8, 10–14, 17), and what must be
 * on file to prove it. A letter counts when it arrived or should have arrived: posted to the agreed address it counts
 * although it was refused or came back. Who signs for a firm must be its legal representative, the person in charge,
 * its mail room or somebody authorised.
 */
export const EVIDENCE = {
  ems: demand('limitation8b', ['document', 'number', 'posted'], ['contents', 'agreedAddress', 'outcome', 'scan']),
  courier: demand('limitation8b', ['document', 'number', 'posted', 'outcome'], ['contents', 'agreedAddress', 'scan']),
  hand: demand('limitation8a', ['document', 'signature'], ['signerRole', 'scan']),
  notarised: demand('limitation8a', ['document', 'certificate'], ['outcome']),
  email: demand('limitation8b', ['document', 'messageFile'], ['agreedAddress', 'outcome']),
  message: demand('limitation8b', ['messageFile'], ['agreedAddress', 'identity', 'document']),
  phone: demand('civil195', ['recording'], ['identity', 'transcript']),
  visit: demand('limitation8a', ['document'], ['signature', 'signerRole', 'scan']),
  announcement: demand('limitation8d', ['publication', 'debtorMissing'], ['document']),
  partPayment: consent([], ['bankSlip', 'purpose'], false),
  interestPayment: consent([], ['bankSlip', 'purpose'], false),
  statement: consent(['document', 'signature'], ['signerRole', 'scan'], false),
  acknowledgement: consent(['document', 'signature'], ['signerRole', 'scan']),
  repaymentPlan: consent(['document', 'signature'], ['signerRole', 'scan']),
  extension: consent(['document'], ['signature', 'signerRole', 'scan']),
  guarantee: consent(['document'], ['signature', 'scan']),
  takenOver: { ...consent(['document'], ['signature', 'scan']), article: 'limitation17' },
  assignment: demand('limitation17', ['document', 'posted'], ['agreedAddress', 'outcome']),
  lawsuit: proceeding('limitation10'),
  arbitration: proceeding('civil195'),
  paymentOrder: proceeding('limitation11'),
  preservation: proceeding('limitation11'),
  enforcement: proceeding('limitation11'),
  bankruptcy: proceeding('limitation11'),
  joinder: proceeding('limitation11'),
  setOff: proceeding('limitation11'),
  mediation: proceeding('limitation12'),
  report: proceeding('limitation13'),
} as const satisfies Record<string, EvidenceRule>

export type EvidenceKind = keyof typeof EVIDENCE
export const EVIDENCE_KINDS = Object.keys(EVIDENCE) as EvidenceKind[]

export type Strength = 'strong' | 'weak' | 'none'

/** How well an event is proven, and what is missing to make it strong: the things without which it is nothing first. */
export interface EvidenceVerdict {
  readonly strength: Strength
  readonly missing: readonly Proof[]
  readonly article: string
}

/** The rule of a kind, with what only some kinds have. */
export const evidenceRule = (kind: EvidenceKind): EvidenceRule => EVIDENCE[kind]

/** Judges what is on file for an event of this kind. */
export function judgeEvidence(kind: EvidenceKind, onFile: ReadonlySet<Proof>): EvidenceVerdict {
  const { least, needs, article } = evidenceRule(kind)
  const missing = [...least, ...needs].filter((proof) => !onFile.has(proof))
  const strength = missing.length === 0 ? 'strong' : least.some((proof) => !onFile.has(proof)) ? 'none' : 'weak'
  return { strength, missing, article }
}
