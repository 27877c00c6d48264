import type { ClauseFields, TemplateFields } from '#shared/modules/clauses/clauses.schema.ts'
import type { CoreClient } from '#core/start-core.ts'

const words = (zh: string, en = '') => ({ 'zh-CN': zh, 'zh-TW': '', en })

/** A clause in Chinese and English. */
export const sampleClause = (code: string, over: Partial<ClauseFields> = {}): ClauseFields => ({
  code,
  topic: 'general',
  kinds: ['goods_sale'],
  names: words(`条款 ${code}`, `Clause ${code}`),
  texts: words(`${code} 的条文，份数 {{copies}}。`, `Text of ${code}, {{copies}} copies.`),
  when: '',
  major: false,
  remark: '',
  ...over,
})

/** A template of one article that holds these clause editions and the goods. */
export const sampleTemplate = (code: string, editionIds: readonly string[], over: Partial<TemplateFields> = {}) =>
  ({
    code,
    kind: 'goods_sale',
    names: words(`范本 ${code}`, `Template ${code}`),
    heading: words('简明购销合同', 'Short Sales Contract'),
    preamble: words('双方协商一致，订立本合同。', 'The parties agree as follows.'),
    acknowledgement: words('粗体条款已提示注意。', 'Attention was drawn to the clauses in bold.'),
    articles: [
      {
        heading: words('约定', 'Terms'),
        items: [
          { kind: 'lines' as const },
          ...editionIds.map((editionId) => ({ kind: 'clause' as const, editionId: editionId as never })),
        ],
      },
    ],
    remark: '',
    ...over,
  }) satisfies TemplateFields

/** Makes a clause and publishes it from today on; answers with its id, version and edition. */
export async function publishedClause(api: CoreClient, code: string, today: string, over: Partial<ClauseFields> = {}) {
  const made = await api.clauses.create(sampleClause(code, over))
  const published = await api.clauses.publish({ ...made, validFrom: today as never, validTo: null, carry: [] } as never)
  const { editions } = await api.clauses.get({ id: made.id as never })
  return { id: made.id, version: published.version, editionId: editions[0]!.id }
}
