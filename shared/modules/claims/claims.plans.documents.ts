import type { Translate } from '#shared/i18n/translate.ts'
import type { DocumentBlock, DocumentModel } from '#shared/kernel/document-model.ts'
import { formatYuan } from '#shared/kernel/money.ts'
import { rmbCapitals } from '#shared/kernel/rmb-capitals.ts'
import type { FirmProfile } from '#shared/modules/office/office.schema.ts'
import type { PlanView } from './claims.plans.schema.ts'

export interface PlanDocumentInput {
  readonly plan: PlanView
  readonly firm: FirmProfile
  readonly customer: { readonly name: string; readonly address: string; readonly contactName: string }
}

const UNSIGNED: readonly PlanView['stage'][] = ['draft', 'asked', 'void']

/**
 * A repayment agreement: what it fixes of each debt, what is paid when, what follows if it is not, and that what it
 * fixes takes the place of the accounts before it while nothing else of the contracts is given up.
 */
export function planDocument({ plan, firm, customer }: PlanDocumentInput, t: Translate): DocumentModel {
  const word = (key: string, params?: Record<string, string | number>) => t(`claims:plan.${key}`, params)
  const total = plan.principal + plan.interest + plan.costs
  const capitals = rmbCapitals(total, plan.language === 'zh-TW' ? 'zh-TW' : 'zh-CN')
  const amount =
    plan.language === 'en'
      ? word('amountFigures', { figures: formatYuan(total) })
      : word('amountBoth', { figures: formatYuan(total), capitals })
  const indent = plan.language !== 'en'
  const clause = (text: string): DocumentBlock => ({ kind: 'paragraph', indent, runs: [{ text }] })
  const head = (key: string): DocumentBlock => ({ kind: 'heading', text: word(key) })
  return {
    title: word('title'),
    language: plan.language,
    number: plan.number,
    issuer: firm.name,
    pageLabel: word('page'),
    ...(UNSIGNED.includes(plan.stage) ? { watermark: word(plan.stage === 'void' ? 'voided' : 'watermark') } : {}),
    blocks: [
      { kind: 'title', text: word('title'), subtitle: word('numberLine', { number: plan.number }) },
      {
        kind: 'facts',
        columns: 1,
        items: [
          { label: word('creditor'), value: [firm.name, firm.uscc].filter(Boolean).join('  ') },
          { label: word('debtor'), value: [customer.name, customer.address].filter(Boolean).join('  ') },
          { label: word('day'), value: plan.day },
        ],
      },
      clause(word('preamble')),
      head('clauses.confirms'),
      clause(word('confirms', { day: plan.day, amount })),
      {
        kind: 'table',
        columns: [
          { head: word('contract'), width: 96 },
          { head: word('label'), width: '*' },
          { head: word('formerDueDay'), width: 66 },
          { head: word('principal'), width: 84, align: 'right' },
          { head: word('interest'), width: 72, align: 'right' },
          { head: word('costs'), width: 62, align: 'right' },
        ],
        rows: plan.debts.map((debt) => [
          debt.contractNumber,
          debt.label,
          debt.formerDueDay ?? '',
          formatYuan(debt.principal),
          formatYuan(debt.interest),
          formatYuan(debt.costs),
        ]),
        sums: [[word('sum'), '', '', formatYuan(plan.principal), formatYuan(plan.interest), formatYuan(plan.costs)]],
      },
      head('clauses.pays'),
      clause(word('pays')),
      {
        kind: 'table',
        columns: [
          { head: word('no'), width: 50 },
          { head: word('lineDay'), width: '*' },
          { head: word('lineAmount'), width: 120, align: 'right' },
        ],
        rows: plan.lines.map((line) => [String(line.seq), line.dueDay, formatYuan(line.amount)]),
        sums: [[word('sum'), '', formatYuan(total)]],
      },
      {
        kind: 'facts',
        columns: 1,
        items: [
          { label: word('payee'), value: firm.name },
          { label: word('bank'), value: firm.bankName },
          { label: word('account'), value: firm.bankAccount },
        ].filter((item) => item.value !== ''),
      },
      head('clauses.breach'),
      clause(word(plan.callsIn ? 'callsIn' : 'callsNot')),
      clause(word('interestGoesOn')),
      ...(plan.guarantee === '' ? [] : [head('clauses.guarantee'), clause(plan.guarantee)]),
      head('clauses.effect'),
      clause(word('effect')),
      clause(word('interrupts')),
      ...(plan.terms === '' ? [] : [head('clauses.other'), ...plan.terms.split('\n').map(clause)]),
      clause(word('copies')),
      {
        kind: 'signatures',
        parties: [
          {
            heading: word('creditor'),
            name: firm.name,
            lines: [word('signer', { name: plan.ourSigner }), word('signDay', { day: plan.signDay ?? '' })],
            seal: word('seal', { seal: firm.sealName || firm.name }),
          },
          {
            heading: word('debtor'),
            name: customer.name,
            lines: [word('signer', { name: plan.signer }), word('signDay', { day: plan.signDay ?? '' })],
            seal: word('seal', { seal: customer.name }),
          },
        ],
      },
    ],
  }
}
