import { plainReason } from '#shared/kernel/reason.ts'
import type { Locale } from '#shared/i18n/locale.ts'
import { refuse } from '#shared/kernel/app-error.ts'
import { forumOf, gapsOf, piecesOf } from '#shared/modules/dunning/dunning.court.rules.ts'
import type { CourtFileRow, CourtPreview } from '#shared/modules/dunning/dunning.court.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { applyScope, type Scope } from '#core/kernel/scope.ts'
import { readSetting } from '#core/kernel/settings.ts'
import type { Reader } from '#core/store/store.ts'
import type { Cases } from './dunning.cases.ts'
import { debtsOfCase, gatherCase, type CourtAsk, type CourtDebts } from './dunning.court.gather.ts'
import { makeCourtFile } from './dunning.court.make.ts'
import { courtTotals } from './dunning.court.sheets.ts'
import { trustOf } from './dunning.facts.ts'

/** So many of the latest files are shown with a case. */
const LATEST = 20

/** Files for court: what one would hold and what is missing, and the file itself. */
export function createCourtService(deps: CoreDeps, cases: Cases) {
  const db = () => deps.store.read

  return {
    async preview(ctx: CallContext, input: CourtAsk): Promise<CourtPreview> {
      const today = deps.clock.today()
      const known = await gatherCase(db(), ctx.scope, input, today)
      const chosen = new Set(known.debts.map(({ id }) => id))
      const { bases: _bases, ...totals } = await courtTotals(db(), known, today)
      return {
        customer: { id: known.customer.id, name: known.customer.name },
        language: await languageOf(db(), known),
        debts: known.open.map((debt) => ({
          instalmentId: debt.id,
          contractNumber: debt.contractNumber,
          label: debt.label,
          dueDay: debt.dueDay,
          outstanding: debt.outstanding,
          chosen: chosen.has(debt.id),
        })),
        totals,
        forum: forumOf(known.facts.contracts, known.facts.defendant.address),
        pieces: piecesOf(known.facts).map(({ section, name, proves, source, sheet }, at) => ({
          no: at + 1,
          section,
          name: plainReason(name),
          proves: plainReason(proves),
          source,
          made: sheet !== null,
        })),
        gaps: gapsOf(known.facts, today).map(({ section, reason, grave }) => ({
          section,
          reason: plainReason(reason),
          grave,
        })),
        files: await filesOf(db(), ctx.scope, known.customer.id),
      }
    },

    async make(ctx: CallContext, input: CourtAsk & { readonly language?: Locale | undefined }) {
      const known = await debtsOfCase(db(), ctx.scope, input, deps.clock.today())
      if (known.debts.length === 0) throw refuse('DUNNING_NOTHING')
      const language = input.language ?? (await languageOf(db(), known))
      return makeCourtFile(deps, ctx, { ask: input, language, cases })
    },

    async index(ctx: CallContext, id: string) {
      const row = await applyScope(
        db().selectFrom('dunning_court_files').select('index_file_id'),
        ctx.scope,
        'dunning_court_files.owner_id',
      )
        .where('id', '=', id)
        .executeTakeFirst()
      if (!row) throw refuse('NOT_FOUND', { entity: 'courtFile' })
      return deps.files.ticketStored(row.index_file_id)
    },
  }
}

/** The customer's own language, else the firm's. */
async function languageOf(db: Reader, { customer }: CourtDebts): Promise<Locale> {
  const own = (await trustOf(db, [customer.id])).get(customer.id)?.language as Locale | null | undefined
  return own ?? (await readSetting(db, 'preferences')).value.documentLocale
}

/** The latest files that were made for a customer. */
async function filesOf(db: Reader, scope: Scope, customerId: string): Promise<CourtFileRow[]> {
  const rows = await applyScope(
    db
      .selectFrom('dunning_court_files as f')
      .leftJoin('users as u', 'u.id', 'f.created_by')
      .select(['f.id', 'f.day', 'f.name', 'f.pieces', 'f.gaps', 'f.principal', 'f.interest', 'f.sha256'])
      .select(['f.closed_day as closedDay', 'u.name as by_name']),
    scope,
    'f.owner_id',
  )
    .where('f.customer_id', '=', customerId)
    .orderBy('f.day', 'desc')
    .orderBy('f.id', 'desc')
    .limit(LATEST)
    .execute()
  return rows.map(({ by_name: by, ...row }) => ({ ...row, createdByName: by ?? '' }))
}
