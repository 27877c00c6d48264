import { api } from '#renderer/rpc/api.ts'

/** Saves a file of the core: the browser's or the desktop program's own save dialog takes it from here. */
export async function saveFile(fileId: string): Promise<void> {
  const ticket = await api.files.ticket({ fileId })
  saveTicket(ticket.url, ticket.name)
}

export function saveTicket(url: string, name: string): void {
  const link = document.createElement('a')
  link.href = url
  link.download = name
  document.body.append(link)
  link.click()
  link.remove()
}

/** Reads a file of the core into memory, for the preview. */
export async function fetchFile(fileId: string): Promise<{ bytes: Uint8Array<ArrayBuffer>; name: string }> {
  const ticket = await api.files.ticket({ fileId })
  return { bytes: await fetchTicket(ticket.url), name: ticket.name }
}

/** What lies at a one-time address; where nothing does any more, that is a failure in words. */
export async function fetchTicket(url: string): Promise<Uint8Array<ArrayBuffer>> {
  const answer = await fetch(url)
  if (!answer.ok) throw Object.assign(new Error('NOT_FOUND'), { code: 'NOT_FOUND', data: {} })
  return new Uint8Array(await answer.arrayBuffer())
}

/** Waits for a job to end and gives its first file; throws its refusal. */
export async function jobFile(jobId: string): Promise<{ fileId: string; name: string }> {
  for (;;) {
    const job = await api.jobs.get({ id: jobId })
    if (job.state === 'done') {
      const file = job.files[0]
      if (file) return { fileId: file.fileId, name: file.name }
      throw Object.assign(new Error('NOT_FOUND'), { code: 'NOT_FOUND', data: {} })
    }
    if (job.state === 'failed') throw Object.assign(new Error('failed'), job.error ?? { code: 'INTERNAL', data: {} })
    if (job.state === 'cancelled') throw Object.assign(new Error('CANCELLED'), { code: 'CANCELLED', data: {} })
    await new Promise((resolve) => setTimeout(resolve, 120))
  }
}
