import { makeTranslator, type Translate } from '#shared/i18n/translate.ts'
import { refuse } from '#shared/kernel/app-error.ts'
import { formatMoment } from '#shared/kernel/dates.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import type { AuditFilters, AuditRow, AuditVerdictView } from '#shared/modules/audit/audit.schema.ts'
import { actionWords, entityWords } from '#shared/modules/audit/audit.words.ts'
import type { AuditAnchor, AuditVerdict } from '#core/kernel/audit.ts'
import { withoutReplay, type CallContext, type CoreDeps } from '#core/kernel/deps.ts'
import { exportTable, type ExportColumn } from '#core/kernel/table-export.ts'
import type { Vault } from '#core/kernel/vault.ts'
import { verifyAudit } from '#core/store/audit-log.ts'
import { auditAnchors } from '#core/store/backup.ts'
import { countAudit, listAudit, restores, type AuditQuery } from './audit.repo.ts'

const HEAD_ROWS = 1000
const EXPORT_PAGE = 1000
const MAX_EXPORT = 100_000

/** The audit log for those who may read it, and the check that nobody has changed it. */
export function createAuditService(deps: CoreDeps, vault: Vault) {
  /**
   * The heads that backups remember. After a restore the chain goes on from an earlier row, and the backups of the
   * time in between remember one that was left: they are excused by the row that tells of the restore.
   */
  async function anchors(): Promise<AuditAnchor[]> {
    const left = await restores(deps.store.read)
    const known = await auditAnchors(vault.backupDir, vault.store.key)
    return known.filter((anchor) => !left.some((row) => row.seq <= anchor.seq && row.at >= anchor.at))
  }

  async function readAll(input: AuditQuery, total: number, tell: (done: number) => void): Promise<AuditRow[]> {
    const rows: AuditRow[] = []
    let cursor: string | null = null
    do {
      tell(Math.min(rows.length, total))
      const page: Awaited<ReturnType<typeof listAudit>> = await listAudit(deps.store.read, {
        ...input,
        cursor,
        limit: EXPORT_PAGE,
        dir: 'asc',
      })
      rows.push(...page.rows)
      cursor = page.nextCursor
    } while (cursor !== null)
    return rows
  }

  return {
    list: (input: PageInput<'seq', AuditFilters>) =>
      listAudit(deps.store.read, {
        text: input.text,
        filters: input.filters,
        cursor: input.cursor,
        limit: input.limit,
        dir: input.sort.dir,
      }),

    summary: async (input: AuditQuery) => ({ count: await countAudit(deps.store.read, input) }),

    async head(): Promise<AuditVerdictView> {
      const known = await anchors()
      return view(await verifyAudit(deps.store.read, vault.store.key, { last: HEAD_ROWS, anchors: known }))
    },

    async verify(ctx: CallContext) {
      return deps.jobs.start(ctx, {
        kind: 'audit.verify',
        steps: [{ key: 'audit:steps.verify', weight: 1 }],
        run: async (job) => {
          const known = await anchors()
          const onProgress = (done: number, total: number) => job.step('audit:steps.verify', done, total)
          const verdict = view(await verifyAudit(deps.store.read, vault.store.key, { anchors: known, onProgress }))
          await deps.store.write(withoutReplay(ctx.actor), async (uow) => {
            await uow.audit({ action: 'audit.verify', entity: 'audit', entityId: 'log', after: verdict })
          })
          return verdict
        },
      })
    },

    async exportRows(ctx: CallContext, input: AuditQuery & { format: 'xlsx' | 'csv' }) {
      const count = await countAudit(deps.store.read, input)
      if (count > MAX_EXPORT) throw refuse('AUDIT_TOO_MANY_ROWS', { count, max: MAX_EXPORT })
      const t = makeTranslator(ctx.locale)
      await deps.store.write(withoutReplay(ctx.actor), async (uow) => {
        await uow.audit({ action: 'audit.export', entity: 'audit', entityId: 'log', after: { ...input, count } })
      })
      return deps.jobs.start(ctx, {
        kind: 'audit.export',
        steps: [
          { key: 'audit:steps.rows', weight: 2 },
          { key: 'audit:steps.file', weight: 1 },
        ],
        run: async (job) => {
          const rows = await readAll(input, count, (done) => job.step('audit:steps.rows', done, count))
          job.step('audit:steps.file', 0, 1)
          const title = t('audit:title')
          const table = { nameParts: [title], sheet: title, format: input.format, columns: columns(t, deps.clock.zone) }
          return exportTable(deps, job, table, rows)
        },
      })
    },
  }
}

function columns(t: Translate, zone: string): ExportColumn<AuditRow>[] {
  const head = (key: string) => t(`audit:columns.${key}`)
  const text = (key: string, width: number, value: (row: AuditRow) => string | null): ExportColumn<AuditRow> => ({
    head: head(key),
    width,
    format: 'text',
    value,
  })
  return [
    { head: head('seq'), width: 10, format: 'count', value: (row) => row.seq },
    text('at', 18, (row) => formatMoment(row.at, zone)),
    text('userName', 14, (row) => row.userName ?? row.userId),
    text('roles', 20, (row) => row.roles.map((role) => t(`policy:roles.${role}`)).join(', ')),
    text('device', 16, (row) => row.device),
    text('action', 24, (row) => actionWords(t, row.action)),
    text('entity', 16, (row) => entityWords(t, row.entity)),
    text('entityId', 38, (row) => row.entityId),
    text('before', 60, (row) => json(row.before)),
    text('after', 60, (row) => json(row.after)),
    text('mac', 16, (row) => row.mac),
  ]
}

function json(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value)
}

function view(verdict: AuditVerdict): AuditVerdictView {
  return { ...verdict, head: { seq: verdict.head.seq, mac: verdict.head.mac.slice(0, 12) } }
}

export type AuditService = ReturnType<typeof createAuditService>
