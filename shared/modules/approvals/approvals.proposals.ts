import type { Translate } from '#shared/i18n/translate.ts'
import type { ApprovalKind } from './approvals.rules.ts'
import type { DefinitionBody } from './approvals.schema.ts'

/** ¥100,000 and ¥1,000,000 in fen. */
const REVIEWED_FROM = 10_000_000
const OWNED_FROM = 100_000_000

/**
 * The way that is proposed for a kind of document, not in use until somebody turns it on: the leader of the team, from
 * ¥100,000 on whoever reviews contracts, from ¥1,000,000 on an owner. A quotation asks for its leader alone.
 */
export function proposedWay(kind: ApprovalKind, t: Translate): DefinitionBody {
  const step = (name: string, assignee: DefinitionBody['steps'][number]['assignees'][number], from: number | null) => ({
    name: t(`approvals:proposal.${name}`),
    mode: 'any' as const,
    assignees: [assignee],
    amountFrom: from as DefinitionBody['steps'][number]['amountFrom'],
    days: 2,
  })
  return {
    kind,
    name: t(`approvals:proposal.${kind}`),
    enabled: false,
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
    steps: [
      step('leader', { kind: 'teamLeader' }, null),
      ...(kind === 'quotation'
        ? []
        : [
            step('review', { kind: 'role', role: 'reviewer' }, REVIEWED_FROM),
            step('owner', { kind: 'role', role: 'owner' }, OWNED_FROM),
          ]),
    ],
    empty: { kind: 'toOwner' },
    own: 'toSuperior',
    repeated: 'once',
  }
}
