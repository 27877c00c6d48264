import { formatMoment } from '#shared/i18n/formatters.ts'
import { filingGaps } from '#shared/modules/contracts/contracts.papers.rules.ts'
import type { PapersView, SigningView } from '#shared/modules/contracts/contracts.papers.schema.ts'
import type { ContractView } from '#shared/modules/contracts/contracts.schema.ts'
import { SEAT_ZONE } from '#renderer/modules/customers/customers.queries.ts'
import { api } from '#renderer/rpc/api.ts'
import { useList } from '#renderer/rpc/queries.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { ErrorNotice, Facts, Panel, StatusTag } from '#renderer/ui/parts.tsx'
import { ArchivePart } from './archive-part.tsx'
import { PaperFileLine } from './paper-file.tsx'
import { ScanPart } from './scan-part.tsx'
import { SealsPart } from './seals-part.tsx'

/** What a contract has on paper: how it was signed, its seals, the scan that came back, and where the paper lies. */
export function PapersPanel({ view }: { view: ContractView }) {
  const t = useT()
  const found = useList('contracts', ['papers', view.id, view.version], () => api.contracts.papers.get({ id: view.id }))
  const papers = found.data
  const signed = view.state === 'signed'
  return (
    <Panel title={t('contracts:papers.title')} extra={papers && signed ? <Filing papers={papers} /> : null}>
      {found.shownError ? <ErrorNotice error={found.shownError} onRetry={() => void found.refetch()} /> : null}
      {papers ? (
        <>
          {signed ? <Signing view={view} signing={papers.signing} /> : null}
          <SealsPart view={view} seals={papers.seals} pages={papers.signing?.file?.pages ?? 1} />
          {signed ? <ScanPart view={view} scans={papers.scans} /> : null}
          {signed ? <ArchivePart view={view} papers={papers} /> : null}
        </>
      ) : null}
    </Panel>
  )
}

/** Whether everything of a signed contract is where it belongs. */
function Filing({ papers }: { papers: PapersView }) {
  const t = useT()
  const gaps = filingGaps({
    signedPages: papers.signing?.file?.pages ?? null,
    scanPages: papers.scans.find((scan) => scan.replacedAt === null)?.pages ?? null,
    sealed: papers.seals.some((seal) => seal.cancelled === null),
    archived: papers.archive !== null,
  })
  if (gaps.length === 0) {
    return (
      <StatusTag tone="done" icon>
        {t('contracts:papers.complete')}
      </StatusTag>
    )
  }
  const what = gaps.map((gap) => t(`contracts:papers.gap.${gap}`)).join(t('contracts:papers.between'))
  return (
    <StatusTag tone="attention" icon>
      {t('contracts:papers.gaps', { what })}
    </StatusTag>
  )
}

function Signing({ view, signing }: { view: ContractView; signing: SigningView | null }) {
  const t = useT()
  const word = (key: string, params?: object) => t(`contracts:papers.${key}`, params as never)
  if (signing === null) return <p className="muted">{word('noSigning')}</p>
  const side = ({ name, post, authority: { kind, letter, validTo } }: SigningView['ours']) =>
    [
      name,
      post,
      kind === 'unknown' ? '' : t(`contracts:authorities.${kind}`),
      kind === 'proxy' && letter !== '' ? word('letter', { letter }) : '',
      kind === 'proxy' && validTo !== null ? word('letterTo', { day: validTo }) : '',
    ]
      .filter((part) => part !== '')
      .join(' · ')
  const { ours, theirs, elsewhere, holder } = signing.copies
  const held = word('heldWords', { ours, theirs })
  return (
    <>
      <h3>{word('signing')}</h3>
      <Facts
        items={[
          { label: word('ours'), value: side(signing.ours) },
          { label: word('theirs'), value: side(signing.theirs) },
          { label: word('place'), value: signing.place },
          {
            label: word('held'),
            value: elsewhere > 0 ? `${held}${word('heldElse', { holder, count: elsewhere })}` : held,
          },
          { label: word('recorded'), value: `${signing.byName} ${formatMoment(signing.at, SEAT_ZONE)}` },
          {
            label: word('signedFile'),
            value:
              signing.file === null ? word('forRecord') : <PaperFileLine contractId={view.id} file={signing.file} />,
          },
        ]}
      />
    </>
  )
}
