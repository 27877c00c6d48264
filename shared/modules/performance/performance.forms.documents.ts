import type { Translate } from '#shared/i18n/translate.ts'
import type { Locale } from '#shared/i18n/locale.ts'
import type { DocumentBlock, DocumentModel } from '#shared/kernel/document-model.ts'
import { REVIEW_CRITERIA } from './performance.review.schema.ts'

export interface FormInput {
  readonly language: Locale
  readonly firm: { readonly name: string; readonly address: string; readonly phone: string }
  readonly number: string
  readonly month: string
  readonly userName: string
  readonly customerName: string
  readonly contactName: string
  readonly dueDay: string
  /** Whom it is given back to. */
  readonly handler: string
}

const MARKS = [1, 2, 3, 4, 5] as const
const BOX = '□'

/** A page on which a customer rates somebody of ours: four questions by marks of 1 to 5, room for words, and what becomes of it. */
export function formDocument(input: FormInput, t: Translate): DocumentModel {
  const { firm, number, month, userName, customerName, contactName, dueDay, handler } = input
  const word = (key: string, params?: Record<string, string>) => t(`performance:forms.paper.${key}`, params)
  const paragraph = (text: string, small = false): DocumentBlock => ({ kind: 'paragraph', runs: [{ text }], small })
  const back = [handler, firm.phone, firm.address].filter((part) => part !== '').join(' · ')
  return {
    title: `${word('title')} ${number}`,
    language: input.language,
    number,
    issuer: firm.name,
    pageLabel: t('performance:signed.page'),
    blocks: [
      { kind: 'title', text: word('title'), subtitle: `${firm.name} · ${number}` },
      {
        kind: 'facts',
        columns: 2,
        items: [
          { label: word('to'), value: [customerName, contactName].filter((part) => part !== '').join(' ') },
          { label: word('about'), value: userName },
          { label: t('performance:month'), value: month },
          { label: word('until'), value: dueDay },
        ],
      },
      paragraph(word('please', { name: userName })),
      {
        kind: 'table',
        columns: [
          { head: word('question'), width: 84 },
          ...MARKS.map((mark) => ({
            head: word(`marks.${mark}`),
            width: mark % 2 === 1 ? ('*' as const) : 52,
            align: 'center' as const,
          })),
        ],
        rows: REVIEW_CRITERIA.map((criterion) => [
          t(`performance:review.criteria.${criterion}`),
          ...MARKS.map((mark) =>
            mark % 2 === 1
              ? `${BOX} ${mark}\n${t(`performance:review.anchors.${criterion}.${mark}`)}`
              : `${BOX} ${mark}`,
          ),
        ]),
      },
      { kind: 'table', columns: [{ head: word('remark'), width: '*' }], rows: [[' \n \n \n \n ']] },
      paragraph(word('back', { to: back, day: dueDay })),
      paragraph(word('use', { firm: firm.name }), true),
      {
        kind: 'signatures',
        parties: [
          {
            heading: word('filledBy'),
            name: ' ',
            lines: [t('performance:signed.sign'), t('performance:signed.day')],
            seal: '',
          },
        ],
      },
    ],
  }
}

/** The words of the mail with the questions in it, so that whoever reads it may simply answer. */
export function formMail(input: FormInput, t: Translate): { subject: string; text: string } {
  const { firm, number, month, userName, contactName, customerName, dueDay, handler } = input
  const word = (key: string, params?: Record<string, string>) => t(`performance:forms.mail.${key}`, params)
  const questions = REVIEW_CRITERIA.map((criterion, i) => {
    const [least, most] = [1, 5].map((mark) => `${mark} ${t(`performance:review.anchors.${criterion}.${mark}`)}`)
    return `${i + 1}. ${t(`performance:review.criteria.${criterion}`)}  [   ]\n   ${least} … ${most}`
  })
  return {
    subject: word('subject', { firm: firm.name, number }),
    text: [
      word('greeting', { name: contactName || customerName }),
      '',
      word('please', { name: userName, month, day: dueDay }),
      '',
      ...questions,
      '',
      word('remark'),
      '',
      word('use', { firm: firm.name }),
      '',
      [handler, firm.name, firm.phone].filter((part) => part !== '').join('\n'),
      number,
    ].join('\n'),
  }
}
