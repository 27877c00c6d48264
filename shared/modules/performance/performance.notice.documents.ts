import type { Locale } from '#shared/i18n/locale.ts'
import type { Translate } from '#shared/i18n/translate.ts'
import type { DocumentBlock, DocumentModel } from '#shared/kernel/document-model.ts'
import type { ChainLink, ChainView, NoticeFields } from './performance.chain.schema.ts'
import { formatScore } from './performance.words.ts'

export interface NoticeInput {
  readonly language: Locale
  readonly firmName: string
  readonly chain: ChainView
  readonly way: NoticeFields['way']
  readonly unionDay: string
  readonly noticeDay: string
  /** The last day of the contract. */
  readonly lastDay: string
  /** First characters of the audit chain's head, at the foot of every page. */
  readonly anchor: string
}

/** What a link rests on, in words. */
export function linkWords(link: ChainLink, t: Translate): string {
  const kind = link.kind === null ? '' : t(`performance:proposals.kinds.${link.kind}`)
  const figure = link.total === null ? '' : t('performance:chain.points', { total: formatScore(link.total) })
  const how = link.how === null ? '' : t(`performance:chain.how.${link.how}`)
  return [link.month ?? '', how, figure, kind, link.subject].filter((part) => part !== '').join(' · ')
}

/**
 * The draft of a notice that ends a contract of employment for want of ability (劳动合同法 40 第二项): the evidence link
 * by link, how notice is given, what is due besides, and what a lawyer has to look at first. Never a final paper.
 */
export function noticeDocument(input: NoticeInput, t: Translate): DocumentModel {
  const { chain, way, unionDay, noticeDay, lastDay, firmName } = input
  const word = (key: string, params?: Record<string, string>) => t(`performance:chain.notice.${key}`, params)
  const paragraph = (text: string, bold = false): DocumentBlock => ({ kind: 'paragraph', runs: [{ text, bold }] })
  return {
    title: `${word('title')} ${chain.userName}`,
    language: input.language,
    number: chain.userName,
    issuer: firmName,
    pageLabel: t('performance:signed.page'),
    footNote: `${t('performance:workbook.anchor', { anchor: input.anchor })} · ${word('draft')}`,
    watermark: word('draft'),
    blocks: [
      { kind: 'title', text: word('title'), subtitle: firmName },
      paragraph(word('forLawyer'), true),
      {
        kind: 'facts',
        columns: 2,
        items: [
          { label: t('performance:columns.person'), value: chain.userName },
          { label: word('wayLabel'), value: word(`ways.${way}`) },
          { label: word('noticeDay'), value: noticeDay },
          { label: word('lastDay'), value: lastDay },
          { label: word('unionDay'), value: unionDay },
        ],
      },
      paragraph(word('opening', { name: chain.userName })),
      {
        kind: 'table',
        columns: [
          { head: t('performance:chain.link'), width: 120 },
          { head: t('performance:chain.rests'), width: '*' },
          { head: t('performance:columns.day'), width: 70 },
        ],
        rows: chain.links.map((link) => [
          t(`performance:chain.links.${link.link}`),
          linkWords(link, t),
          link.day ?? '',
        ]),
      },
      paragraph(word(`text.${way}`, { day: lastDay })),
      paragraph(word('severance')),
      { kind: 'heading', text: word('checks') },
      { kind: 'list', items: ['protected', 'union', 'rules', 'records', 'pay'].map((key) => word(`check.${key}`)) },
      {
        kind: 'signatures',
        parties: [
          { heading: word('firm'), name: firmName, lines: [word('seal'), t('performance:signed.day')], seal: '' },
          {
            heading: word('employee'),
            name: chain.userName,
            lines: [t('performance:signed.sign'), t('performance:signed.day')],
            seal: '',
          },
        ],
      },
    ],
  }
}
