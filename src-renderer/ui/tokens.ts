import { theme as antdTheme, type ThemeConfig } from 'antd'

type MappingAlgorithm = Extract<NonNullable<ThemeConfig['algorithm']>, (...args: never[]) => unknown>
type MapToken = ReturnType<MappingAlgorithm>

export type Mode = 'light' | 'dark'
/** How far colours stand apart: as usual, or as far as they can. */
export type Contrast = 'usual' | 'more'

/**
 * The colours of the workbench, one list per mode. Every text colour reaches 4.5 : 1 on every surface it is used on (WCAG AA);
 * the same values feed antd's theme and, as `--zg-…` variables, our own pieces.
 */
const palettes = {
  light: {
    page: '#f4f6f5',
    surface: '#ffffff',
    raised: '#ffffff',
    sunken: '#eef2f0',
    hover: '#eef4f2',
    selected: '#d9ece8',
    border: '#d5dcd9',
    'border-soft': '#e6ebe9',
    'border-strong': '#7d8985',
    text: '#1a2321',
    'text-soft': '#53605c',
    'text-faint': '#66726e',
    primary: '#0e6b63',
    'primary-text': '#0b5f58',
    'primary-soft': '#e0f0ed',
    danger: '#b3261e',
    'danger-soft': '#fdebe9',
    warning: '#8a5300',
    'warning-soft': '#fdf1dc',
    success: '#1c6b34',
    'success-soft': '#e3f3e7',
    info: '#1d5a96',
    'info-soft': '#e4effa',
    neutral: '#53605c',
    'neutral-soft': '#e9eeec',
    focus: '#0e6b63',
  },
  dark: {
    page: '#101413',
    surface: '#171c1b',
    raised: '#1f2524',
    sunken: '#131817',
    hover: '#202827',
    selected: '#1d3a37',
    border: '#323b39',
    'border-soft': '#262e2c',
    'border-strong': '#7b8784',
    text: '#e3e9e7',
    'text-soft': '#a9b5b1',
    'text-faint': '#94a09c',
    primary: '#147a70',
    'primary-text': '#63cabd',
    'primary-soft': '#17312e',
    danger: '#ff8f87',
    'danger-soft': '#3a1d1b',
    warning: '#f0b558',
    'warning-soft': '#34270f',
    success: '#74cf8c',
    'success-soft': '#182e1e',
    info: '#83bbf2',
    'info-soft': '#172a3d',
    neutral: '#a9b5b1',
    'neutral-soft': '#262e2c',
    focus: '#63cabd',
  },
} as const satisfies Record<Mode, Record<string, string>>

type Palette = Readonly<Record<keyof (typeof palettes)['light'], string>>

/** What high contrast changes: text at 7 : 1 and more (WCAG AAA), every border seen, tints so faint that they only hint. */
const farApart: Readonly<Record<Mode, Partial<Palette>>> = {
  light: {
    page: '#ffffff',
    sunken: '#f0f0f0',
    hover: '#e2e2e2',
    selected: '#cfe8e3',
    border: '#3d3d3d',
    'border-soft': '#707070',
    'border-strong': '#000000',
    text: '#000000',
    'text-soft': '#262626',
    'text-faint': '#333333',
    primary: '#00443e',
    'primary-text': '#003d37',
    danger: '#8a0000',
    'danger-soft': '#fff0ee',
    warning: '#573400',
    'warning-soft': '#fff4de',
    success: '#00431b',
    'success-soft': '#ebf8ee',
    info: '#00366b',
    'info-soft': '#ecf4fc',
    neutral: '#262626',
    'neutral-soft': '#f0f0f0',
    focus: '#000000',
  },
  dark: {
    page: '#000000',
    surface: '#000000',
    raised: '#0f0f0f',
    sunken: '#0f0f0f',
    hover: '#262626',
    selected: '#10403b',
    border: '#c4c4c4',
    'border-soft': '#949494',
    'border-strong': '#ffffff',
    text: '#ffffff',
    'text-soft': '#e6e6e6',
    'text-faint': '#d6d6d6',
    primary: '#0b5750',
    'primary-text': '#8ff5e6',
    danger: '#ffb5af',
    'danger-soft': '#2b0f0d',
    warning: '#ffd591',
    'warning-soft': '#241a06',
    success: '#9be8ae',
    'success-soft': '#0b1f11',
    info: '#b5dbff',
    'info-soft': '#0a1c2e',
    neutral: '#e6e6e6',
    'neutral-soft': '#1c1c1c',
    focus: '#ffffff',
  },
}

