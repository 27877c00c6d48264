import { plainReason } from '#shared/kernel/reason.ts'
import { makeTranslator } from '#shared/i18n/translate.ts'
import type { Locale } from '#shared/i18n/locale.ts'
import { refuse } from '#shared/kernel/app-error.ts'
import { formatYuan } from '#shared/kernel/money.ts'
import { emailOf, fillWording } from '#shared/modules/dunning/dunning.policy.rules.ts'
import type { LetterView, SendingFields, SendingRow } from '#shared/modules/dunning/dunning.proof.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { emailFile } from '#core/kernel/email-file.ts'
import { newId } from '#core/kernel/ids.ts'
import type { Scope } from '#core/kernel/scope.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { customerContacts } from '#core/modules/customers/customers.api.ts'
import { userBriefs } from '#core/modules/people/people.api.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import type { DunningSources } from './dunning.claims.ts'
import type { Policies } from './dunning.policies.ts'
import { findLetter, toLetterRow } from './dunning.repo.ts'
import { groundOf, judge, recountLetter } from './dunning.sendings.told.ts'

interface WithReason {
  readonly id: string
  readonly version: number
  readonly reason: string
}

/** The proof locker: how letters were sent, what became of them, and what that proves. */
export function createSendingsService(deps: CoreDeps, policies: Policies, sources: DunningSources) {
  async function letterOf(db: Reader | Writer, scope: Scope, id: string) {
    const raw = await findLetter(db, scope, id)
    if (!raw) throw refuse('NOT_FOUND', { entity: 'letter' })
    return raw
  }

  /** A sending that stands, of a letter that does. */
  async function current(uow: UnitOfWork, ctx: CallContext, input: { id: string; version: number }) {
    const before = await uow.db.selectFrom('dunning_sendings').selectAll().where('id', '=', input.id).executeTakeFirst()
    if (!before) throw refuse('NOT_FOUND', { entity: 'sending' })
    const letter = await letterOf(uow.db, ctx.scope, before.letter_id)
    if (before.version !== input.version) throw refuse('STALE', { current: { version: before.version } })
    if (before.void_at !== null || letter.state === 'void') throw refuse('DUNNING_VOID')
    return { before, letter }
  }

  /** Nothing is sent before it is written, and nothing has happened after today. */
  function assertDays(fields: SendingFields, letterDay: string, today: string): void {
    const { postedDay, outcomeDay } = fields
    if (postedDay < letterDay || postedDay > today || (outcomeDay ?? today) > today) throw refuse('DUNNING_SENT_DAY')
  }

  const columns = (fields: SendingFields) => ({
    channel: fields.channel,
    number: fields.number,
    contents: fields.contents,
    address: fields.address,
    posted_day: fields.postedDay,
    outcome: fields.outcome,
    outcome_day: fields.outcomeDay,
    signer: fields.signer,
    signer_name: fields.signerName,
    signature: fields.signature ? (1 as const) : (0 as const),
    note: fields.note,
  })

  return {
    async view(ctx: CallContext, id: string): Promise<LetterView> {
      const db = deps.store.read
      const raw = await letterOf(db, ctx.scope, id)
      const { policy } = await policies.inForce(db, deps.clock.today())
      const ground = await groundOf(db, raw, policy.transitDays)
      const owed = new Map(ground.owed.map((row) => [row.id, row]))
      const rows = await db
        .selectFrom('dunning_sendings')
        .selectAll()
        .where('letter_id', '=', id)
        .orderBy('posted_day')
        .orderBy('created_at')
        .execute()
      const people = await userBriefs(
        db,
        rows.flatMap((row) => [row.created_by ?? '', row.void_by ?? '']).filter((one) => one !== ''),
      )
      const nameOf = (userId: string | null) => people.get(userId ?? '')?.name ?? ''
      const t = makeTranslator(raw.language as Locale)
      const contacts = await customerContacts(db, raw.customer_id)
      return {
        letter: toLetterRow(raw),
        voidReason: raw.void_reason,
        lines: ground.lines.map((line) => ({
          contractId: owed.get(line.instalment_id)?.contractId ?? null,
          contractNumber: line.contract_number,
          label: line.label,
          dueDay: line.due_day,
          daysOverdue: line.days_overdue,
          outstanding: line.outstanding,
          interest: line.interest,
          left: owed.get(line.instalment_id)?.outstanding ?? 0,
        })),
        sendings: rows.map((row): SendingRow => {
          const verdict = judge(row, ground)
          return {
            id: row.id,
            version: row.version,
            channel: row.channel,
            number: row.number,
            contents: row.contents,
            address: row.address,
            postedDay: row.posted_day,
            outcome: row.outcome,
            outcomeDay: row.outcome_day,
            signer: row.signer,
            signerName: row.signer_name,
            signature: row.signature === 1,
            note: row.note,
            createdByName: nameOf(row.created_by),
            strength: verdict.strength,
            arrivalDay: verdict.arrivalDay,
            presumed: verdict.presumed,
            missing: [...verdict.missing],
            faults: verdict.faults.map(plainReason),
            agreedAddress: !verdict.faults.some(({ key }) => key.endsWith('.address')),
            void: row.void_at === null ? null : { byName: nameOf(row.void_by), reason: row.void_reason },
          }
        }),
        addresses: [...ground.context.addresses],
        suggested: {
          contents: t('dunning:proof.contents', { kind: t(`dunning:steps.${raw.kind}`), number: raw.number }),
          address: ground.service.address,
          email: ground.service.email || (contacts.find(({ email }) => email !== '')?.email ?? ''),
        },
      }
    },

    async emailDraft(ctx: CallContext, id: string) {
      const db = deps.store.read
      const raw = await letterOf(db, ctx.scope, id)
      if (raw.state === 'void') throw refuse('DUNNING_VOID')
      const language = raw.language as Locale
      const t = makeTranslator(language)
      const { policy } = await policies.inForce(db, deps.clock.today())
      const level =
        policy.levels.find(({ key }) => key === raw.step) ?? policy.levels.find(({ kind }) => kind === raw.kind)
      if (!level) throw refuse('NOT_FOUND', { entity: 'letter' })
      const { service } = await groundOf(db, raw, policy.transitDays)
      const contacts = await customerContacts(db, raw.customer_id)
      const firm = (await readSetting(db, 'firm')).value
      const file = await deps.files.readStored(raw.file_id)
      const words = emailOf(level, language, t)
      const total = formatYuan(raw.principal + raw.interest + raw.fee)
      const values = {
        title: level.texts[language].letter.title,
        number: raw.number,
        customer: raw.customer_name,
        firm: firm.name,
        handler: raw.owner_name,
        deadline: raw.deadline_day,
        amount: t('dunning:email.amount', { amount: total }),
      }
      const bytes = emailFile({
        to: service.email || (contacts.find(({ email }) => email !== '')?.email ?? ''),
        subject: fillWording(words.subject, values),
        text: fillWording(words.text, values),
        attachment: { name: file.name, bytes: file.bytes },
      })
      const userId = ctx.actor.userId ?? ''
      const name = file.name.replace(/\.pdf$/, '.eml')
      const { fileId } = deps.files.putTemporary(userId, { name, mime: 'message/rfc822', bytes })
      const { url } = deps.files.ticket(userId, fileId)
      return { url, name }
    },

    record: (ctx: CallContext, input: { letterId: string; fields: SendingFields }) =>
      deps.store.write(ctx.actor, async (uow) => {
        const letter = await letterOf(uow.db, ctx.scope, input.letterId)
        if (letter.state === 'void') throw refuse('DUNNING_VOID')
        assertDays(input.fields, letter.day, uow.today)
        const id = newId()
        const row = {
          id,
          version: 0,
          letter_id: input.letterId,
          ...columns(input.fields),
          created_at: uow.now,
          created_by: uow.actor.userId,
          void_at: null,
          void_by: null,
          void_reason: '',
        }
        await uow.db.insertInto('dunning_sendings').values(row).execute()
        await uow.audit({ action: 'dunning.sending', entity: 'letter', entityId: input.letterId, after: row })
        await recountLetter(uow, input.letterId, policies, sources)
        return { id, version: 0 }
      }),

    change: (ctx: CallContext, input: { id: string; version: number; fields: SendingFields }) =>
      deps.store.write(ctx.actor, async (uow) => {
        const { before, letter } = await current(uow, ctx, input)
        assertDays(input.fields, letter.day, uow.today)
        const after = { ...columns(input.fields), version: input.version + 1 }
        await uow.db.updateTable('dunning_sendings').set(after).where('id', '=', input.id).execute()
        await uow.audit({ action: 'dunning.sendingChange', entity: 'letter', entityId: letter.id, before, after })
        await recountLetter(uow, letter.id, policies, sources)
        return { id: input.id, version: input.version + 1 }
      }),

    voidSending: (ctx: CallContext, input: WithReason) =>
      deps.store.write(ctx.actor, async (uow) => {
        const { before, letter } = await current(uow, ctx, input)
        const after = {
          void_at: uow.now,
          void_by: uow.actor.userId,
          void_reason: input.reason,
          version: input.version + 1,
        }
        await uow.db.updateTable('dunning_sendings').set(after).where('id', '=', input.id).execute()
        await uow.audit({ action: 'dunning.sendingVoid', entity: 'letter', entityId: letter.id, before, after })
        await sources.demands?.gone(uow, { module: 'dunning', id: input.id }, input.reason)
        await recountLetter(uow, letter.id, policies, sources)
        return { id: input.id, version: input.version + 1 }
      }),
  }
}
