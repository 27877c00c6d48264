import { Button, Modal } from 'antd'
import dayjs from 'dayjs'
import { useT } from '#renderer/ui/i18n.ts'
import type { IssuedCode } from './account-form.tsx'

/** A one-time code, shown once, to be handed over in person. */
export function CodeDialog(props: { issued: IssuedCode | null; onClose: () => void }) {
  const t = useT()
  const { issued } = props
  return (
    <Modal
      open={issued !== null}
      title={`${t('people:code.title')} · ${issued?.name ?? ''}`}
      closable={false}
      mask={{ closable: false }}
      footer={
        <>
          <Button onClick={() => void navigator.clipboard.writeText(issued?.code ?? '')}>
            {t('people:code.copy')}
          </Button>
          <Button type="primary" onClick={props.onClose}>
            {t('common:close')}
          </Button>
        </>
      }
    >
      <div className="recovery-code">{issued?.code}</div>
      <p>{issued ? t('people:code.hint', { until: dayjs(issued.expiresAt).format('YYYY-MM-DD HH:mm') }) : ''}</p>
    </Modal>
  )
}
