import { useMemo } from 'react'
import type { TFunction } from 'i18next'
import type { RowOf } from '../../api/operations.ts'
import { useAsk } from '../../api/use-ask.ts'
import { useFormat } from '../../ui/format.ts'
import type { FieldIds } from '../../ui/fields/field.tsx'
import type { LineBase, LineColumn } from '../../ui/line-grid/columns.ts'
import { EntityPicker, type Choice } from '../../ui/picker/entity-picker.tsx'

type Account = RowOf<'accounting.accounts'>
type AccountChoice = Choice & { readonly account: Account }

/** Every account; those that take lines; those that take lines by hand. */
const asked = { all: {}, leaves: { leaves_only: 1, active_only: 1 }, manual: { leaves_only: 1, active_only: 1, manual_only: 1 } } as const

/** The accounts as choices, found by code or part of a name; the chart is small and stays in memory. */
export function useAccountChoices(which: keyof typeof asked) {
  const { locale } = useFormat()
  const { data } = useAsk('accounting.accounts', asked[which])
  return useMemo(() => {
    const choices: AccountChoice[] = (data?.rows ?? []).map((account) => ({
      id: account.account_id,
      code: account.code,
      label: locale === 'zh-CN' ? account.name_zh : account.name_en || account.name_zh,
      account,
    }))
    const byId = new Map(choices.map((c) => [c.id, c]))
    return {
      choices,
      /** '1122 应收账款', or nothing. */
      nameOf: (account_id: string | null): string => {
        const choice = account_id === null ? undefined : byId.get(account_id)
        return choice ? `${choice.code} ${choice.label}` : ''
      },
      search: async (text: string): Promise<AccountChoice[]> => {
        const wanted = text.trim().toLowerCase()
        return choices.filter((c) => c.code!.startsWith(wanted) || c.label.toLowerCase().includes(wanted)).slice(0, 60)
      },
    }
  }, [data, locale])
}

type PickerProps = Partial<FieldIds> & {
  readonly accounts: ReturnType<typeof useAccountChoices>
  readonly account_id: string | null
  onPick(choice: AccountChoice): void
  readonly autoFocus?: boolean
  readonly look?: 'field' | 'cell'
  readonly placeholder?: string
  readonly 'aria-label'?: string
}

/** The field in which an account is chosen. */
export function AccountPicker({ accounts, account_id, ...rest }: PickerProps) {
  const name = accounts.nameOf(account_id)
  return <EntityPicker<AccountChoice> {...rest} chosen={account_id === null || name === '' ? null : { id: account_id, label: name }} search={accounts.search} />
}

type WithAccount = LineBase & { readonly account_id: string | null }

/** The column of an entry's lines in which the account is chosen. */
export function accountColumn<L extends WithAccount>({ accounts, t, width, grow }: { accounts: ReturnType<typeof useAccountChoices>; t: TFunction; width: number; grow: number }): LineColumn<L> {
  return {
    key: 'account',
    title: t('ui.f.account'),
    width,
    grow,
    stop: 'enter',
    wants: ({ account_id }) => account_id === null,
    field: 'account_id',
    view: (line) => accounts.nameOf(line.account_id),
    edit: ({ line, label, change, advance }) => (
      <AccountPicker
        accounts={accounts}
        look="cell"
        aria-label={label}
        placeholder={t('ui.account.find')}
        account_id={line.account_id}
        onPick={({ id }) => {
          change({ account_id: id } as Partial<L>)
          advance()
        }}
      />
    ),
  }
}
