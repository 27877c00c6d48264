import { makeTranslator } from '#shared/i18n/translate.ts'
import { startOfDay } from '#shared/modules/customers/customers.rules.ts'
import { MAX_DUE_FILES, type DueFile, type KeptFile } from '#shared/modules/customers/customers.due.contract.ts'
import { makeCalendar, nextWorkday } from '#shared/kernel/workdays.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { applyScope, inScope, type Scope } from '#core/kernel/scope.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { everybodyWho } from '#core/modules/people/people.api.ts'
import { addTask, closeTasksOf, retitleTask, tasksOfSource } from '#core/modules/tasks/tasks.api.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import { binCustomer } from './customers.records.ts'
import { findCustomers, type CustomerRecord } from './customers.repo.ts'
import type { CustomerUse } from './customers.service.ts'

/** What keeps a file although its day has come. */
export interface DueUse {
  readonly why: Exclude<KeptFile['why'], 'notDue'>
  readonly holds: CustomerUse
}

/** Files that the scope may delete and whose day has come. */
function dueFiles(db: Reader | Writer, scope: Scope, today: string) {
  return applyScope(db.selectFrom('customers'), scope, 'customers.owner_id')
    .where('customers.removed_at', 'is', null)
    .where('customers.delete_day', '<=', today)
}

/** The first of them, by their day; no more than are deleted at once. */
async function dueIds(db: Reader | Writer, scope: Scope, today: string): Promise<string[]> {
  const rows = await dueFiles(db, scope, today)
    .select('customers.id')
    .orderBy('customers.delete_day')
    .orderBy('customers.id')
    .limit(MAX_DUE_FILES)
    .execute()
  return rows.map((row) => row.id)
}

async function whyKept(
  db: Reader | Writer,
  uses: readonly DueUse[],
  { raw }: CustomerRecord,
  today: string,
): Promise<KeptFile['why'] | null> {
  if (raw.delete_day === null || raw.delete_day > today) return 'notDue'
  for (const { why, holds } of uses) if (await holds(db, raw.id)) return why
  return null
}

/** Which of these go and which stay; what is out of the scope or gone already is not there. */
async function sorted(
  db: Reader | Writer,
  uses: readonly DueUse[],
  scope: Scope,
  ids: readonly string[],
  today: string,
): Promise<{ going: CustomerRecord[]; kept: KeptFile[] }> {
  const going: CustomerRecord[] = []
  const kept: KeptFile[] = []
  for (const found of await findCustomers(db, [...new Set(ids)])) {
    if (found.raw.removed_at !== null || !inScope(scope, found.raw.owner_id)) continue
    const why = await whyKept(db, uses, found, today)
    if (why === null) going.push(found)
    else kept.push({ ...toDueFile(found), why })
  }
  return { going, kept }
}

/** How many can be deleted now, up to as many as are at once: those that business keeps are nobody's task. */
async function countGoing(db: Reader | Writer, uses: readonly DueUse[], scope: Scope, today: string): Promise<number> {
  return (await sorted(db, uses, scope, await dueIds(db, scope, today), today)).going.length
}

/** Deletes rejected files whose day has come. `uses` are what keeps one of them. */
export function createDueFilesService(deps: CoreDeps, uses: readonly DueUse[]) {
  const { store } = deps

  return {
    count: async (ctx: CallContext) => ({
      count: await countGoing(store.read, uses, ctx.scope, deps.clock.today()),
    }),

    async preview(ctx: CallContext, { ids }: { ids: readonly string[] | null }) {
      const today = deps.clock.today()
      const asked = ids ?? (await dueIds(store.read, ctx.scope, today))
      const { going, kept } = await sorted(store.read, uses, ctx.scope, asked, today)
      const all = await dueFiles(store.read, ctx.scope, today)
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow()
      const more = ids === null ? Number(all.count) - asked.length : 0
      return { files: going.map(toDueFile), kept, more: Math.max(0, more) }
    },

    remove: (ctx: CallContext, { ids }: { ids: readonly string[] }) =>
      store.write(ctx.actor, async (uow) => {
        const { going, kept } = await sorted(uow.db, uses, ctx.scope, ids, uow.today)
        for (const found of going) await binCustomer(uow, found, true)
        return { removed: going.length, kept }
      }),
  }
}

const toDueFile = ({ raw }: CustomerRecord): DueFile => ({
  id: raw.id,
  code: raw.code,
  name: raw.name,
  ownerName: raw.owner_name,
  deleteDay: raw.delete_day,
})

const NOBODY = { userId: null, roles: [], device: 'program', entry: 'customers.due' } as const

/**
 * Keeps one task for everybody who may delete files, as long as one within his scope can be: it says how
 * many there are and ends with the last. Who finished it is told again on the next day. Gives how many tasks changed.
 */
export async function remindOfDueFiles(deps: CoreDeps, uses: readonly DueUse[]): Promise<number> {
  const { store, clock } = deps
  const t = makeTranslator((await readSetting(store.read, 'preferences')).value.locale)
  const todayFrom = startOfDay(clock.today(), clock.zone)

  async function steps(db: Reader | Writer) {
    const found = []
    for (const { userId, scope } of await everybodyWho(db, 'customers.remove')) {
      const source = { module: 'dueFiles', id: userId } as const
      const count = await countGoing(db, uses, scope, clock.today())
      const known = await tasksOfSource(db, source)
      const open = known.find((task) => task.state === 'open')
      const title = t('customers:due.task', { count })
      if (count === 0 ? open !== undefined : open === undefined || open.title !== title) {
        const saidToday = open === undefined && known.some((task) => task.createdAt >= todayFrom)
        if (!saidToday) found.push({ userId, source, count, title, open })
      }
    }
    return found
  }

  if ((await steps(store.read)).length === 0) return 0
  return store.write(NOBODY, async (uow) => {
    const calendar = makeCalendar((await readSetting(uow.db, 'workCalendar')).value)
    const dueDay = nextWorkday(calendar, clock.today()).day
    const now = await steps(uow.db)
    for (const { userId, source, count, title, open } of now) {
      if (count === 0) await closeTasksOf(uow, source, 'done')
      else if (open) await retitleTask(uow, open.id, title)
      else await addTask(uow, { kind: 'other', title, ownerId: userId, dueDay, customerId: null, source })
    }
    return now.length
  })
}
