import type { DocumentBlock, DocumentModel } from '#shared/kernel/document-model.ts'

/** A document around some blocks. */
export function sampleDocument(blocks: readonly DocumentBlock[], over: Partial<DocumentModel> = {}): DocumentModel {
  return {
    title: '样张',
    language: 'zh-CN',
    number: 'YZ-2026-0001',
    issuer: '重庆渝机配件有限公司',
    pageLabel: '第 {page} 页 共 {pages} 页',
    blocks,
    ...over,
  }
}

export const paragraph = (text: string, bold = false): DocumentBlock => ({
  kind: 'paragraph',
  runs: [{ text, bold }],
  indent: true,
})

/** Every place of a document that takes a text. */
export function everywhere(text: string): DocumentBlock[] {
  return [
    { kind: 'title', text, subtitle: text },
    { kind: 'heading', text },
    { kind: 'paragraph', runs: [{ text }, { text, bold: true }], indent: true },
    { kind: 'facts', columns: 2, items: [{ label: text, value: text }] },
    {
      kind: 'table',
      columns: [
        { head: text, width: '*' },
        { head: 'b', width: 50 },
      ],
      rows: [[text, text]],
      sums: [[text, '']],
    },
    { kind: 'list', items: [text] },
    { kind: 'bilingual', rows: [{ left: text, right: text }] },
    { kind: 'signatures', parties: [{ heading: text, name: text, lines: [text], seal: text }] },
  ]
}

const SENTENCE =
  '出卖人应当按照约定的时间、地点和方式交付标的物；买受人应当在约定的检验期限内检验，并将数量或者质量不符合约定的情形通知出卖人。'

/** As much running text as asked for, in sentences that differ. */
export function longText(characters: number): string {
  let text = ''
  for (let n = 1; text.length < characters; n += 1) text += `（${n}）${SENTENCE}`
  return text
}

/** A dunning letter of one page, as a batch makes hundreds. */
export function sampleLetter(n: number): DocumentModel {
  const customer = `成都兴川机械制造有限公司（${n}）`
  const rows = [1, 2, 3].map((k) => [
    `HT-2026-${1000 + n}`,
    `第 ${k} 期货款`,
    `2026-0${k + 5}-15`,
    String(160 - k * 30),
    `${n},${k}00.50`,
  ])
  return sampleDocument(
    [
      { kind: 'title', text: '催款函', subtitle: `函件编号：CK-2026-${n}` },
      paragraph(`致：${customer}`, true),
      paragraph(`截至 2026-11-23，贵司与我司所签合同项下尚有下列款项逾期未付。${SENTENCE}`),
      {
        kind: 'table',
        columns: [
          { head: '合同编号', width: 92 },
          { head: '款项', width: '*' },
          { head: '到期日', width: 66 },
          { head: '逾期天数', width: 52, align: 'right' },
          { head: '未付金额', width: 80, align: 'right' },
        ],
        rows,
        sums: [['合计', '', '', '', `${n},601.50`]],
      },
      paragraph('请于 2026-12-03 前将上述款项汇入下列账户，并在付款附言中注明合同编号。'),
      {
        kind: 'facts',
        columns: 1,
        items: [
          { label: '收款人', value: '重庆渝机配件有限公司' },
          { label: '账号', value: '3100 0123 4567 8901 234' },
        ],
      },
      paragraph('如贵司在收到本函前已付清上述款项，请将付款凭证发送至经办人员。'),
      {
        kind: 'signatures',
        parties: [
          { heading: '', name: '', lines: [], seal: '' },
          { heading: '重庆渝机配件有限公司', name: '', lines: ['2026-11-23'], seal: '（盖章）' },
        ],
      },
    ],
    { number: `CK-2026-${n}`, title: `催款函 ${n}` },
  )
}
