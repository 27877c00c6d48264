import { LOCALES } from '#shared/i18n/locale.ts'
import { makeTranslator } from '#shared/i18n/translate.ts'
import { invalid, refuse } from '#shared/kernel/app-error.ts'
import { fieldsInUse, judgeDefinition, judgeValues, labelIn } from '#shared/modules/customers/customers.fields.rules.ts'
import {
  MAX_FIELDS,
  type FieldInput,
  type FieldValues,
  type FieldView,
  type GivenFields,
} from '#shared/modules/customers/customers.fields.schema.ts'
import { columnTitle, SHEET_COLUMNS } from '#shared/modules/customers/customers.sheet.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { newId } from '#core/kernel/ids.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import { countFieldValues, listFields, MAX_KEPT } from './customers.fields.repo.ts'

interface Versioned {
  readonly id: string
  readonly version: number
}
type FieldChange = Omit<FieldInput, 'key' | 'kind'>

/** Headings that the file's own columns have, in every language. */
const TITLES = LOCALES.map(makeTranslator).flatMap((t) => SHEET_COLUMNS.map((column) => columnTitle(t, column)))

/** The values of a customer after a change. Throws VALIDATION with what is wrong beside its field. */
export async function settledFields(
  db: Reader | Writer,
  given: GivenFields,
  before: FieldValues = {},
): Promise<FieldValues> {
  const { values, issues } = judgeValues(await listFields(db), given, before)
  if (issues.length > 0) throw invalid(issues)
  return values
}

