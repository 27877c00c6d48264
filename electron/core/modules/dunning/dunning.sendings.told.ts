import type { PlainDay } from '#shared/kernel/dates.ts'
import {
  judgeSending,
  type Channel,
  type SendingContext,
  type SendingVerdict,
} from '#shared/modules/dunning/dunning.proof.rules.ts'
import { EVIDENCE, type Proof } from '#shared/modules/receivables/receivables.evidence.rules.ts'
import type { CoreDeps } from '#core/kernel/deps.ts'
import { attachedFiles } from '#core/modules/attachments/attachments.api.ts'
import { serviceAddresses } from '#core/modules/contracts/contracts.api.ts'
import { customerParties } from '#core/modules/customers/customers.api.ts'
import { owedByIds, type Owed } from '#core/modules/receivables/receivables.api.ts'
import { inPieces } from '#core/store/in-pieces.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import type { DunningLetterLinesTable, DunningSendingsTable } from '#core/store/tables/dunning.tables.ts'
import type { DunningSources } from './dunning.claims.ts'
import type { Policies } from './dunning.policies.ts'

/** The program itself. */
const NOBODY = { userId: null, roles: [], device: 'program', entry: 'dunning.arrived' } as const
const AT_ONCE = 200
const ORDER = { strong: 0, weak: 1, none: 2 } as const

/** Told, in the same unit of work, of a demand that arrived or should have, and of one that is taken back. */
export interface DemandListener {
  proven(
    uow: UnitOfWork,
    demand: {
      readonly instalmentIds: readonly string[]
      readonly kind: Channel
      readonly day: PlainDay
      readonly proofs: readonly Proof[]
      readonly source: { readonly module: string; readonly id: string }
    },
  ): Promise<void>
  gone(uow: UnitOfWork, source: { readonly module: string; readonly id: string }, reason: string): Promise<void>
}

/** Against what the sendings of a letter are held. */
export interface LetterGround {
  readonly context: SendingContext
  /** What the letter names, in its order, and those debts as they are now. */
  readonly lines: readonly DunningLetterLinesTable[]
  readonly owed: readonly Owed[]
  readonly service: { readonly address: string; readonly email: string }
  /** How many files hang on the letter. */
  readonly files: number
}

interface GroundLetter {
  readonly id: string
  readonly number: string
  readonly day: string
  readonly customer_id: string
}

export async function groundOf(db: Reader | Writer, letter: GroundLetter, transitDays: number): Promise<LetterGround> {
  const lines = await db
    .selectFrom('dunning_letter_lines')
    .selectAll()
    .where('letter_id', '=', letter.id)
    .orderBy('position')
    .execute()
  const owed = await owedByIds(
    db,
    lines.map((line) => line.instalment_id),
  )
  const contractIds = new Set(owed.flatMap((row) => row.contractId ?? []))
  const agreed = [...(await serviceAddresses(db, [...contractIds])).values()]
  const party = (await customerParties(db, [letter.customer_id])).get(letter.customer_id)
  const addresses = [...agreed.flatMap(({ address, email }) => [address, email]), party?.address ?? '']
  return {
    context: {
      letterNumber: letter.number,
      letterDay: letter.day as PlainDay,
      addresses: [...new Set(addresses.filter((one) => one !== ''))],
      transitDays,
    },
    lines,
    owed,
    service: {
      address: agreed.find(({ address }) => address !== '')?.address ?? party?.address ?? '',
      email: agreed.find(({ email }) => email !== '')?.email ?? '',
    },
    files: (await attachedFiles(db, 'letter', letter.id)).size,
  }
}

/** What a sending proves, by what is on file now. */
export function judge(row: DunningSendingsTable, { context, files }: LetterGround): SendingVerdict {
  const filed = files > 0
  return judgeSending(
    {
      channel: row.channel,
      number: row.number,
      contents: row.contents,
      address: row.address,
      postedDay: row.posted_day as PlainDay,
      outcome: row.outcome,
      outcomeDay: row.outcome_day as PlainDay | null,
      signer: row.signer,
      signature: row.signature === 1,
      // The letter itself is in the register. What was filed with it is the form, the message, or the notary's record.
      kept: { letter: true, scan: filed, message: filed, certificate: filed },
    },
    context,
  )
}

/**
 * Counts what the sendings of a letter prove, keeps it with the letter, and tells limitation: a demand counts from the
 * day on which it arrived, not before that day has come; a letter before the due day demands nothing.
 */
