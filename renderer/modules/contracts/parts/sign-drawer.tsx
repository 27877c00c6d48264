import { App } from 'antd'
import type { z } from 'zod'
import { canBeSigned } from '#shared/modules/contracts/contracts.check.ts'
import { contractSigning } from '#shared/modules/contracts/contracts.papers.schema.ts'
import { AUTHORITY_KINDS, type ContractView } from '#shared/modules/contracts/contracts.schema.ts'
import { api } from '#renderer/rpc/api.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { CountField } from '#renderer/ui/fields/number-fields.tsx'
import { TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useField } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { firmToday } from '#renderer/ui/firm-day.ts'
import { useDraftCheck } from './draft-check.tsx'
import { FindingsList } from './findings-list.tsx'

const schema = contractSigning.omit({ id: true, version: true })
type Typed = z.infer<typeof schema>

/** Half of the originals for each side, the odd one for us. */
function initial(view: ContractView): Typed {
  const { copies, ourAuthority, theirAuthority } = view.terms
  const theirs = Math.floor(copies / 2)
  return {
    signDay: firmToday(),
    ourSigner: view.ourSigner,
    theirSigner: view.theirSigner,
    ourPost: '',
    theirPost: '',
    ourAuthority,
    theirAuthority,
    signPlace: view.signPlace,
    copies: { ours: copies - theirs, theirs, elsewhere: 0, holder: '' },
  }
}

/**
 * Signing: the day, the place, who signed by what right, and who holds the originals. Not possible while a required
 * part is missing, and the list says which.
 */
export function SignDrawer(props: { view: ContractView; open: boolean; onClose: () => void }) {
  const t = useT()
  const { message } = App.useApp()
  const { view } = props
  const check = useDraftCheck(view)
  const errors = (check.data ?? []).filter((finding) => finding.severity === 'error')
  const ready = check.data !== undefined && canBeSigned(check.data)
  return (
    <ActionForm
      title={t('contracts:sign.title')}
      hint={t('contracts:sign.hint')}
      open={props.open}
      schema={schema}
      initial={initial(view)}
      submitLabel={t('contracts:sign.submit')}
      disabled={!ready}
      size={520}
      onClose={props.onClose}
      submit={async (output) => {
        await api.contracts.sign({ ...output, id: view.id as never, version: view.version })
        message.success(t('contracts:sign.done', { number: view.number }))
      }}
    >
      {errors.length > 0 ? (
        <>
          <p role="alert">{t('contracts:sign.blocked', { count: errors.length })}</p>
          <FindingsList findings={errors} />
        </>
      ) : null}
      <DayField name="signDay" label={t('contracts:sign.day')} required />
      <TextField name="signPlace" label={t('contracts:fields.signPlace')} max={80} />
      <Side side="our" />
      <Side side="their" />
      <Originals copies={view.terms.copies} />
    </ActionForm>
  )
}

function Side({ side }: { side: 'our' | 'their' }) {
  const t = useT()
  const right = `${side}Authority` as const
  const kind = useField<string>(`${right}.kind`).value
  const kinds = AUTHORITY_KINDS.map((value) => ({ value, label: t(`contracts:authorities.${value}`) }))
  return (
    <>
      <TextField name={`${side}Signer`} label={t(`contracts:fields.${side}Signer`)} max={40} required />
      <TextField name={`${side}Post`} label={t(`contracts:sign.${side}Post`)} max={40} />
      <SelectField name={`${right}.kind`} label={t(`contracts:sign.${side}Right`)} options={kinds} />
      {kind === 'proxy' ? (
        <>
          <TextField name={`${right}.letter`} label={t(`contracts:authority.letter.${right}`)} max={60} />
          <DayField name={`${right}.validTo`} label={t(`contracts:authority.validTo.${right}`)} />
        </>
      ) : null}
    </>
  )
}

function Originals({ copies }: { copies: number }) {
  const t = useT()
  const word = (key: string) => t(`contracts:sign.copies.${key}`)
  const elsewhere = useField<number | null>('copies.elsewhere').value ?? 0
  return (
    <>
      <CountField
        name="copies.ours"
        label={word('ours')}
        hint={t('contracts:sign.copiesHint', { count: copies })}
        required
      />
      <CountField name="copies.theirs" label={word('theirs')} required />
      <CountField name="copies.elsewhere" label={word('elsewhere')} required />
      {elsewhere > 0 ? <TextField name="copies.holder" label={word('holder')} max={60} /> : null}
    </>
  )
}
