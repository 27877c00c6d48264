import { useQuery } from '@tanstack/react-query'
import { Modal } from 'antd'
import { shownError } from '#renderer/rpc/api.ts'
import { fetchTicket } from './files.ts'
import { PdfPreview } from './pdf-preview.tsx'

/** How a paper is found; `key` names its content, so that it is fetched once for each. */
export interface PaperSource {
  readonly key: readonly (string | number)[]
  readonly title: string
  readonly load: () => Promise<{ url: string; name: string }>
}

function usePaper(source: PaperSource, enabled: boolean) {
  return useQuery({
    // Of no module: what changes about its records changes no paper.
    queryKey: ['papers', ...source.key],
    queryFn: async () => {
      const ticket = await source.load()
      return { name: ticket.name, bytes: await fetchTicket(ticket.url) }
    },
    enabled,
    staleTime: Infinity,
  })
}

/** A paper of the register beside what is known of it. */
export function PaperPane({ source }: { source: PaperSource }) {
  const paper = usePaper(source, true)
  return (
    <section className="paper-pane" aria-label={source.title}>
      <PdfPreview
        bytes={paper.data?.bytes ?? null}
        name={paper.data?.name ?? source.title}
        error={paper.isError ? shownError(paper.error) : null}
        thumbnails={false}
      />
    </section>
  )
}

/** A paper of the register in a window of its own. */
export function StoredPaper(props: { source: PaperSource; open: boolean; onClose: () => void }) {
  const { source } = props
  const paper = usePaper(source, props.open)
  const name = paper.data?.name ?? source.title
  return (
    <Modal
      open={props.open}
      title={name}
      footer={null}
      width="min(1000px, 94vw)"
      className="pdf-dialog"
      onCancel={props.onClose}
      destroyOnHidden
    >
      <PdfPreview
        bytes={paper.data?.bytes ?? null}
        name={name}
        error={paper.isError ? shownError(paper.error) : null}
      />
    </Modal>
  )
}
