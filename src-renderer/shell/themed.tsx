import { useEffect, type ReactNode } from 'react'
import { App as AntdApp, ConfigProvider, type ConfigProviderProps } from 'antd'
import enUS from 'antd/locale/en_US.js'
import zhCN from 'antd/locale/zh_CN.js'
import { CheckCircleFilled, CloseCircleFilled, ExclamationCircleFilled, InfoCircleFilled } from '@ant-design/icons'
import { antdThemeOf, applyPalette } from '../ui/tokens.ts'
import { switchTexts } from './i18n.ts'
import { usePreferences } from './preferences.ts'

// antd's language packs are CommonJS: depending on the bundler the pack is the module or its default.
type Locale = NonNullable<ConfigProviderProps['locale']>
const packOf = (pack: object): Locale => ('default' in pack ? pack.default : pack) as Locale
const packs = { 'zh-CN': packOf(zhCN), en: packOf(enUS) }

// antd's own icons carry their English names to screen readers; what an alert says stands in its text.
const alertIcons = {
  successIcon: <CheckCircleFilled aria-hidden />,
  infoIcon: <InfoCircleFilled aria-hidden />,
  warningIcon: <ExclamationCircleFilled aria-hidden />,
  errorIcon: <CloseCircleFilled aria-hidden />,
}

/** Colours and language around everything, as this desk likes them. */
export function Themed({ children }: { children: ReactNode }) {
  const { mode, contrast, locale } = usePreferences()
  useEffect(() => applyPalette({ mode, contrast }), [mode, contrast])
  useEffect(() => void switchTexts(locale), [locale])
  return (
    <ConfigProvider theme={antdThemeOf({ mode, contrast })} locale={packs[locale]} button={{ autoInsertSpace: false }} alert={alertIcons} componentSize="middle">
      <AntdApp>{children}</AntdApp>
    </ConfigProvider>
  )
}
