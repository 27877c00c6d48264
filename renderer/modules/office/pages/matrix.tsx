import { Spin } from 'antd'
import { ROLES } from '#shared/policy/roles.ts'
import { api } from '#renderer/rpc/api.ts'
import { useList } from '#renderer/rpc/queries.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { ErrorNotice, Page } from '#renderer/ui/parts.tsx'

/** Who may do what, and how far: the matrix as the core has it in force. */
export function MatrixPage() {
  const t = useT()
  const found = useList('office', ['matrix'], () => api.office.matrix({}))
  return (
    <Page title={t('office:matrix.title')} filters={<span className="muted">{t('office:matrix.hint')}</span>}>
      {found.shownError ? <ErrorNotice error={found.shownError} /> : null}
      {found.isPending ? <Spin className="grid-spin" /> : null}
      {found.data ? (
        <div className="grid-scroll" tabIndex={0} role="group" aria-label={t('office:matrix.title')}>
          <table className="matrix">
            <thead>
              <tr>
                <th scope="col">{t('office:matrix.action')}</th>
                {ROLES.map((role) => (
                  <th key={role} scope="col">
                    {t(`policy:roles.${role}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {found.data.map((row) => (
                <tr key={row.action}>
                  <th scope="row">{t(`policy:actions.${row.action.replaceAll('.', '-')}`)}</th>
                  {ROLES.map((role) => {
                    const reach = row.scopes[role]
                    return (
                      <td key={role} className={`reach-${reach}`}>
                        {t(`policy:reach.${reach}`)}
                      </td>
                    )
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
    </Page>
  )
}
