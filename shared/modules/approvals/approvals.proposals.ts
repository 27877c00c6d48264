import type { Translate } from '#shared/i18n/translate.ts'
import { SECOND_PERSON_KINDS, type ApprovalKind } from './approvals.kinds.rules.ts'
import type { DefinitionBody } from './approvals.schema.ts'

/** ¥50,000, ¥100,000 and ¥1,000,000 in fen. */
const GIVEN_FROM = 5_000_000
const REVIEWED_FROM = 10_000_000
const OWNED_FROM = 100_000_000

type Asked = readonly [
  name: string,
  assignee: DefinitionBody['steps'][number]['assignees'][number],
  from: number | null,
]
const LEADER: Asked = ['leader', { kind: 'teamLeader' }, null]
const REVIEW: Asked = ['review', { kind: 'role', role: 'reviewer' }, REVIEWED_FROM]
const ownerFrom = (from: number | null): Asked => ['owner', { kind: 'role', role: 'owner' }, from]

/** A difficulty is the superior's to decide; a large one an owner's as well. */
const ESCALATED: readonly Asked[] = [LEADER, ownerFrom(REVIEWED_FROM)]

function stepsOf(kind: ApprovalKind): readonly Asked[] {
  if (kind === 'quotation') return [LEADER]
  if (kind === 'escalation') return ESCALATED
  if (kind === 'correction' || kind === 'proposal') return [ownerFrom(null)]
  if (!SECOND_PERSON_KINDS.includes(kind)) return [LEADER, REVIEW, ownerFrom(OWNED_FROM)]
  return [LEADER, ['finance', { kind: 'role', role: 'finance' }, null], ownerFrom(GIVEN_FROM)]
}

/**
 * The way that is proposed for a kind of record, not in use until somebody turns it on: the leader of the team, from
 * ¥100,000 on whoever reviews contracts, from ¥1,000,000 on an owner. A quotation asks for its leader alone; what gives
 * money away for leader and finance, from ¥50,000 on an owner; a customer's difficulty for its leader, from ¥100,000 on
 * an owner; the correction of a locked month, and what an appraisal leads to, for an owner.
 */
export function proposedWay(kind: ApprovalKind, t: Translate): DefinitionBody {
  return {
    ...way(kind, stepsOf(kind), t),
    name: t(`approvals:proposal.${kind}`),
    enabled: false,
    own: 'toSuperior',
  }
}

/**
 * What is gone where no way is in use for a kind that one person never decides: an owner, none whose matter it is. A
 * difficulty is reported to the superior.
 */
export function secondPersonWay(kind: ApprovalKind, t: Translate): DefinitionBody {
  if (kind === 'escalation') return { ...proposedWay(kind, t), enabled: true }
  const name = t('approvals:proposal.secondPerson')
  return { ...way(kind, [ownerFrom(null)], t), name, enabled: true, own: 'skip' }
}

function way(
  kind: ApprovalKind,
  steps: readonly Asked[],
  t: Translate,
): Omit<DefinitionBody, 'name' | 'enabled' | 'own'> {
  return {
    kind,
    binding: true,
    position: 10,
    conditions: {
      amountFrom: null,
      amountTo: null,
      discountFrom: null,
      discountTo: null,
      paymentDaysFrom: null,
      paymentDaysTo: null,
      grades: [],
      departmentIds: [],
    },
    steps: steps.map(([name, assignee, from]) => ({
      name: t(`approvals:proposal.${name}`),
      mode: 'any',
      assignees: [assignee],
      amountFrom: from as DefinitionBody['steps'][number]['amountFrom'],
      days: 2,
    })),
    empty: { kind: 'toOwner' },
    repeated: 'once',
  }
}
