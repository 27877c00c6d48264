import { isUscc } from '#shared/kernel/uscc.ts'
import { at, blank, type CheckInput, type CheckRule } from './contracts.check.types.ts'

const digitsOf = (account: string) => account.replace(/[\s-]/g, '')
const accountFits = (account: string) => /^[0-9A-Za-z]{6,34}$/.test(digitsOf(account))
const isProxy = (input: CheckInput, side: 'ourAuthority' | 'theirAuthority') =>
  input.fields.terms[side].kind === 'proxy'
const SIDES = ['ourAuthority', 'theirAuthority'] as const

/** Who concludes it: names, codes, accounts, and by what right the signers sign (民法典 470, 490; 合同编通则解释 21, 22). */
export const PARTY_RULES: readonly CheckRule[] = [
  rule('buyer_name', 'error', 'civil470', ({ fields }) => at(blank(fields.buyer.name), ['buyer', 'name'])),
  rule('buyer_address', 'error', 'civil470', ({ fields }) => at(blank(fields.buyer.address), ['buyer', 'address'])),
  rule('buyer_uscc', 'warning', null, ({ fields }) => at(blank(fields.buyer.uscc), ['buyer', 'uscc'])),
  rule('buyer_uscc_wrong', 'error', 'gb32100', ({ fields }) =>
    at(!blank(fields.buyer.uscc) && !isUscc(fields.buyer.uscc.trim()), ['buyer', 'uscc']),
  ),
  rule('buyer_legal', 'warning', 'civil490', ({ fields }) =>
    at(blank(fields.buyer.legalRepresentative), ['buyer', 'legalRepresentative']),
  ),
  rule('buyer_bank', 'warning', 'civil596', ({ fields: { buyer } }) =>
    at(blank(buyer.bankName) !== blank(buyer.bankAccount), [
      'buyer',
      blank(buyer.bankName) ? 'bankName' : 'bankAccount',
    ]),
  ),
  rule('buyer_account_wrong', 'warning', null, ({ fields: { buyer } }) =>
    at(!blank(buyer.bankAccount) && !accountFits(buyer.bankAccount), ['buyer', 'bankAccount']),
  ),
  rule('seller_name', 'error', 'civil470', ({ seller }) => at(blank(seller.name), ['seller', 'name'])),
  rule('seller_address', 'error', 'civil470', ({ seller }) => at(blank(seller.address), ['seller', 'address'])),
  rule('seller_uscc_wrong', 'error', 'gb32100', ({ seller }) =>
    at(!blank(seller.uscc) && !isUscc(seller.uscc.trim()), ['seller', 'uscc']),
  ),
  rule('seller_bank', 'error', 'civil596', ({ seller }) =>
    at(blank(seller.bankName) || blank(seller.bankAccount), ['seller', 'bankAccount']),
  ),
  rule('seller_account_wrong', 'error', null, ({ seller }) =>
    at(!blank(seller.bankAccount) && !accountFits(seller.bankAccount), ['seller', 'bankAccount']),
  ),
  rule('same_party', 'error', null, ({ fields, seller }) =>
    at(!blank(seller.name) && seller.name.trim() === fields.buyer.name.trim(), ['buyer', 'name']),
  ),
  rule('our_signer', 'warning', 'civil490', ({ fields }) => at(blank(fields.ourSigner), ['ourSigner'])),
  rule('their_signer', 'warning', 'civil490', ({ fields }) => at(blank(fields.theirSigner), ['theirSigner'])),
  rule('sign_place', 'warning', null, ({ fields }) => at(blank(fields.signPlace), ['signPlace'])),
  rule('authority', 'warning', 'general21', ({ fields }) =>
    SIDES.flatMap((side) => at(fields.terms[side].kind === 'unknown', ['terms', side, 'kind'])),
  ),
  rule('authority_letter', 'error', 'general21', (input) =>
    SIDES.flatMap((side) =>
      at(isProxy(input, side) && blank(input.fields.terms[side].letter), ['terms', side, 'letter']),
    ),
  ),
  rule('authority_term', 'warning', 'general21', (input) =>
    SIDES.flatMap((side) =>
      at(isProxy(input, side) && input.fields.terms[side].validTo === null, ['terms', side, 'validTo']),
    ),
  ),
  rule('authority_expired', 'error', 'general21', (input) =>
    SIDES.flatMap((side) => {
      const { validTo } = input.fields.terms[side]
      return at(isProxy(input, side) && validTo !== null && validTo < input.day, ['terms', side, 'validTo'], {
        day: validTo ?? '',
      })
    }),
  ),
  rule('authority_name', 'error', 'general21', ({ fields, seller }) => {
    const names = {
      ourAuthority: [fields.ourSigner, seller],
      theirAuthority: [fields.theirSigner, fields.buyer],
    } as const
    return SIDES.flatMap((side) => {
      const [signer, { legalRepresentative: legal }] = names[side]
      const differs = !blank(signer) && !blank(legal) && signer.trim() !== legal.trim()
      return at(
        fields.terms[side].kind === 'legalRepresentative' && differs,
        [side === 'ourAuthority' ? 'ourSigner' : 'theirSigner'],
        { signer, legal },
      )
    })
  }),
  rule('service_address', 'warning', 'limitation8', ({ fields }) =>
    at(blank(fields.terms.serviceAddress), ['terms', 'serviceAddress']),
  ),
  rule('service_email_wrong', 'error', 'civil469', ({ fields: { terms } }) =>
    at(!blank(terms.serviceEmail) && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(terms.serviceEmail.trim()), [
      'terms',
      'serviceEmail',
    ]),
  ),
]

function rule(
  code: string,
  severity: CheckRule['severity'],
  article: CheckRule['article'],
  find: CheckRule['find'],
): CheckRule {
  return { code, severity, article, find }
}
