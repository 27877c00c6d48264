import type { Translate } from '#shared/i18n/translate.ts'
import type { DocumentBlock, DocumentModel, SignatureParty } from '#shared/kernel/document-model.ts'
import { formatYuan } from '#shared/kernel/money.ts'
import { rmbCapitals } from '#shared/kernel/rmb-capitals.ts'
import type { SupplementView } from './contracts.lives.schema.ts'
import { markOf } from './contracts.documents.ts'
import { changeBlocks } from './contracts.redline.documents.ts'
import { shownChanges } from './contracts.redline.words.ts'
import { contractSums } from './contracts.rules.ts'
import type { Party } from './contracts.schema.ts'

/** What a supplement is printed from. */
export interface SupplementInput {
  readonly view: SupplementView
  readonly seller: Party
  readonly sealName: string
  /** The day on which the contract was signed. */
  readonly contractDay: string
  /** A draft that may be signed as it is printed. */
  readonly cleared: boolean
}

/** A supplement to be signed: between whom, to which contract, what changes, and that all else stays in force. */
export function supplementDocument(input: SupplementInput, t: Translate): DocumentModel {
  const { view, seller } = input
  const { fields, base } = view
  const word = (key: string, params = {}) => t(`contracts:supplement.document.${key}`, params)
  const text = (words: string, bold = false): DocumentBlock => ({
    kind: 'paragraph',
    runs: [{ text: words, bold }],
    indent: true,
  })
  const { amount } = contractSums(fields.lines)
  const capitals = rmbCapitals(amount, fields.language === 'zh-TW' ? 'zh-TW' : 'zh-CN')
  const mark = markOf({ state: view.state, cleared: input.cleared }, t)
  return {
    title: `${t('contracts:supplement.title')} ${view.number}`,
    language: fields.language,
    number: `${word('number')} ${view.number}`,
    issuer: seller.name,
    pageLabel: t('contracts:document.page'),
    ...(mark === null ? {} : { watermark: mark }),
    blocks: [
      { kind: 'title', text: t('contracts:supplement.title'), subtitle: fields.title },
      {
        kind: 'facts',
        columns: 2,
        items: [
          { label: word('number'), value: view.number },
          { label: t('contracts:document.number'), value: view.contractNumber },
          { label: t('contracts:document.seller'), value: seller.name },
          { label: t('contracts:document.buyer'), value: fields.buyer.name },
        ],
      },
      text(word('preamble', { number: view.contractNumber, day: input.contractDay, reason: view.reason })),
      { kind: 'heading', text: word('changes') },
      ...changeBlocks(shownChanges(base, fields, t), t),
      { kind: 'heading', text: word('rest') },
      text(word('total', { figures: formatYuan(amount), capitals }), true),
      text(word('unchanged')),
      text(word('force', { copies: fields.terms.copies })),
      { kind: 'signatures', parties: signatures(input, t) },
    ],
  }
}

function signatures({ view, seller, sealName }: SupplementInput, t: Translate): SignatureParty[] {
  const blank = t('contracts:document.blank')
  const colon = t('contracts:document.colon')
  const lines = (signer: string) => [
    `${t('contracts:document.signature')}${colon}${signer || blank}`,
    `${t('contracts:document.date')}${colon}${view.signDay ?? blank}`,
  ]
  const place = t('contracts:document.sealPlace')
  return [
    {
      heading: t('contracts:document.seller'),
      name: seller.name || blank,
      lines: lines(view.ourSigner),
      seal: sealName || place,
    },
    {
      heading: t('contracts:document.buyer'),
      name: view.fields.buyer.name || blank,
      lines: lines(view.theirSigner),
      seal: place,
    },
  ]
}