export async function recountLetter(
  uow: UnitOfWork,
  letterId: string,
  policies: Policies,
  sources: DunningSources,
): Promise<void> {
  const letter = await uow.db.selectFrom('dunning_letters').selectAll().where('id', '=', letterId).executeTakeFirst()
  if (!letter) return
  const { policy } = await policies.inForce(uow.db, uow.today)
  const ground = await groundOf(uow.db, letter, policy.transitDays)
  const rows = await uow.db
    .selectFrom('dunning_sendings')
    .selectAll()
    .where('letter_id', '=', letterId)
    .where('void_at', 'is', null)
    .orderBy('posted_day')
    .orderBy('created_at')
    .execute()
  const judged = rows.map((row) => ({ row, verdict: judge(row, ground) }))
  const best = judged.toSorted(
    (a, b) =>
      ORDER[a.verdict.strength] - ORDER[b.verdict.strength] ||
      ((a.verdict.arrivalDay ?? '9') < (b.verdict.arrivalDay ?? '9') ? -1 : 1),
  )[0]
  const [first] = rows
  await uow.db
    .updateTable('dunning_letters')
    .set({
      sent_channel: first?.channel ?? null,
      sent_day: first?.posted_day ?? null,
      sent_reference: first?.number ?? '',
      proof: best?.verdict.strength ?? 'none',
      arrival_day: best?.verdict.arrivalDay ?? null,
    })
    .where('id', '=', letterId)
    .execute()
  uow.changed('dunning', letterId)
  if (!sources.demands || letter.state !== 'issued' || letter.kind === 'reminder') return
  const instalmentIds = ground.lines.map((line) => line.instalment_id)
  let told = false
  for (const { row, verdict } of judged) {
    const source = { module: 'dunning', id: row.id }
    const day = verdict.arrivalDay
    if (verdict.strength === 'none' || day === null || day > uow.today) {
      await sources.demands.gone(uow, source, 'dunning.notProven')
      continue
    }
    const proofs = proofsOf(row.channel, verdict)
    await sources.demands.proven(uow, { instalmentIds, kind: row.channel, day, proofs, source })
    told = true
  }
  await uow.db
    .updateTable('dunning_letters')
    .set({ told: told ? 1 : 0 })
    .where('id', '=', letterId)
    .execute()
}

/** What is on file of all that a kind of evidence asks for. */
function proofsOf(channel: Channel, { missing }: SendingVerdict): Proof[] {
  const { least, needs } = EVIDENCE[channel]
  return [...least, ...needs].filter((proof) => !missing.includes(proof))
}

/** The letter is void: none of its sendings demanded anything. */
export async function demandGone(uow: UnitOfWork, { demands }: DunningSources, letterId: string, reason: string) {
  if (!demands) return
  const rows = await uow.db.selectFrom('dunning_sendings').select('id').where('letter_id', '=', letterId).execute()
  for (const { id } of rows) await demands.gone(uow, { module: 'dunning', id }, reason)
}

/** Files were hung on these records or taken away: those that are letters are judged anew. */
export async function recountProofs(
  uow: UnitOfWork,
  parentIds: readonly string[],
  policies: Policies,
  sources: DunningSources,
): Promise<void> {
  const letters = await inPieces(parentIds, (piece) =>
    uow.db
      .selectFrom('dunning_letters')
      .select('id')
      .where('id', 'in', piece)
      .where('sent_day', 'is not', null)
      .execute(),
  )
  for (const { id } of letters) await recountLetter(uow, id, policies, sources)
}

/** Tells limitation of what should have arrived by today, where nobody has reported anything. Gives how many. */
export async function tellArrived(deps: CoreDeps, policies: Policies, sources: DunningSources): Promise<number> {
  if (!sources.demands) return 0
  const letters = await deps.store.read
    .selectFrom('dunning_letters')
    .select('id')
    .where('told', '=', 0)
    .where('arrival_day', '<=', deps.clock.today())
    .where('state', '=', 'issued')
    .where('kind', '<>', 'reminder')
    .where('proof', '<>', 'none')
    .limit(AT_ONCE)
    .execute()
  if (letters.length === 0) return 0
  await deps.store.write(NOBODY, async (uow) => {
    for (const { id } of letters) await recountLetter(uow, id, policies, sources)
    await uow.audit({
      action: 'dunning.arrived',
      entity: 'letter',
      entityId: uow.today,
      after: { count: letters.length },
    })
  })
  return letters.length
}
