import { useState } from 'react'
import { saveFile } from '#renderer/ui/files.ts'
import { useNotice } from '#renderer/ui/notices.tsx'

/** A file that the core makes and the seat saves; `busy` while it is being made. */
export function useMadeFile() {
  const notice = useNotice()
  const [busy, setBusy] = useState(false)
  const save = async (make: () => Promise<{ fileId: string; name: string }>) => {
    setBusy(true)
    try {
      await saveFile((await make()).fileId)
    } catch (error) {
      notice.fail(error)
    } finally {
      setBusy(false)
    }
  }
  return { busy, save: (make: () => Promise<{ fileId: string; name: string }>) => void save(make) }
}
