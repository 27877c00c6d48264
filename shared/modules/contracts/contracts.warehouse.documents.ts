import type { Translate } from '#shared/i18n/translate.ts'
import type { DocumentBlock, DocumentModel, SignatureParty } from '#shared/kernel/document-model.ts'
import { markOf, type ContractDocumentInput } from './contracts.documents.ts'
import { moneyHider } from './contracts.hide-money.ts'
import { isPriceList } from './contracts.rules.ts'
import { deliveryColumn, goodsTable, partiesTable } from './contracts.tables.ts'

const TEXTS = ['deliveryTerms', 'packaging', 'quality', 'inspection'] as const

/**
 * What of a contract the warehouse works by: goods, quantities, days and places, with room for what was sent. It says
 * in its head that it bears no prices, and money that somebody wrote into a text is struck out of it.
 */
export function warehouseDocument(input: ContractDocumentInput, t: Translate): DocumentModel {
  const { seller } = input
  const hide = moneyHider(input.fields)
  const fields = {
    ...input.fields,
    lines: input.fields.lines.map((line) => ({ ...line, name: hide(line.name), spec: hide(line.spec) })),
  }
  const { terms } = fields
  const word = (key: string) => t(`contracts:document.${key}`)
  const blank = word('blank')
  const mark = markOf(input, t)
  const voice = { language: fields.language, t, fields, seller, blank }
  const facts = [
    { label: word('number'), value: input.number || blank },
    { label: word('signDay'), value: input.signDay ?? blank },
    { label: word('warehouse.place'), value: hide(terms.deliveryPlace) || blank },
    { label: word('lineDelivery'), value: terms.deliveryDay ?? blank },
  ]
  return {
    title: `${word('warehouse.title')} ${input.number}`,
    language: fields.language,
    number: `${word('number')} ${input.number}`,
    issuer: seller.name,
    pageLabel: word('page'),
    footNote: word('warehouse.title'),
    ...(mark === null ? {} : { watermark: mark }),
    blocks: [
      { kind: 'title', text: word('warehouse.title'), subtitle: hide(fields.title) },
      { kind: 'facts', columns: 2, items: facts },
      partiesTable([voice], ['name', 'address', 'phone']),
      { kind: 'heading', text: word('warehouse.goods') },
      goodsTable([voice], [deliveryColumn([voice]), { head: word('warehouse.sent'), width: 56, of: () => '' }], {
        quantities: !isPriceList(fields),
      }),
      ...TEXTS.flatMap((name): DocumentBlock[] =>
        terms[name] === ''
          ? []
          : [
              {
                kind: 'paragraph',
                runs: [
                  { text: `${t(`contracts:fields.terms.${name}`)}${word('colon')}`, bold: true },
                  { text: hide(terms[name]) },
                ],
              },
            ],
      ),
      { kind: 'signatures', parties: hands(t) },
    ],
  }
}

/** Who sends and who receives; no seals. */
function hands(t: Translate): SignatureParty[] {
  const word = (key: string) => t(`contracts:document.${key}`)
  const lines = ['signature', 'date'].map((key) => `${word(`warehouse.${key}`)}${word('colon')}${word('blank')}`)
  return ['sender', 'receiver'].map((key) => ({ heading: word(`warehouse.${key}`), name: '', lines, seal: '' }))
}
