import { makeTranslator, type Translate } from '#shared/i18n/translate.ts'
import { bucketWord } from '#shared/modules/receivables/receivables.words.ts'
import { bucketsOf } from '#shared/modules/receivables/receivables.ageing.rules.ts'
import type { AgeBasis, AgeingGroupKind, InstalmentRow } from '#shared/modules/receivables/receivables.schema.ts'
import { withoutReplay, type CallContext, type CoreDeps } from '#core/kernel/deps.ts'
import { exportList, readAll, type ListAsked } from '#core/kernel/list-export.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { exportTable, type ExportColumn } from '#core/kernel/table-export.ts'
import type { AgeingAsked, createAgeingService, NamedGroup } from './ageing.service.ts'
import type { InstalmentFilters, InstalmentSort } from './instalments.repo.ts'
import type { createReceivablesService } from './receivables.service.ts'

interface AgeingExport extends AgeingAsked {
  readonly by: AgeingGroupKind
  readonly format: 'xlsx' | 'csv'
}

/** The receivables lists as files. */
export function createReceivablesExports(
  deps: CoreDeps,
  receivables: ReturnType<typeof createReceivablesService>,
  ageing: ReturnType<typeof createAgeingService>,
) {
  return {
    instalments(ctx: CallContext, input: ListAsked<InstalmentSort, InstalmentFilters>) {
      const t = makeTranslator(ctx.locale)
      return exportList<InstalmentRow>(deps, ctx, {
        kind: 'receivables.export',
        audit: { action: 'receivables.export', entity: 'receivable', entityId: 'instalments', after: input },
        title: t('receivables:list.title'),
        format: input.format,
        columns: instalmentColumns(t),
        sum: { label: t('receivables:list.sum'), columns: [6, 7, 8] },
        open: async () => ({
          count: (await receivables.summary(ctx, input)).count,
          page: (at) => receivables.list(ctx, { ...input, ...at }),
        }),
      })
    },

    async ageing(ctx: CallContext, input: AgeingExport) {
      const t = makeTranslator(ctx.locale)
      await deps.store.write(withoutReplay(ctx.actor), (uow) =>
        uow.audit({ action: 'receivables.export', entity: 'receivable', entityId: 'ageing', after: input }),
      )
      return deps.jobs.start(ctx, {
        kind: 'receivables.ageing',
        steps: [
          { key: 'jobs:steps.rows', weight: 3 },
          { key: 'jobs:steps.file', weight: 1 },
        ],
        run: async (job) => {
          const rows = await readAll<NamedGroup>(
            (at) => ageing.groups(ctx, { ...input, ...at }),
            (done) => job.step('jobs:steps.rows', done, 0),
          )
          job.step('jobs:steps.file', 0, 1)
          const title = t('receivables:ageing.title')
          const { value: policy } = await readSetting(deps.store.read, 'receivables')
          const columns = ageingColumns(t, input, policy.bounds)
          const sum = { label: t('receivables:list.sum'), columns: columns.map((_column, i) => i).slice(1) }
          const basis = t(`receivables:bases.${input.basis}`)
          const table = { nameParts: [title, basis, input.asOf], sheet: title, format: input.format, columns, sum }
          return exportTable(deps, job, table, rows)
        },
      })
    },
  }
}

function instalmentColumns(t: Translate): ExportColumn<InstalmentRow>[] {
  const head = (key: string) => t(`receivables:columns.${key}`)
  return [
    { head: head('customerName'), width: 28, format: 'text', value: (row) => row.customerName },
    { head: head('contractNumber'), width: 16, format: 'text', value: (row) => row.contractNumber },
    { head: head('label'), width: 14, format: 'text', value: (row) => row.label },
    { head: head('dueDay'), width: 12, format: 'day', value: (row) => row.dueDay },
    { head: head('status'), width: 12, format: 'text', value: (row) => t(`receivables:statuses.${row.status}`) },
    { head: head('daysOverdue'), width: 10, format: 'count', value: (row) => row.daysOverdue },
    { head: head('amount'), width: 16, format: 'yuan', value: (row) => row.amount },
    { head: head('settled'), width: 16, format: 'yuan', value: (row) => row.settled },
    { head: head('outstanding'), width: 16, format: 'yuan', value: (row) => row.outstanding },
    { head: head('ownerName'), width: 12, format: 'text', value: (row) => row.ownerName },
  ]
}

function ageingColumns(
  t: Translate,
  { by, basis }: { readonly by: AgeingGroupKind; readonly basis: AgeBasis },
  bounds: readonly number[],
): ExportColumn<NamedGroup>[] {
  return [
    { head: t(`receivables:ageing.heads.${by}`), width: 28, format: 'text', value: (row) => nameOf(t, by, row) },
    { head: t('receivables:columns.outstanding'), width: 16, format: 'yuan', value: (row) => row.outstanding },
    ...bucketsOf(bounds).map((bucket): ExportColumn<NamedGroup> => ({
      head: bucketWord(t, basis, bucket.key),
      width: 16,
      format: 'yuan',
      value: (row) => row.buckets[bucket.key] ?? 0,
    })),
  ]
}

const nameOf = (t: Translate, by: AgeingGroupKind, row: NamedGroup): string =>
  row.id === '' ? t(`receivables:ageing.none.${by}`) : row.name
