import type { Locale } from '#shared/i18n/locale.ts'
import type { Translate } from '#shared/i18n/translate.ts'
import type { DocumentBlock, DocumentModel } from '#shared/kernel/document-model.ts'
import { formatYuan } from '#shared/kernel/money.ts'
import type { ApprovalView } from './approvals.schema.ts'
import { actionWords, lineWords, seatWords, stepWords, valueWords } from './approvals.words.ts'

export interface ApprovalSheetInput {
  readonly approval: ApprovalView
  readonly firmName: string
  readonly language: Locale
  /** A moment as it is printed. */
  readonly momentWords: (moment: number) => string
}

/** The approval sheet: what was asked, who decided what and when, and what each said. */
export function approvalDocument(
  { approval, firmName, language, momentWords }: ApprovalSheetInput,
  t: Translate,
): DocumentModel {
  const word = (key: string) => t(`approvals:document.${key}`)
  const field = (key: string) => t(`approvals:fields.${key}`)
  return {
    title: `${word('title')} ${approval.title}`,
    language,
    number: approval.title,
    issuer: firmName,
    pageLabel: word('page'),
    footNote: `${field('hash')} ${approval.hash.slice(0, 16)}`,
    ...(approval.outcome === 'approved' ? {} : { watermark: t(`approvals:outcomes.${approval.outcome}`) }),
    blocks: [
      { kind: 'title', text: word('title'), subtitle: approval.title },
      {
        kind: 'facts',
        columns: 2,
        items: [
          { label: field('kind'), value: t(`approvals:kinds.${approval.kind}`) },
          { label: field('outcome'), value: t(`approvals:outcomes.${approval.outcome}`) },
          { label: field('customer'), value: approval.customerName },
          { label: field('amount'), value: approval.amount === null ? '' : formatYuan(approval.amount) },
          { label: field('applicant'), value: approval.applicantName },
          { label: field('owner'), value: approval.ownerName },
          { label: field('submittedAt'), value: momentWords(approval.submittedAt) },
          {
            label: field('way'),
            value: `${approval.definitionName} · ${t('approvals:fields.edition', { edition: approval.edition })}`,
          },
        ],
      },
      { kind: 'heading', text: t('approvals:parts.steps') },
      stepsTable(approval, t),
      { kind: 'heading', text: t('approvals:parts.history') },
      historyTable(approval, momentWords, t),
      { kind: 'heading', text: t('approvals:parts.content') },
      ...contentBlocks(approval, t),
      {
        kind: 'signatures',
        parties: [
          {
            heading: word('filed'),
            name: firmName,
            lines: [word('signature'), word('date')],
            seal: '',
          },
        ],
      },
    ],
  }
}

function stepsTable({ steps }: ApprovalView, t: Translate): DocumentBlock {
  const word = (key: string) => t(`approvals:document.${key}`)
  return {
    kind: 'table',
    columns: [
      { head: word('no'), width: 28, align: 'center' },
      { head: t('approvals:fields.step'), width: 110 },
      { head: t('approvals:define.fields.mode'), width: 90 },
      { head: word('approver'), width: '*' },
      { head: word('decision'), width: 60 },
    ],
    rows: steps.map((step, index) => [
      String(index + 1),
      stepWords(step, t),
      t(`approvals:modes.${step.mode}`),
      step.seats.map((seat) => seatWords(seat, t)).join(word('between')) || t('approvals:steps.nobody'),
      t(`approvals:steps.${step.state}`),
    ]),
  }
}

function historyTable({ actions }: ApprovalView, momentWords: (moment: number) => string, t: Translate): DocumentBlock {
  const word = (key: string) => t(`approvals:document.${key}`)
  return {
    kind: 'table',
    columns: [
      { head: word('at'), width: 92 },
      { head: word('person'), width: 60 },
      { head: word('action'), width: 130 },
      { head: t('approvals:fields.comment'), width: '*' },
    ],
    rows: actions.map((action) => [
      momentWords(action.at),
      action.userName || t('approvals:did.program'),
      actionWords(action, t),
      action.comment,
    ]),
  }
}

/** What was asked, in groups as it was frozen. */
function contentBlocks({ content }: ApprovalView, t: Translate): DocumentBlock[] {
  const lines = content.filter((line) => line.change !== 'removed')
  return [...Map.groupBy(lines, (line) => line.group)].map(([group, some]) => ({
    kind: 'table',
    columns: [
      { head: t(group), width: 150 },
      { head: t('approvals:content.value'), width: '*' },
    ],
    rows: some.map((line) => [lineWords(line, t), valueWords(line.form, line.value, t)]),
  }))
}
