import { GlobalOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import type { ReactNode } from 'react'
import { LOCALES } from '#shared/i18n/locale.ts'
import { switchLocale, useLocale, useT } from './i18n.ts'

/** The languages by their own names. */
export const LANGUAGE_KEYS = {
  'zh-CN': 'common:languages.zhCN',
  'zh-TW': 'common:languages.zhTW',
  en: 'common:languages.en',
} as const

/** A screen before the program: one box in the middle, the language to choose above it. */
export function GateFrame(props: { title: string; wide?: boolean; hint?: string; children: ReactNode }) {
  const t = useT()
  const locale = useLocale()
  return (
    <main className="gate">
      <div className={props.wide ? 'gate-box wide' : 'gate-box'}>
        <div className="gate-top">
          <span className="shell-mark" aria-hidden>
            {t('common:appMark')}
          </span>
          <strong>{t('common:appName')}</strong>
          <span className="spacer" />
          <LanguageMenu locale={locale} />
        </div>
        <h1>{props.title}</h1>
        {props.hint === undefined ? null : <p className="muted">{props.hint}</p>}
        {props.children}
      </div>
    </main>
  )
}

/** Switches the language at once. */
export function LanguageMenu(props: { locale: string; compact?: boolean }) {
  const t = useT()
  const shown = t(LANGUAGE_KEYS[props.locale as keyof typeof LANGUAGE_KEYS])
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        selectable: true,
        selectedKeys: [props.locale],
        items: LOCALES.map((locale) => ({ key: locale, label: t(LANGUAGE_KEYS[locale]) })),
        onClick: ({ key }) => void switchLocale(key as (typeof LOCALES)[number]),
      }}
    >
      <Button type="text" icon={<GlobalOutlined aria-hidden />} aria-label={`${t('common:top.language')} ${shown}`}>
        {props.compact ? null : shown}
      </Button>
    </Dropdown>
  )
}
