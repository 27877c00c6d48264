import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { MAX_ANNEXES, type Annex } from '#shared/modules/contracts/contracts.texts.schema.ts'
import { TextAreaField, TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useField } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { Slot } from './slot.tsx'

/** What is printed behind the signatures: a title and a text each, in their order. */
export function AnnexesEditor() {
  const t = useT()
  const field = useField<readonly Annex[]>('terms.annexes')
  const annexes = field.value
  const move = (from: number, to: number) => {
    const next = [...annexes]
    next.splice(to, 0, ...next.splice(from, 1))
    field.set(next)
  }
  return (
    <fieldset className="form-group" data-path="terms.annexes">
      <legend>{t('contracts:groups.annexes')}</legend>
      <p className="muted">{t('contracts:annex.hint')}</p>
      {annexes.map((annex, index) => {
        const name = t('contracts:annex.label', { no: index + 1, title: annex.title }).trim()
        const step = (icon: React.ReactNode, label: string, disabled: boolean, act: () => void) => (
          <Button
            size="small"
            type="text"
            icon={icon}
            aria-label={`${t(`contracts:annex.${label}`)} ${index + 1}`}
            title={t(`contracts:annex.${label}`)}
            disabled={disabled || field.disabled}
            onClick={act}
          />
        )
        return (
          // The place is what an annex is known by: its name on paper comes from it.
          <section key={index} className="annex" aria-label={name}>
            <div className="annex-head">
              <strong>{t('contracts:annex.no', { no: index + 1 })}</strong>
              <span>
                {step(<ArrowUpOutlined aria-hidden />, 'up', index === 0, () => move(index, index - 1))}
                {step(<ArrowDownOutlined aria-hidden />, 'down', index === annexes.length - 1, () =>
                  move(index, index + 1),
                )}
                {step(<DeleteOutlined aria-hidden />, 'remove', false, () =>
                  field.set(annexes.filter((_other, at) => at !== index)),
                )}
              </span>
            </div>
            <Slot path={`terms.annexes.${index}.title`}>
              <TextField name={`terms.annexes.${index}.title`} label={t('contracts:annex.title')} max={80} />
            </Slot>
            <Slot path={`terms.annexes.${index}.text`}>
              <TextAreaField
                name={`terms.annexes.${index}.text`}
                label={t('contracts:annex.text')}
                max={20_000}
                rows={4}
              />
            </Slot>
          </section>
        )
      })}
      <Button
        size="small"
        icon={<PlusOutlined aria-hidden />}
        disabled={annexes.length >= MAX_ANNEXES || field.disabled}
        onClick={() => field.set([...annexes, { title: '', text: '' }])}
      >
        {t('contracts:annex.add')}
      </Button>
    </fieldset>
  )
}
