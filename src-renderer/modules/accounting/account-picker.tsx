import { useMemo } from 'react'
import type { RowOf } from '../../api/operations.ts'
import { useAsk } from '../../api/use-ask.ts'
import { useFormat } from '../../ui/format.ts'
import type { Choice } from '../../ui/picker/entity-picker.tsx'

type Account = RowOf<'accounting.accounts'>
export type AccountChoice = Choice & { readonly account: Account }

/** The accounts as choices, found by code or part of a name; the chart is small and stays in memory. */
export function useAccountChoices(which: 'all' | 'manual') {
  const { locale } = useFormat()
  const { data } = useAsk('accounting.accounts', which === 'manual' ? { leaves_only: 1, active_only: 1, manual_only: 1 } : {})
  return useMemo(() => {
    const choices: AccountChoice[] = (data?.rows ?? []).map((account) => ({
      id: account.account_id,
      code: account.code,
      label: locale === 'zh-CN' ? account.name_zh : account.name_en || account.name_zh,
      account,
    }))
    return {
      choices,
      byId: new Map(choices.map((c) => [c.id, c])),
      search: async (text: string): Promise<AccountChoice[]> => {
        const wanted = text.trim().toLowerCase()
        return choices.filter((c) => c.code!.startsWith(wanted) || c.label.toLowerCase().includes(wanted)).slice(0, 60)
      },
    }
  }, [data, locale])
}
