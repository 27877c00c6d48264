import { Link } from '@tanstack/react-router'
import { formatShown, labelIn, ownValue } from '#shared/modules/customers/customers.fields.rules.ts'
import type { CustomerView } from '#shared/modules/customers/customers.schema.ts'
import { useCustomFields, useFieldWords } from '#renderer/modules/customers/custom-fields.queries.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { Panel, StatusTag } from '#renderer/ui/parts.tsx'

/** What the file says in the firm's own fields; of a retired one only where it says something. */
export function CustomFieldsPanel({ view }: { view: CustomerView }) {
  const t = useT()
  const words = useFieldWords()
  const rules = useCan('customers.rules')
  const shown = useCustomFields().filter((field) => !field.retired || ownValue(view.fields, field.key) !== null)
  if (shown.length === 0) return null
  return (
    <Panel
      title={t('fields:title')}
      extra={rules ? <Link to={'/customers/fields' as never}>{t('fields:define')}</Link> : null}
    >
      <dl className="facts">
        {shown.map((field) => {
          const text = formatShown(field, ownValue(view.fields, field.key), words)
          return [
            <dt key="label">
              {labelIn(field.labels, words.locale)}
              {field.retired ? (
                <>
                  {' '}
                  <StatusTag tone="neutral">{t('fields:retiredTag')}</StatusTag>
                </>
              ) : null}
            </dt>,
            <dd key="value" className={field.lines ? 'prose' : undefined}>
              {text === '' ? <span className="muted">{t('common:none')}</span> : text}
            </dd>,
          ]
        })}
      </dl>
    </Panel>
  )
}
