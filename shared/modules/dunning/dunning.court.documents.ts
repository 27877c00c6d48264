import type { Locale } from '#shared/i18n/locale.ts'
import type { Translate } from '#shared/i18n/translate.ts'
import type { DocumentBlock, DocumentModel } from '#shared/kernel/document-model.ts'
import { formatYuan } from '#shared/kernel/money.ts'
import type { Reason } from '#shared/kernel/reason.ts'
import { formatQuantity } from '#shared/modules/contracts/contracts.format.ts'
import type { Gap, Piece } from './dunning.court.rules.ts'

/** What stands on every sheet of a file for court. */
export interface SheetHead {
  readonly firmName: string
  readonly customerName: string
  readonly language: Locale
  readonly day: string
}

const say = (reason: Reason, t: Translate) => t(reason.key, reason.params)

function sheet(head: SheetHead, title: string, blocks: readonly DocumentBlock[], t: Translate): DocumentModel {
  return {
    title,
    language: head.language,
    number: '',
    issuer: head.firmName,
    pageLabel: t('dunning:letter.pageLabel'),
    footNote: t('dunning:court.made', { day: head.day }),
    blocks: [{ kind: 'title', text: title, subtitle: `${head.customerName} · ${head.day}` }, ...blocks],
  }
}

const small = (text: string): DocumentBlock => ({ kind: 'paragraph', small: true, runs: [{ text }] })

/** A piece of the index with what is known of its file once it is there. */
export interface IndexedPiece extends Piece {
  readonly path: string
  readonly pages: number | null
  readonly sha256: string
}

/**
 * The list of evidence that a court asks for (民事证据规定 19): number, name, what each proves, where it comes from, pages;
 * with the sum of each file, so that nobody has changed it since, and with what is missing.
 */
export function indexDocument(
  head: SheetHead,
  pieces: readonly IndexedPiece[],
  gaps: readonly Gap[],
  t: Translate,
): DocumentModel {
  const word = (key: string) => t(`dunning:court.index.${key}`)
  const blocks: DocumentBlock[] = [
    {
      kind: 'table',
      columns: [
        { head: word('no'), width: 26, align: 'right' },
        { head: word('name'), width: 150 },
        { head: word('proves'), width: '*' },
        { head: word('source'), width: 86 },
        { head: word('pages'), width: 34, align: 'right' },
      ],
      rows: pieces.map((piece, at) => [
        String(at + 1),
        say(piece.name, t),
        say(piece.proves, t),
        piece.source === '' ? word('program') : piece.source,
        piece.pages === null ? '' : String(piece.pages),
      ]),
    },
    { kind: 'heading', text: word('files') },
    {
      kind: 'table',
      columns: [
        { head: word('no'), width: 26, align: 'right' },
        { head: word('file'), width: '*' },
        { head: 'SHA-256', width: 250 },
      ],
      rows: pieces.map((piece, at) => [String(at + 1), piece.path, piece.sha256]),
    },
    { kind: 'heading', text: word('gaps') },
    gaps.length === 0
      ? small(word('complete'))
      : { kind: 'list', items: gaps.map((gap) => say(gap.reason, t)), ordered: false },
    small(word('originals')),
  ]
  return sheet(head, word('title'), blocks, t)
}

export interface PerformanceInput {
  readonly contracts: readonly {
    readonly number: string
    readonly title: string
    readonly signDay: string
    readonly amount: number
  }[]
  readonly deliveries: readonly {
    readonly number: string
    readonly day: string
    readonly name: string
    readonly unit: string
    readonly quantity: number
    readonly note: string
  }[]
  readonly invoices: readonly { readonly number: string; readonly day: string; readonly amount: number }[]
  readonly debts: readonly {
    readonly contractNumber: string
    readonly label: string
    readonly dueDay: string | null
    readonly amount: number
    readonly outstanding: number
  }[]
}

/** What we did under the contracts and what was paid: goods, invoices, payments that are due. */
export function performanceDocument(head: SheetHead, input: PerformanceInput, t: Translate): DocumentModel {
  const word = (key: string) => t(`dunning:court.performance.${key}`)
  const none = small(word('none'))
  const paid = (row: PerformanceInput['debts'][number]) => row.amount - row.outstanding
  const blocks: DocumentBlock[] = [
    { kind: 'heading', text: word('contracts') },
    {
      kind: 'table',
      columns: [
        { head: word('contract'), width: 100 },
        { head: word('name'), width: '*' },
        { head: word('signDay'), width: 70 },
        { head: word('amount'), width: 90, align: 'right' },
      ],
      rows: input.contracts.map((row) => [row.number, row.title, row.signDay, formatYuan(row.amount)]),
    },
    { kind: 'heading', text: word('deliveries') },
    input.deliveries.length === 0
      ? none
      : {
          kind: 'table',
          columns: [
            { head: word('day'), width: 70 },
            { head: word('order'), width: 90 },
            { head: word('goods'), width: '*' },
            { head: word('quantity'), width: 80, align: 'right' },
            { head: word('note'), width: 110 },
          ],
          rows: input.deliveries.map((row) => [
            row.day,
            row.number,
            row.name,
            `${formatQuantity(row.quantity)} ${row.unit}`.trim(),
            row.note,
          ]),
        },
    { kind: 'heading', text: word('invoices') },
    input.invoices.length === 0
      ? none
      : {
          kind: 'table',
          columns: [
            { head: word('day'), width: 70 },
            { head: word('invoice'), width: '*' },
            { head: word('amount'), width: 90, align: 'right' },
          ],
          rows: input.invoices.map((row) => [row.day, row.number, formatYuan(row.amount)]),
        },
    { kind: 'heading', text: word('payments') },
    {
      kind: 'table',
      columns: [
        { head: word('contract'), width: 100 },
        { head: word('label'), width: '*' },
        { head: word('dueDay'), width: 70 },
        { head: word('amount'), width: 82, align: 'right' },
        { head: word('paid'), width: 82, align: 'right' },
        { head: word('outstanding'), width: 82, align: 'right' },
      ],
      rows: input.debts.map((row) => [
        row.contractNumber,
        row.label,
        row.dueDay ?? '',
        formatYuan(row.amount),
        formatYuan(paid(row)),
        formatYuan(row.outstanding),
      ]),
      sums: [
        [
          word('sum'),
          '',
          '',
          formatYuan(input.debts.reduce((sum, row) => sum + row.amount, 0)),
          formatYuan(input.debts.reduce((sum, row) => sum + paid(row), 0)),
          formatYuan(input.debts.reduce((sum, row) => sum + row.outstanding, 0)),
        ],
      ],
    },
  ]
  return sheet(head, t('dunning:court.sheets.performance'), blocks, t)
}

