import { theme, type ThemeConfig } from 'antd'

export type ThemeChoice = 'light' | 'dark' | 'system'
export type Density = 'comfortable' | 'dense'

const FONT =
  "'Segoe UI', 'Microsoft YaHei UI', 'PingFang SC', 'Noto Sans CJK SC', 'Noto Sans SC', system-ui, sans-serif"

/** Status colours are for status only and always come with a word; each has 4.5:1 on its ground in both themes. */
export const STATUS = {
  light: { neutral: '#4b5563', active: '#1556b0', done: '#1b6b3a', attention: '#8a5300', danger: '#b42318' },
  dark: { neutral: '#b6bcc6', active: '#7fb2ff', done: '#6fcf97', attention: '#f0b44c', danger: '#ff8d85' },
} as const
export type StatusTone = keyof (typeof STATUS)['light']

/** antd as this program wears it: dense, square, one accent. */
export function antdTheme(dark: boolean, density: Density): ThemeConfig {
  const algorithms = [dark ? theme.darkAlgorithm : theme.defaultAlgorithm]
  if (density === 'dense') algorithms.push(theme.compactAlgorithm)
  const status = STATUS[dark ? 'dark' : 'light']
  return {
    algorithm: algorithms,
    cssVar: { key: 'ywt' },
    token: {
      fontFamily: FONT,
      fontSize: 14,
      borderRadius: 3,
      colorPrimary: dark ? '#5b9bff' : '#1556b0',
      colorLink: dark ? '#7fb2ff' : '#1556b0',
      colorLinkHover: dark ? '#a9ccff' : '#0f4590',
      colorLinkActive: dark ? '#a9ccff' : '#0b3672',
      colorError: status.danger,
      colorSuccess: status.done,
      colorWarning: status.attention,
      controlHeight: density === 'dense' ? 28 : 32,
      colorTextPlaceholder: dark ? '#9aa3af' : '#667085',
      colorTextDisabled: dark ? '#8b94a0' : '#6b7280',
      colorTextDescription: dark ? '#aab2bd' : '#5b6472',
      wireframe: false,
      motion: !matchMedia('(prefers-reduced-motion: reduce)').matches,
      ...(dark
        ? { colorBgBase: '#16191e', colorBgContainer: '#1b1f25', colorBgElevated: '#232830', colorBgLayout: '#121519' }
        : { colorBgLayout: '#f4f6f8' }),
    },
    components: {
      Table: {
        fontSize: 13,
        cellPaddingBlock: density === 'dense' ? 4 : 7,
        cellPaddingInline: 8,
        headerBg: dark ? '#20252c' : '#eef2f6',
        headerColor: dark ? '#d5dae1' : '#344054',
        headerBorderRadius: 0,
        rowHoverBg: dark ? '#232a33' : '#f3f7fc',
      },
      Form: { itemMarginBottom: 12, verticalLabelPadding: '0 0 2px', labelColor: dark ? '#c3cad4' : '#3f4a5a' },
      Dropdown: {
        colorPrimary: dark ? '#e6eaf0' : '#1d2733',
        controlItemBgActive: dark ? '#22324a' : '#e6eef9',
        controlItemBgActiveHover: dark ? '#2a3d59' : '#d8e5f6',
      },
      Button: {
        defaultShadow: 'none',
        primaryShadow: 'none',
        primaryColor: dark ? '#0b1220' : '#ffffff',
        dangerColor: dark ? '#1f0605' : '#ffffff',
      },
    },
  }
}
