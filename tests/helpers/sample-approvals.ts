import { definitionBody } from '#shared/modules/approvals/approvals.schema.ts'

/** A way for contracts: the team leader, then legal from ¥100,000 on, then an owner from ¥1,000,000 on. */
export const sampleWay = (over: object = {}) =>
  definitionBody.parse({
    kind: 'contract',
    name: '合同审批',
    enabled: true,
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
      { name: '团队负责人', mode: 'any', assignees: [{ kind: 'teamLeader' }], amountFrom: null, days: 2 },
      {
        name: '法务审核',
        mode: 'any',
        assignees: [{ kind: 'role', role: 'reviewer' }],
        amountFrom: 10_000_000,
        days: 2,
      },
      {
        name: '公司负责人',
        mode: 'any',
        assignees: [{ kind: 'role', role: 'owner' }],
        amountFrom: 100_000_000,
        days: 3,
      },
    ],
    empty: { kind: 'toOwner' },
    own: 'toSuperior',
    repeated: 'once',
    ...over,
  })
