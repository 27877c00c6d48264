import { Link } from '@tanstack/react-router'
import { Spin } from 'antd'
import { z } from 'zod'
import { entityId } from '#shared/kernel/text.ts'
import type { ContractView } from '#shared/modules/contracts/contracts.schema.ts'
import { api } from '#renderer/rpc/api.ts'
import { useList } from '#renderer/rpc/queries.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { saveFile } from '#renderer/ui/files.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { ErrorNotice } from '#renderer/ui/parts.tsx'

const schema = z.strictObject({ id: entityId })

/** Writes a contract on one of the firm's own Word templates that are in use for its kind and language. */
export function FromTemplateDrawer({ view, onClose }: { view: ContractView; onClose: () => void }) {
  const t = useT()
  const notice = useNotice()
  const found = useList('wordtemplates', ['choices', view.id, view.version], () =>
    api.wordTemplates.choices({ contractId: view.id as never }),
  )
  const choices = found.data ?? []
  const word = (key: string) => t(`wordtemplates:choose.${key}`)
  return (
    <ActionForm
      // The first one is chosen as soon as it is known.
      key={choices[0]?.id ?? ''}
      title={word('title')}
      hint={word('hint')}
      open
      schema={schema}
      initial={{ id: choices[0]?.id ?? null }}
      submitLabel={word('use')}
      disabled={choices.length === 0}
      onClose={onClose}
      submit={async ({ id }) => {
        const { fileId, name } = await api.wordTemplates.fill({ contractId: view.id as never, id })
        await saveFile(fileId)
        notice.done(t('wordtemplates:choose.done', { name }))
      }}
    >
      {found.shownError ? <ErrorNotice error={found.shownError} onRetry={() => void found.refetch()} /> : null}
      {found.isPending ? <Spin className="grid-spin" /> : null}
      {found.data && choices.length === 0 ? <NoChoice view={view} /> : null}
      {choices.length === 0 ? null : (
        <SelectField
          name="id"
          label={t('wordtemplates:actions.choose')}
          options={choices.map(({ id, name, no }) => ({
            value: id,
            label: `${name} · ${t('wordtemplates:edition', { no })}`,
          }))}
          required
        />
      )}
      {view.state === 'draft' ? <p className="muted">{word('draft')}</p> : null}
    </ActionForm>
  )
}

function NoChoice({ view }: { view: ContractView }) {
  const t = useT()
  const language = t(`contracts:languages.${view.language}`)
  return (
    <p>
      {t('wordtemplates:choose.none', { kind: t(`contracts:kinds.${view.kind}`), language })}{' '}
      <Link to={'/word-templates' as never}>{t('wordtemplates:title')}</Link>
    </p>
  )
}
