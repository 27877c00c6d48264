import { definitionBody } from '#shared/modules/approvals/approvals.schema.ts'
import { withTeam } from './team.ts'

// Brings a team, a way of approval and a deal that was agreed on into a firm that is set up, and whose program is
// closed; prints the deal: node tests/tools/contract-team.ts <data folder> <login> <password>

await withTeam(process.argv.slice(2), async ({ core, owner, as }) => {
  for (const kind of ['contract', 'supplement'] as const) {
    const step = (name: string, assignee: object) => ({
      name,
      mode: 'any',
      assignees: [assignee],
      amountFrom: null,
      days: 2,
    })
    const body = definitionBody.parse({
      kind,
      name: kind === 'contract' ? '合同审批' : '补充协议审批',
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
      steps: [step('团队负责人', { kind: 'teamLeader' }), step('法务审核', { kind: 'role', role: 'reviewer' })],
      empty: { kind: 'toOwner' },
      own: 'toSuperior',
      repeated: 'once',
    })
    await owner.approvals.saveDefinition({ id: null, version: 0, body })
  }
  const sales = await as('zhang')
  const customer = await sales.customers.create({
    name: '成都兴川机械制造有限公司',
    uscc: '91510100MA61T0TT27',
    address: '四川省成都市龙泉驿区经开南二路 88 号',
    source: 'web',
  } as never)
  const deal = await sales.deals.create({
    customerId: customer.id,
    name: '循环泵年度采购',
    amount: 12_000_000,
    expectedDay: core.deps.clock.today(),
  } as never)
  process.stdout.write(`${deal.id}\n`)
})
