import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { MAX_ATTACHMENT_BYTES, type AttachedTo } from '#shared/modules/attachments/attachments.rules.ts'
import { api, shownError, type ShownError } from '#renderer/rpc/api.ts'

export interface QueuedFile {
  readonly key: number
  readonly name: string
  /** Null: waiting or under way. */
  readonly error: ShownError | null
}

let nextKey = 1

/** Hands files in one after the other; what fails stays in the list with its reason until it is dismissed. */
export function useUploads(to: AttachedTo, id: string, onAdded: (name: string) => void) {
  const queries = useQueryClient()
  const [queue, setQueue] = useState<readonly QueuedFile[]>([])
  const [total, setTotal] = useState(0)
  const [finished, setFinished] = useState(0)
  const tail = useRef<Promise<void>>(Promise.resolve())

  const send = async (file: File): Promise<string> => {
    if (file.size > MAX_ATTACHMENT_BYTES)
      throw Object.assign(new Error('size'), { code: 'ATTACHMENT_TOO_LARGE', data: {} })
    const { fileId } = await api.files.upload({ file })
    const { name } = await api.attachments.add({ to, id, fileId })
    return name
  }
  const handIn = async (file: File, key: number) => {
    try {
      const name = await send(file)
      setQueue((old) => old.filter((one) => one.key !== key))
      onAdded(name)
    } catch (error) {
      setQueue((old) => old.map((one) => (one.key === key ? { ...one, error: shownError(error) } : one)))
    }
    setFinished((n) => n + 1)
    await queries.invalidateQueries({ queryKey: ['attachments', 'list', to, id] })
  }
  return {
    queue,
    /** Of the files handed in together, how many are through; null where nothing is under way. */
    progress: queue.some((one) => one.error === null) ? { finished, total } : null,
    dismiss: (key: number) => setQueue((old) => old.filter((one) => one.key !== key)),
    add(files: readonly File[]) {
      const idle = !queue.some((one) => one.error === null)
      if (idle) setFinished(0)
      setTotal((old) => (idle ? 0 : old) + files.length)
      for (const file of files) {
        const key = nextKey++
        setQueue((old) => [...old, { key, name: file.name, error: null }])
        tail.current = tail.current.then(() => handIn(file, key))
      }
    },
  }
}
