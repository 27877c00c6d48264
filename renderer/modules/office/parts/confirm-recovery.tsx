import { Button } from 'antd'
import { useState } from 'react'
import { createPortal } from 'react-dom'
import { z } from 'zod'
import { api } from '#renderer/rpc/api.ts'
import { TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { PlainForm } from '#renderer/ui/plain-form.tsx'

const schema = z.object({
  first: z.string().trim().min(1, 'validation:required').max(10),
  second: z.string().trim().min(1, 'validation:required').max(10),
})

/** Two groups that are not neighbours and that nobody can foresee. */
function twoOf(count: number): readonly [number, number] {
  const [a = 0, b = 0] = crypto.getRandomValues(new Uint32Array(2))
  const first = a % (count - 2)
  const second = first + 2 + (b % (count - first - 2))
  return [first, second]
}

/** The code is shown once; two of its groups are asked back so that it is really on paper. */
export function ConfirmRecovery(props: { code: string; firmName: string; onDone: () => void }) {
  const t = useT()
  const notice = useNotice()
  const groups = props.code.split('-')
  const [asked] = useState(() => twoOf(groups.length))
  const [written, setWritten] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(props.code)
    notice.done(t('office:firstRun.copied'))
  }
  return (
    <section aria-label={t('office:recovery.title')}>
      <p>{t('office:firstRun.recoveryHint')}</p>
      {written ? (
        <>
          <p className="muted">{t('office:firstRun.codeHidden')}</p>
          <PlainForm
            schema={schema}
            initial={{ first: '', second: '' }}
            action={t('office:firstRun.finish')}
            extra={<Button onClick={() => setWritten(false)}>{t('office:firstRun.showCode')}</Button>}
            submit={async ({ first, second }) => {
              await api.office.confirmRecovery({
                groups: [
                  { index: asked[0], text: first },
                  { index: asked[1], text: second },
                ],
              })
              props.onDone()
            }}
          >
            <div className="form-grid">
              <TextField name="first" label={t('office:firstRun.group', { n: asked[0] + 1 })} max={10} autoFocus />
              <TextField name="second" label={t('office:firstRun.group', { n: asked[1] + 1 })} max={10} />
            </div>
          </PlainForm>
        </>
      ) : (
        <>
          <ol className="recovery-code" data-testid="recovery-code" aria-label={t('office:recovery.title')}>
            {groups.map((group, index) => (
              <li key={index}>{group}</li>
            ))}
          </ol>
          <div className="gate-actions">
            <Button type="primary" onClick={() => setWritten(true)}>
              {t('office:firstRun.written')}
            </Button>
            <Button onClick={() => printSheet()}>{t('office:firstRun.printCode')}</Button>
            <Button onClick={() => void copy()}>{t('office:firstRun.copyCode')}</Button>
          </div>
          {createPortal(
            <div className="print-sheet paper">
              <h1>{t('office:recovery.title')}</h1>
              <p>{props.firmName}</p>
              <p className="paper-code">{props.code}</p>
              <p>{t('office:firstRun.paperHint')}</p>
            </div>,
            document.body,
          )}
        </>
      )}
    </section>
  )
}

function printSheet(): void {
  document.body.classList.add('printing')
  try {
    window.print()
  } finally {
    document.body.classList.remove('printing')
  }
}
