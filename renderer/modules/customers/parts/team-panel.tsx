import { Select } from 'antd'
import { MEMBER_ACCESS, type TeamMember } from '#shared/modules/customers/customers.team.contract.ts'
import type { CustomerView } from '#shared/modules/customers/customers.schema.ts'
import { usePeopleChoices } from '#renderer/modules/customers/customers.queries.ts'
import { api } from '#renderer/rpc/api.ts'
import { useCommand, useList } from '#renderer/rpc/queries.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { ErrorNotice, Panel } from '#renderer/ui/parts.tsx'

interface Change {
  readonly userId: string
  readonly access: TeamMember['access'] | null
}

/** Who helps with a customer; its owner says who, and what they may do with the file. */
export function TeamPanel({ view }: { view: CustomerView }) {
  const t = useT()
  const notice = useNotice()
  const mayChange = useCan('customers.update') && view.access === 'full' && view.ownerId !== null && !view.removed
  const people = usePeopleChoices()
  const found = useList('customers', ['team', view.id], () => api.customers.team.of({ customerId: view.id as never }))
  const change = useCommand((input: Change, options) =>
    api.customers.team.set({ customerId: view.id as never, ...input } as never, options),
  )
  const members = found.data ?? []
  if (!mayChange && members.length === 0) return null
  const set = (input: Change) => void change.run(input).catch((error: unknown) => notice.fail(error))
  const taken = new Set([view.ownerId, ...members.map((member) => member.userId)])
  return (
    <Panel title={t('customers:team.title')}>
      {found.shownError ? <ErrorNotice error={found.shownError} onRetry={() => void found.refetch()} /> : null}
      <ul className="team-list">
        {members.map((member) => (
          <li key={member.userId}>
            <span>{member.name}</span>
            {mayChange ? (
              <>
                <Select
                  size="small"
                  value={member.access}
                  disabled={change.busy}
                  aria-label={t('customers:team.accessOf', { name: member.name })}
                  options={MEMBER_ACCESS.map((value) => ({ value, label: t(`customers:team.access.${value}`) }))}
                  onChange={(access) => set({ userId: member.userId, access })}
                />
                <button
                  type="button"
                  className="link-button"
                  disabled={change.busy}
                  aria-label={t('customers:team.endOf', { name: member.name })}
                  onClick={() => set({ userId: member.userId, access: null })}
                >
                  {t('customers:team.end')}
                </button>
              </>
            ) : (
              <span className="muted">{t(`customers:team.access.${member.access}`)}</span>
            )}
          </li>
        ))}
      </ul>
      {mayChange ? (
        <Select
          size="small"
          className="team-add"
          value={null}
          placeholder={t('customers:team.add')}
          aria-label={t('customers:team.add')}
          disabled={change.busy}
          options={people.filter((person) => !taken.has(person.value))}
          showSearch={{ optionFilterProp: 'label' }}
          onChange={(userId: string | null) => (userId === null ? undefined : set({ userId, access: 'read' }))}
        />
      ) : null}
    </Panel>
  )
}
