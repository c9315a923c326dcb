import { useMemo } from 'react'
import { App, Radio } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { DayField, MoneyField, SelectField, TextField } from '../../ui/fields/value-fields.tsx'
import { FormPage } from '../../ui/form-page.tsx'
import { useFormat } from '../../ui/format.ts'
import { newKey } from '../../ui/draft/desk.ts'
import { useDraft, useLines } from '../../ui/draft/use-draft.ts'
import type { LineBase, LineColumn } from '../../ui/line-grid/columns.ts'
import { LineGrid } from '../../ui/line-grid/line-grid.tsx'
import { problemsOf } from '../../ui/problems.ts'
import { useSure } from '../../ui/use-sure.ts'
import { TotalsBar } from '../../ui/totals-bar.tsx'
import { PartyPicker, type PickedParty } from '../parties/party-picker.tsx'
import { accountColumn, useAccountChoices } from './account-picker.tsx'

/** The two parts of how the books begin, each a form of its own. */
const parts = { balances: '/books/opening', items: '/books/opening/items' } as const
type Part = keyof typeof parts

/** What both parts say, and the way from one to the other. */
function useOpening(part: Part) {
  const { t } = useTranslation()
  const { company } = useSession()
  const format = useFormat()
  const navigate = useNavigate()
  const { data } = useAsk('accounting.periods', {})
  return {
    kind: t(part === 'balances' ? 'ui.nav.opening' : 'ui.nav.openingItems'),
    backTo: { path: '/books/periods', label: t('ui.nav.periods') },
    more: (
      <Radio.Group
        aria-label={t('ui.f.kind')}
        optionType="button"
        value={part}
        options={(Object.keys(parts) as Part[]).map((value) => ({ value, label: t(`ui.opening.${value}`) }))}
        onChange={(event) => void navigate(parts[event.target.value as Part])}
      />
    ),
    messages: (
      <p className="zg-soft" style={{ margin: 0 }}>
        {t('ui.opening.text', { day: company.first_day, amount: format.money(data?.blockers.opening_clearing_minor ?? 0) })}
      </p>
    ),
  }
}

type BalanceLine = LineBase & { readonly account_id: string | null; readonly debit_minor: number | null; readonly credit_minor: number | null }
type ItemLine = LineBase & { readonly side: 'receivable' | 'payable'; readonly party: PickedParty | null; readonly number: string; readonly day: string; readonly due_on: string; readonly amount_minor: number | null }

const newBalance = (): BalanceLine => ({ key: newKey(), account_id: null, debit_minor: null, credit_minor: null })
const isBlankBalance = (l: BalanceLine): boolean => l.account_id === null && l.debit_minor === null && l.credit_minor === null
type Balances = { readonly lines: readonly BalanceLine[] }

/** How the books begin: account balances. What parties owed and were owed is the other part; opening stock is an adjustment of its own. */
export function OpeningPage() {
  const { t } = useTranslation()
  const format = useFormat()
  const { message } = App.useApp()
  const accounts = useAccountChoices('manual')
  const isSure = useSure()
  const page = useOpening('balances')
  const { draft, set, form } = useDraft<Balances>(() => ({ lines: [newBalance()] }))
  const { lines } = draft
  const changeLines = useLines<BalanceLine, Balances>(set)
  const post = useRun('accounting.postOpeningBalances', form)
  const sum = (side: 'debit_minor' | 'credit_minor'): number => lines.reduce((all, l) => all + (l[side] ?? 0), 0)
  const save = async (): Promise<void> => {
    const filled = lines.filter((l) => !isBlankBalance(l))
    form.tidy({ lines: filled.length > 0 ? filled : [newBalance()] })
    if (!(await isSure({ title: t('ui.opening.sure'), ok: t('command.accounting.postOpeningBalances') }))) return
    const said = await post.run({
      lines: filled.map((l) => ({ account_id: l.account_id ?? '', debit_minor: l.debit_minor ?? 0, credit_minor: l.credit_minor ?? 0 })),
    })
    if (!said?.ok) return
    void message.success(t('ui.posted', { numbers: `${said.output.word}-${said.output.number}` }))
    form.tidy({ lines: [newBalance()] })
    form.settle()
  }
  const columns = useMemo((): readonly LineColumn<BalanceLine>[] => {
    const amount = (side: 'debit_minor' | 'credit_minor', title: string): LineColumn<BalanceLine> => ({
      key: side,
      title,
      width: 160,
      align: 'end',
      stop: 'enter',
      wants: (l) => l.debit_minor === null && l.credit_minor === null,
      field: side,
      view: (l) => format.money(l[side]),
      edit: ({ line, label, change }) => <MoneyField look="cell" aria-label={label} value={line[side]} onChange={(value) => change({ [side]: value } as Partial<BalanceLine>)} />,
    })
    return [
      accountColumn({ accounts, t, width: 320, grow: 1 }),
      amount('debit_minor', t('ui.f.debit')),
      amount('credit_minor', t('ui.f.credit')),
    ]
  }, [t, format, accounts])
  return (
    <FormPage {...page} posts={t('command.accounting.postOpeningBalances')} form={form} runs={[post]} onDone={() => void save()}>
      <LineGrid<BalanceLine> label={t('ui.opening.balances')} lines={lines} columns={columns} onChange={changeLines} newLine={newBalance} isBlank={isBlankBalance} problems={problemsOf(post.no)} onDone={() => void save()} />
      <TotalsBar
        totals={[
          { key: 'debit', label: t('ui.f.debit'), value: format.money(sum('debit_minor')) },
          { key: 'credit', label: t('ui.f.credit'), value: format.money(sum('credit_minor')) },
          { key: 'difference', label: t('ui.voucher.difference'), value: format.money(sum('debit_minor') - sum('credit_minor')), look: 'soft' },
        ]}
      />
    </FormPage>
  )
}

