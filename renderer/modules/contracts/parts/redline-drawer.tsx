import { useQuery } from '@tanstack/react-query'
import { Drawer, Select, Spin } from 'antd'
import { useState } from 'react'
import type { ContractVersion } from '#shared/modules/contracts/contracts.lives.schema.ts'
import { api, shownError } from '#renderer/rpc/api.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { ErrorNotice } from '#renderer/ui/parts.tsx'
import { ChangesTable } from './changes-table.tsx'
import { PrintMenu, twoFormats } from './print-menu.tsx'

/** What stands now has no number of its own among the versions. */
const NOW = 0

/** Any two versions of a contract side by side as one redline, on the screen and on paper. */
export function RedlineDrawer(props: {
  contractId: string
  versions: readonly ContractVersion[]
  /** The version whose changes are asked for; null while nothing is. */
  no: number | null
  onClose: () => void
}) {
  const t = useT()
  return (
    <Drawer
      open={props.no !== null}
      onClose={props.onClose}
      title={t('contracts:redline.title')}
      size={820}
      destroyOnHidden
    >
      {props.no === null ? null : <Body {...props} no={props.no} />}
    </Drawer>
  )
}

function Body(props: { contractId: string; versions: readonly ContractVersion[]; no: number }) {
  const t = useT()
  const numbers = props.versions.map((version) => version.no).toSorted((a, b) => a - b)
  const [from, setFrom] = useState(numbers.findLast((no) => no < props.no) ?? props.no)
  const [to, setTo] = useState(from === props.no ? NOW : props.no)
  const ask = { id: props.contractId, from, to: to === NOW ? null : to }
  const found = useQuery({
    queryKey: ['contracts', 'redline', ask],
    queryFn: () => api.contracts.redline(ask),
  })
  const options = numbers.map((value) => ({ value, label: t('contracts:redline.version', { no: value }) }))
  return (
    <>
      <div className="changes-chosen">
        <label>
          <span className="muted">{t('contracts:redline.from')}</span>
          <Select aria-label={t('contracts:redline.from')} value={from} options={options} onChange={setFrom} />
        </label>
        <label>
          <span className="muted">{t('contracts:redline.to')}</span>
          <Select
            aria-label={t('contracts:redline.to')}
            value={to}
            options={[...options, { value: NOW, label: t('contracts:redline.now') }]}
            onChange={setTo}
          />
        </label>
        <PrintMenu choices={twoFormats((format) => api.contracts.redlineFile({ ...ask, format }), t)} />
      </div>
      {found.error ? <ErrorNotice error={shownError(found.error)} onRetry={() => void found.refetch()} /> : null}
      {found.data ? <ChangesTable before={found.data.before} after={found.data.after} /> : null}
      {found.isPending ? <Spin className="grid-spin" /> : null}
    </>
  )
}
