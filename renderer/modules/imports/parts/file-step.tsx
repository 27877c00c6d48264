import { Button, Spin } from 'antd'
import { useEffect, useRef, useState } from 'react'
import type { ImportEntity, ImportTable } from '#shared/modules/imports/imports.schema.ts'
import { openTable } from '#renderer/modules/imports/imports.queries.ts'
import { api, shownError, type ShownError } from '#renderer/rpc/api.ts'
import { FileDrop } from '#renderer/ui/file-drop.tsx'
import { jobFile, saveFile } from '#renderer/ui/files.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { ErrorNotice, Panel } from '#renderer/ui/parts.tsx'

/** Choosing the file; the core reads it and says what it is, or why it cannot. */
export function FileStep(props: { entity: ImportEntity; onTable: (table: ImportTable) => void }) {
  const t = useT()
  const notice = useNotice()
  const [failure, setFailure] = useState<ShownError | null>(null)
  const [reading, setReading] = useState<AbortController | null>(null)
  const latest = useRef<AbortController | null>(null)
  latest.current = reading
  useEffect(() => () => latest.current?.abort(), [])

  const read = async (file: File) => {
    const control = new AbortController()
    setFailure(null)
    setReading(control)
    try {
      props.onTable(await openTable(props.entity, file, control.signal))
    } catch (error) {
      if (!control.signal.aborted) setFailure(shownError(error))
    } finally {
      setReading(null)
    }
  }
  const template = async () => {
    try {
      const { jobId } = await api.imports.template({ entity: props.entity })
      const { fileId } = await jobFile(jobId)
      await saveFile(fileId)
    } catch (error) {
      notice.fail(error)
    }
  }
  return (
    <Panel>
      {failure ? <ErrorNotice error={failure} /> : null}
      {reading ? (
        <div className="import-reading" role="status">
          <Spin /> {t('imports:file.reading')}
          <Button size="small" onClick={() => reading.abort()}>
            {t('common:cancel')}
          </Button>
        </div>
      ) : (
        <FileDrop
          accept=".xlsx,.csv,.txt,.tsv"
          text={t('imports:file.drop')}
          hint={t('imports:file.limits')}
          onFile={(file) => void read(file)}
        />
      )}
      <p className="import-template">
        <Button size="small" onClick={() => void template()}>
          {t('imports:file.template')}
        </Button>
      </p>
    </Panel>
  )
}
