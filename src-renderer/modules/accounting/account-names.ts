import { useFormat } from '../../ui/format.ts'

type Named = { readonly account_code: string; readonly account_name_zh: string; readonly account_name_en: string }

/** An account as '1122 应收账款' in the language of the screen. */
export function useAccountName(): (account: Named) => string {
  const { locale } = useFormat()
  return ({ account_code, account_name_zh, account_name_en }) => `${account_code} ${locale === 'zh-CN' ? account_name_zh : account_name_en || account_name_zh}`
}