/** How the workbench looks: the mode, and how far colours stand apart. */
export type Look = { readonly mode: Mode; readonly contrast: Contrast }
const paletteOf = ({ mode, contrast }: Look): Palette => (contrast === 'more' ? { ...palettes[mode], ...farApart[mode] } : palettes[mode])

/** The system's own face; Noto Sans SC (in the program) only where the machine has no Chinese face. */
export const fontStack =
  "-apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', system-ui, 'PingFang SC', 'Microsoft YaHei UI', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Source Han Sans SC', 'Noto Sans SC', sans-serif"

/** Writes the palette where our own style sheets read it. */
export function applyPalette(look: Look): void {
  const { mode, contrast } = look
  const root = document.documentElement
  root.dataset['theme'] = mode
  root.dataset['contrast'] = contrast
  root.style.colorScheme = mode
  for (const [name, value] of Object.entries(paletteOf(look))) root.style.setProperty(`--zg-${name}`, value)
}

/** The compact sizes go down to 12 px; ours read 13 with the same heights. */
const ourSizes: MappingAlgorithm = (_seed, map) => ({ ...(map as MapToken), fontSize: 13, fontSizeSM: 12, fontSizeLG: 15, lineHeight: 20 / 13 })

/** antd with our colours: compact, square-ish, without movement that makes people wait. */
export function antdThemeOf(look: Look): ThemeConfig {
  const { mode } = look
  const c = paletteOf(look)
  const base = mode === 'dark' ? antdTheme.darkAlgorithm : antdTheme.defaultAlgorithm
  return {
    algorithm: [base, antdTheme.compactAlgorithm, ourSizes],
    token: {
      fontFamily: fontStack,
      colorPrimary: c.primary,
      colorLink: c['primary-text'],
      colorInfo: mode === 'dark' ? '#3d8fd6' : '#2f7dc4',
      colorError: mode === 'dark' ? '#e5534b' : c.danger,
      colorErrorText: c.danger,
      colorText: c.text,
      colorTextSecondary: c['text-soft'],
      colorTextTertiary: c['text-faint'],
      colorTextDescription: c['text-soft'],
      colorTextPlaceholder: c['text-faint'],
      colorTextQuaternary: c['text-faint'],
      colorBgLayout: c.page,
      colorBgContainer: c.surface,
      colorBgElevated: c.raised,
      colorBorder: c.border,
      colorBorderSecondary: c['border-soft'],
      borderRadius: 5,
      wireframe: false,
      motion: false,
      controlOutlineWidth: 2,
    },
    components: {
      Menu: { itemHeight: 30, itemMarginBlock: 1, itemMarginInline: 6, subMenuItemBg: 'transparent', itemBg: 'transparent' },
      Modal: { titleFontSize: 15 },
      Tabs: { itemSelectedColor: c['primary-text'], itemHoverColor: c['primary-text'], itemActiveColor: c['primary-text'], inkBarColor: c['primary-text'] },
      Button: {
        defaultHoverColor: c['primary-text'],
        defaultHoverBorderColor: c['primary-text'],
        defaultActiveColor: c['primary-text'],
        defaultActiveBorderColor: c['primary-text'],
      },
      // The box itself must be seen: 3 : 1 (WCAG 1.4.11).
      Checkbox: { colorBorder: c['border-strong'] },
      Radio: { colorPrimary: c['primary-text'], colorBorder: c['border-strong'] },
      Table: { cellPaddingBlockSM: 4 },
    },
  }
}