/** The fields that the firm defines for its customer file. */
export function createCustomerFieldsService({ store }: CoreDeps) {
  async function current(uow: UnitOfWork, { id, version }: Versioned): Promise<{ all: FieldView[]; found: FieldView }> {
    const all = await listFields(uow.db)
    const found = all.find((field) => field.id === id)
    if (!found) throw refuse('NOT_FOUND', { entity: 'customerField' })
    if (found.version !== version) throw refuse('STALE', { current: found })
    return { all, found }
  }

  /** Judges a definition beside the others; a code name is taken by retired ones too. Throws VALIDATION. */
  function assertGood(field: FieldInput, others: readonly FieldView[]): void {
    const issues = judgeDefinition(field, fieldsInUse(others), TITLES)
    const takenKey = others.some((other) => other.retired && other.key === field.key)
    if (takenKey) issues.push({ path: ['key'], key: 'fields:errors.keyTaken' })
    if (issues.length > 0) throw invalid(issues)
  }

  const columns = (field: FieldChange) => ({
    labels: JSON.stringify(field.labels),
    help: field.help,
    required: field.required ? 1 : 0,
    in_list: field.inList ? 1 : 0,
    lines: field.lines ? 1 : 0,
    decimals: field.decimals,
    unit: field.unit,
    options: JSON.stringify(field.options),
  })

  /** Writes down what was done, and has lists and forms asked again. */
  async function done(
    uow: UnitOfWork,
    action: FieldAction,
    entityId: string,
    change: { before?: unknown; after?: unknown },
  ) {
    await uow.audit({ action, entity: 'customerField', entityId, ...change })
    uow.changed('customers', entityId)
  }

  return {
    list: () => listFields(store.read),
    usage: () => countFieldValues(store.read),

    create: (ctx: CallContext, given: FieldInput) =>
      store.write(ctx.actor, async (uow) => {
        const all = await listFields(uow.db)
        if (fieldsInUse(all).length >= MAX_FIELDS || all.length >= MAX_KEPT) throw refuse('CUSTOMER_FIELDS_FULL')
        const field = fitting(given, given.kind)
        assertGood(field, all)
        const id = newId()
        const last = await uow.db
          .selectFrom('custom_fields')
          .select((eb) => eb.fn.max<number | null>('position').as('position'))
          .executeTakeFirstOrThrow()
        const times = { version: 0, created_at: uow.now, updated_at: uow.now }
        const position = (last.position ?? -1) + 1
        await uow.db
          .insertInto('custom_fields')
          .values({ id, key: field.key, kind: field.kind, ...columns(field), position, retired_at: null, ...times })
          .execute()
        await done(uow, 'customers.fieldCreate', id, { after: field })
        return { id, version: 0 }
      }),

    update: (ctx: CallContext, { id, version, ...given }: FieldChange & Versioned) =>
      store.write(ctx.actor, async (uow) => {
        const { all, found } = await current(uow, { id, version })
        const field = fitting({ ...given, key: found.key, kind: found.kind }, found.kind)
        const others = all.filter((other) => other.id !== id)
        assertGood(field, found.retired ? [] : others)
        await assertOptionsFree(uow, ctx, found, field)
        await uow.db
          .updateTable('custom_fields')
          .set({ ...columns(field), version: version + 1, updated_at: uow.now })
          .where('id', '=', id)
          .execute()
        await done(uow, 'customers.fieldUpdate', id, { before: found, after: field })
        return { id, version: version + 1 }
      }),

    order: (ctx: CallContext, { ids }: { ids: readonly string[] }) =>
      store.write(ctx.actor, async (uow) => {
        const before = (await listFields(uow.db)).map((field) => field.id)
        const same = new Set(ids).size === ids.length && before.length === ids.length
        if (!same || !before.every((id) => ids.includes(id))) throw refuse('STALE', {})
        for (const [position, id] of ids.entries()) {
          await uow.db.updateTable('custom_fields').set({ position }).where('id', '=', id).execute()
        }
        await done(uow, 'customers.fieldOrder', ids[0] ?? '', { before, after: ids })
        return {}
      }),

    retire: (ctx: CallContext, { retired, ...input }: Versioned & { retired: boolean }) =>
      store.write(ctx.actor, async (uow) => {
        const { all, found } = await current(uow, input)
        if (!retired) {
          const others = fieldsInUse(all).filter((other) => other.id !== found.id)
          if (others.length >= MAX_FIELDS) throw refuse('CUSTOMER_FIELDS_FULL')
          if (judgeDefinition(found, others, TITLES).length > 0) throw refuse('CUSTOMER_FIELD_LABEL')
        }
        const version = found.version + 1
        await uow.db
          .updateTable('custom_fields')
          .set({ retired_at: retired ? uow.now : null, version, updated_at: uow.now })
          .where('id', '=', found.id)
          .execute()
        const change = { before: { retired: found.retired }, after: { retired } }
        await done(uow, 'customers.fieldRetire', found.id, change)
        return { id: found.id, version }
      }),

    remove: (ctx: CallContext, input: Versioned) =>
      store.write(ctx.actor, async (uow) => {
        const { found } = await current(uow, input)
        const count = (await countFieldValues(uow.db)).find((one) => one.id === found.id)?.count ?? 0
        if (count > 0) throw refuse('CUSTOMER_FIELD_IN_USE', { count })
        await uow.db.deleteFrom('custom_fields').where('id', '=', found.id).execute()
        await done(uow, 'customers.fieldRemove', found.id, { before: found })
        return { id: found.id }
      }),
  }

  /** An option that customers have is not taken out: they would have something nobody can read. */
  async function assertOptionsFree(uow: UnitOfWork, ctx: CallContext, found: FieldView, field: FieldInput) {
    const gone = found.options.filter((option) => !field.options.some((left) => left.key === option.key))
    if (gone.length === 0) return
    const usage = (await countFieldValues(uow.db)).find((one) => one.id === found.id)
    for (const option of gone) {
      const count = usage?.options[option.key] ?? 0
      if (count > 0) throw refuse('CUSTOMER_FIELD_OPTION', { option: labelIn(option.labels, ctx.locale), count })
    }
  }
}

type FieldAction = Extract<Parameters<UnitOfWork['audit']>[0]['action'], `customers.field${string}`>

/** Without what another kind of field would have. */
function fitting(field: FieldInput, kind: FieldInput['kind']): FieldInput {
  return {
    ...field,
    lines: kind === 'text' && field.lines,
    decimals: kind === 'number' ? field.decimals : 0,
    unit: kind === 'number' ? field.unit : '',
    options: kind === 'choice' ? field.options : [],
  }
}