type Items = { readonly lines: readonly ItemLine[] }
const isBlankItem = (l: ItemLine): boolean => l.party === null && l.amount_minor === null && l.number === ''

/** What customers owed and suppliers were owed when the books began, document by document. */
export function OpeningItemsPage() {
  const { t } = useTranslation()
  const format = useFormat()
  const { company } = useSession()
  const { message } = App.useApp()
  const isSure = useSure()
  const page = useOpening('items')
  const newLine = (): ItemLine => ({ key: newKey(), side: 'receivable', party: null, number: '', day: company.first_day, due_on: company.first_day, amount_minor: null })
  const { draft, set, form } = useDraft<Items>(() => ({ lines: [newLine()] }))
  const { lines } = draft
  const changeLines = useLines<ItemLine, Items>(set)
  const post = useRun('accounting.postOpeningItems', form)
  const save = async (): Promise<void> => {
    const filled = lines.filter((l) => !isBlankItem(l))
    form.tidy({ lines: filled.length > 0 ? filled : [newLine()] })
    if (!(await isSure({ title: t('ui.opening.sure'), ok: t('command.accounting.postOpeningItems') }))) return
    const said = await post.run({
      items: filled.map((l) => ({ side: l.side, party_id: l.party?.party_id ?? '', number: l.number, day: l.day, due_on: l.due_on, amount_minor: l.amount_minor ?? 0 })),
    })
    if (!said?.ok) return
    void message.success(t('ui.done', { what: t('command.accounting.postOpeningItems') }))
    form.tidy({ lines: [newLine()] })
    form.settle()
  }
  const columns = useMemo(
    (): readonly LineColumn<ItemLine>[] => [
      {
        key: 'side',
        title: t('ui.ageing.side'),
        width: 100,
        view: (l) => t(`ui.ageing.${l.side}`),
        edit: ({ line, label, change }) => (
          <SelectField look="cell" aria-label={label} value={line.side} options={(['receivable', 'payable'] as const).map((value) => ({ value, label: t(`ui.ageing.${value}`) }))} onChange={(side) => change({ side: side ?? 'receivable' })} />
        ),
      },
      {
        key: 'party',
        title: t('ui.f.party'),
        width: 220,
        grow: 1,
        stop: 'enter',
        wants: (l) => l.party === null,
        field: 'party_id',
        view: (l) => l.party?.name ?? '',
        edit: ({ line, label, change, advance }) => (
          <PartyPicker
            look="cell"
            role={line.side === 'receivable' ? 'customer' : 'supplier'}
            aria-label={label}
            value={line.party}
            onPick={(party) => {
              change({ party })
              advance()
            }}
          />
        ),
      },
      { key: 'number', title: t('ui.f.document'), width: 140, stop: 'enter', wants: (l) => l.number.trim() === '', field: 'number', view: (l) => l.number, edit: ({ line, label, change }) => <TextField look="cell" aria-label={label} value={line.number} onChange={(number) => change({ number })} /> },
      { key: 'day', title: t('ui.f.day'), width: 110, stop: 'enter', field: 'day', view: (l) => l.day, edit: ({ line, label, change }) => <DayField look="cell" aria-label={label} value={line.day} onChange={(day) => day && change({ day })} /> },
      { key: 'due', title: t('ui.f.dueOn'), width: 110, stop: 'enter', field: 'due_on', view: (l) => l.due_on, edit: ({ line, label, change }) => <DayField look="cell" aria-label={label} value={line.due_on} onChange={(due_on) => due_on && change({ due_on })} /> },
      { key: 'amount', title: t('ui.f.amount'), width: 140, align: 'end', stop: 'enter', wants: (l) => l.amount_minor === null, field: 'amount_minor', view: (l) => format.money(l.amount_minor), edit: ({ line, label, change }) => <MoneyField look="cell" aria-label={label} value={line.amount_minor} onChange={(amount_minor) => change({ amount_minor })} /> },
    ],
    [t, format],
  )
  // The office names the lines by what they are.
  const problems = problemsOf(post.no).map((p) => (p.path[0] === 'items' ? { ...p, path: ['lines', ...p.path.slice(1)] } : p))
  return (
    <FormPage {...page} posts={t('command.accounting.postOpeningItems')} form={form} runs={[post]} onDone={() => void save()}>
      <LineGrid<ItemLine> label={t('ui.opening.items')} lines={lines} columns={columns} onChange={changeLines} newLine={newLine} isBlank={isBlankItem} problems={problems} onDone={() => void save()} />
      <TotalsBar
        totals={(['receivable', 'payable'] as const).map((side) => ({
          key: side,
          label: t(`ui.ageing.${side}`),
          value: format.money(lines.reduce((all, l) => all + (l.side === side ? (l.amount_minor ?? 0) : 0), 0)),
        }))}
      />
    </FormPage>
  )
}