export interface ContactsInput {
  readonly contacts: readonly {
    readonly day: string
    readonly way: string
    readonly person: string
    readonly result: string
    readonly note: string
    readonly by: string
  }[]
  readonly promises: readonly {
    readonly day: string
    readonly payBy: string
    readonly amount: number
    readonly paid: number
    readonly state: string
    readonly by: string
  }[]
}

/** Who was spoken to and what he said, and what he promised and kept. */
export function contactsDocument(head: SheetHead, input: ContactsInput, t: Translate): DocumentModel {
  const column = (key: string) => t(`dunning:columns.${key}`)
  const blocks: DocumentBlock[] = [
    { kind: 'heading', text: t('dunning:contacts.title') },
    {
      kind: 'table',
      columns: [
        { head: column('contactDay'), width: 62 },
        { head: column('way'), width: 52 },
        { head: column('person'), width: 62 },
        { head: column('result'), width: 66 },
        { head: column('note'), width: '*' },
        { head: column('createdByName'), width: 56 },
      ],
      rows: input.contacts.map((row) => [
        row.day,
        t(`dunning:contacts.ways.${row.way}`),
        row.person,
        t(`dunning:contacts.results.${row.result}`),
        row.note,
        row.by,
      ]),
    },
    ...(input.promises.length === 0
      ? []
      : [
          { kind: 'heading' as const, text: t('dunning:promiseList.title') },
          {
            kind: 'table' as const,
            columns: [
              { head: column('madeDay'), width: 62 },
              { head: column('promisedBy'), width: '*' as const },
              { head: column('payBy'), width: 70 },
              { head: column('promised'), width: 82, align: 'right' as const },
              { head: column('paid'), width: 82, align: 'right' as const },
              { head: column('promiseState'), width: 62 },
            ],
            rows: input.promises.map((row) => [
              row.day,
              row.by,
              row.payBy,
              formatYuan(row.amount),
              formatYuan(row.paid),
              t(`dunning:promises.${row.state}`),
            ]),
          },
        ]),
  ]
  return sheet(head, t('dunning:court.sheets.contacts'), blocks, t)
}

export interface LimitationInput {
  readonly debts: readonly {
    readonly contractNumber: string
    readonly label: string
    readonly dueDay: string | null
    readonly outstanding: number
    readonly start: Reason | null
    readonly endDay: string | null
    readonly state: string
    readonly events: readonly {
      readonly day: string
      readonly kind: string
      readonly strength: string
      readonly effect: string
      readonly endDay: string | null
    }[]
  }[]
}

/** When each limitation period began, what interrupted it and when it ends (民法典 188, 195). */
export function limitationDocument(head: SheetHead, input: LimitationInput, t: Translate): DocumentModel {
  const word = (key: string) => t(`dunning:court.limitation.${key}`)
  const blocks = input.debts.flatMap((debt): DocumentBlock[] => [
    { kind: 'heading', text: `${debt.contractNumber} ${debt.label}`.trim() },
    {
      kind: 'facts',
      columns: 2,
      items: [
        { label: word('dueDay'), value: debt.dueDay ?? '' },
        { label: word('outstanding'), value: formatYuan(debt.outstanding) },
        { label: word('start'), value: debt.start === null ? '' : say(debt.start, t) },
        { label: word('state'), value: t(`receivables:limitation.states.${debt.state}`) },
        { label: word('endDay'), value: debt.endDay ?? '' },
      ],
    },
    debt.events.length === 0
      ? small(word('noEvents'))
      : {
          kind: 'table',
          columns: [
            { head: word('day'), width: 70 },
            { head: word('event'), width: '*' },
            { head: word('proof'), width: 80 },
            { head: word('effect'), width: 130 },
            { head: word('then'), width: 70 },
          ],
          rows: debt.events.map((event) => [
            event.day,
            t(`claims:events.${event.kind}`),
            t(`receivables:evidence.strength.${event.strength}`),
            event.effect === '' ? '' : t(`receivables:limitation.effects.${event.effect}`),
            event.endDay ?? '',
          ]),
        },
  ])
  return sheet(head, t('dunning:court.sheets.limitation'), blocks, t)
}
