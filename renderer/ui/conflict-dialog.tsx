import { Modal, Radio } from 'antd'
import { useState } from 'react'
import type { Conflict } from './form-state.ts'
import { useT } from './i18n.ts'

type Choice = 'mine' | 'theirs'

const shown = (value: unknown): string => {
  if (value === null || value === undefined || value === '') return '—'
  return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value)
}

/** Both texts side by side for every field that two people changed; without a choice one's own stays. */
export function ConflictDialog(props: {
  conflicts: readonly Conflict[]
  labelOf: (path: string) => string
  onSettled: (choices: Readonly<Record<string, Choice>>) => void
}) {
  const t = useT()
  const [choices, setChoices] = useState<Readonly<Record<string, Choice>>>({})
  return (
    <Modal
      open={props.conflicts.length > 0}
      title={t('common:form.conflictTitle')}
      width={720}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      okText={t('common:form.conflictApply')}
      cancelButtonProps={{ hidden: true }}
      onOk={() => {
        props.onSettled(choices)
        setChoices({})
      }}
    >
      <p>{t('common:form.conflictText')}</p>
      {props.conflicts.map((conflict) => (
        <fieldset key={conflict.path} className="form-group">
          <legend>{props.labelOf(conflict.path)}</legend>
          <Radio.Group
            vertical
            value={choices[conflict.path] ?? 'mine'}
            onChange={(event) => setChoices({ ...choices, [conflict.path]: event.target.value as Choice })}
            options={[
              { value: 'mine', label: `${t('common:form.mine')}: ${shown(conflict.mine)}` },
              { value: 'theirs', label: `${t('common:form.theirs')}: ${shown(conflict.theirs)}` },
            ]}
          />
        </fieldset>
      ))}
    </Modal>
  )
}
