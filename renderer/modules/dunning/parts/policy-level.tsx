import { Button, Collapse, Tabs } from 'antd'
import type { Locale } from '#shared/i18n/locale.ts'
import { LOCALES } from '#shared/i18n/locale.ts'
import { STEP_KINDS } from '#shared/modules/dunning/dunning.ladder.rules.ts'
import { MOST_LEVELS, swapLevels, withLevel, withoutLevel } from '#shared/modules/dunning/dunning.policy.rules.ts'
import {
  DAY_KINDS,
  DOERS,
  STEP_CHANNELS,
  WORDING_CASES,
  type DunningLevel,
} from '#shared/modules/dunning/dunning.policy.schema.ts'
import { CheckField, SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { CountField, MoneyField } from '#renderer/ui/fields/number-fields.tsx'
import { TextAreaField, TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'

const PARTS = ['opening', 'demand', 'closing'] as const

interface LevelProps {
  readonly level: DunningLevel
  readonly at: number
  readonly levels: readonly DunningLevel[]
  readonly onLevels: (levels: DunningLevel[]) => void
}

/** One level of the ladder: when, by which way, by whom, and its words in three languages. */
export function LevelGroup({ level, at, levels, onLevels }: LevelProps) {
  const t = useT()
  const word = (key: string) => t(`dunning:policy.${key}`)
  const path = `policy.levels.${at}`
  const choices = <T extends string>(group: string, values: readonly T[]) =>
    values.map((value) => ({ value, label: t(`dunning:${group}.${value}`) }))
  return (
    <fieldset className="form-group">
      <legend>{t('dunning:policy.levelName', { n: at + 1, kind: t(`dunning:steps.${level.kind}`) })}</legend>
      <LevelButtons at={at} levels={levels} onLevels={onLevels} />
      <div className="form-grid">
        <SelectField name={`${path}.kind`} label={word('kind')} required options={choices('steps', STEP_KINDS)} />
        <CountField name={`${path}.days`} label={word('days')} hint={word('daysHint')} required />
        <SelectField
          name={`${path}.dayKind`}
          label={word('dayKind')}
          required
          options={choices('policy.dayKinds', DAY_KINDS)}
        />
        <CountField name={`${path}.gapDays`} label={word('gapDays')} required />
        <CountField name={`${path}.deadlineDays`} label={word('deadlineDays')} required />
        <SelectField name={`${path}.owner`} label={word('owner')} required options={choices('doers', DOERS)} />
        <SelectField
          name={`${path}.channels`}
          label={word('channels')}
          hint={word('channelsHint')}
          required
          multiple
          options={choices('channels', STEP_CHANNELS)}
        />
        <MoneyField name={`${path}.fee`} label={word('fee')} />
        <CheckField name={`${path}.interest`} label={word('interest')} />
        <CheckField name={`${path}.reservation`} label={word('reservation')} />
      </div>
      <p className="muted">{word('hint')}</p>
      <Tabs
        size="small"
        items={LOCALES.map((locale) => ({
          key: locale,
          label: t(`common:languages.${locale.replace('-', '')}`),
          children: <Texts level={level} path={`${path}.texts.${locale}`} locale={locale} />,
        }))}
      />
    </fieldset>
  )
}

/** Letters remember a level by its key, so that none is used twice, in whatever edition. */
const newKey = () => `n${crypto.randomUUID().replaceAll('-', '').slice(0, 12)}`

function LevelButtons({ at, levels, onLevels }: Omit<LevelProps, 'level'>) {
  const t = useT()
  const button = (key: string, able: boolean, change: () => DunningLevel[]) => (
    <Button
      size="small"
      disabled={!able}
      danger={key === 'removeLevel'}
      aria-label={`${t(`dunning:policy.${key}`)} ${at + 1}`}
      onClick={() => onLevels(change())}
    >
      {t(`dunning:policy.${key}`)}
    </Button>
  )
  return (
    <span className="action-bar level-buttons">
      {button('moveUp', at > 0, () => swapLevels(levels, at - 1))}
      {button('moveDown', at < levels.length - 1, () => swapLevels(levels, at))}
      {button('addLevel', levels.length < MOST_LEVELS, () => withLevel(levels, at, newKey()))}
      {button('removeLevel', levels.length > 1, () => withoutLevel(levels, at))}
    </span>
  )
}

function Texts({ level, path, locale }: { level: DunningLevel; path: string; locale: Locale }) {
  const t = useT()
  const word = (key: string) => t(`dunning:policy.${key}`)
  const cases = WORDING_CASES.filter((name) => level.texts[locale].cases[name] !== undefined)
  const names = (name: (typeof WORDING_CASES)[number]) =>
    name === 'expired' ? t('dunning:policy.cases.expired') : t(`dunning:delayReasons.${name}`)
  return (
    <>
      <TextField name={`${path}.letter.title`} label={word('titleField')} max={40} required />
      {PARTS.map((part) => (
        <TextAreaField key={part} name={`${path}.letter.${part}`} label={word(part)} max={1000} rows={2} />
      ))}
      <Collapse
        size="small"
        items={[
          ...(cases.length === 0
            ? []
            : [
                {
                  key: 'cases',
                  label: word('caseWords'),
                  children: (
                    <>
                      <p className="muted">{word('caseHint')}</p>
                      {cases.map((name) => (
                        <fieldset key={name} className="form-group">
                          <legend>{names(name)}</legend>
                          <TextField name={`${path}.cases.${name}.title`} label={word('titleField')} max={40} />
                          {PARTS.map((part) => (
                            <TextAreaField
                              key={part}
                              name={`${path}.cases.${name}.${part}`}
                              label={word(part)}
                              max={1000}
                              rows={2}
                            />
                          ))}
                        </fieldset>
                      ))}
                    </>
                  ),
                },
              ]),
          {
            key: 'spoken',
            label: `${word('email')} · ${word('script')}`,
            children: (
              <>
                <p className="muted">{word('ownWords')}</p>
                <TextField name={`${path}.subject`} label={word('subject')} max={120} />
                <TextAreaField name={`${path}.email`} label={word('email')} max={2000} rows={4} />
                <TextAreaField name={`${path}.script`} label={word('script')} max={2000} rows={4} />
              </>
            ),
          },
        ]}
      />
    </>
  )
}
