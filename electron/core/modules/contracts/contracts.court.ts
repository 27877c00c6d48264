import { contractTerms, party, type Party } from '#shared/modules/contracts/contracts.schema.ts'
import { applyScope, type Scope } from '#core/kernel/scope.ts'
import { inPieces } from '#core/store/in-pieces.ts'
import type { Reader, Writer } from '#core/store/store.ts'

/** A stored file of a contract's papers. */
interface StoredPaper {
  readonly fileId: string
  readonly name: string
  readonly sha256: string
}

/** A signed contract as a court sees it: the two sides, where to sue, and what there is on paper. Fen. */
export interface ContractEvidence {
  readonly id: string
  readonly number: string
  readonly title: string
  readonly signDay: string
  readonly amount: number
  readonly goods: readonly string[]
  readonly buyer: Party
  readonly disputeWay: 'court' | 'arbitration'
  readonly disputePlace: string
  readonly signed: StoredPaper | null
  /** Of the scan in force. */
  readonly scans: readonly StoredPaper[]
}

/** These contracts as far as they are signed and within the scope, oldest first: four queries, however many. */
export async function contractEvidence(
  db: Reader | Writer,
  scope: Scope,
  ids: readonly string[],
): Promise<ContractEvidence[]> {
  const rows = await inPieces(ids, (piece) =>
    applyScope(
      db.selectFrom('contracts').select(['id', 'number', 'title', 'sign_day', 'amount', 'buyer', 'terms']),
      scope,
      'contracts.owner_id',
    )
      .where('id', 'in', piece)
      .where('state', '=', 'signed')
      .orderBy('sign_day')
      .orderBy('number')
      .execute(),
  )
  const known = rows.map((row) => row.id)
  const signings = await inPieces(known, (piece) =>
    db
      .selectFrom('contract_signings')
      .select(['contract_id', 'file_id', 'file_name', 'sha256'])
      .where('contract_id', 'in', piece)
      .execute(),
  )
  const signed = new Map(signings.map((row) => [row.contract_id, row]))
  const scans = Map.groupBy(
    await inPieces(known, (piece) =>
      db
        .selectFrom('contract_scans as s')
        .innerJoin('contract_scan_files as f', 'f.scan_id', 's.id')
        .select(['s.contract_id', 'f.file_id as fileId', 'f.name', 'f.sha256'])
        .where('s.contract_id', 'in', piece)
        .where('s.replaced_at', 'is', null)
        .orderBy('s.no')
        .orderBy('f.seq')
        .execute(),
    ),
    (row) => row.contract_id,
  )
  const goods = Map.groupBy(
    await inPieces(known, (piece) =>
      db
        .selectFrom('contract_lines')
        .select(['contract_id', 'name'])
        .where('contract_id', 'in', piece)
        .orderBy('seq')
        .execute(),
    ),
    (row) => row.contract_id,
  )
  return rows.map((row) => {
    const terms = contractTerms.parse(JSON.parse(row.terms))
    const made = signed.get(row.id)
    return {
      id: row.id,
      number: row.number,
      title: row.title,
      signDay: row.sign_day ?? '',
      amount: row.amount,
      goods: [...new Set((goods.get(row.id) ?? []).map((line) => line.name))],
      buyer: party.parse(JSON.parse(row.buyer)),
      disputeWay: terms.disputeWay,
      disputePlace: terms.disputePlace,
      signed: made?.file_id ? { fileId: made.file_id, name: made.file_name, sha256: made.sha256 ?? '' } : null,
      scans: (scans.get(row.id) ?? []).map(({ fileId, name, sha256 }) => ({ fileId, name, sha256 })),
    }
  })
}
