import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { App, Button, Tabs } from 'antd'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { DocumentPage } from '../../ui/document-page.tsx'
import { stopsAtUnread } from '../../ui/fields/parsed-input.tsx'
import { DayField, MoneyField, SelectField, TextField } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
import { newKey } from '../../ui/draft/desk.ts'
import type { LineBase, LineColumn } from '../../ui/line-grid/columns.ts'
import { LineGrid } from '../../ui/line-grid/line-grid.tsx'
import { RefusalMessage } from '../../ui/no-message.tsx'
import { problemsOf } from '../../ui/problems.ts'
import { TotalsBar } from '../../ui/totals-bar.tsx'
import { useLeaveGuard } from '../../ui/use-leave-guard.ts'
import { PartyPicker, type PickedParty } from '../parties/party-picker.tsx'
import { accountColumn, useAccountChoices } from './account-picker.tsx'

/** How the books begin: account balances, and what parties owed and were owed. Opening stock is an adjustment of its own. */
export function OpeningPage() {
  const { t } = useTranslation()
  const { company } = useSession()
  const format = useFormat()
  const { data } = useAsk('accounting.periods', {})
  const [begun, setBegun] = useState({ balances: false, items: false })
  useLeaveGuard(begun.balances || begun.items)
  const onBalances = useCallback((balances: boolean) => setBegun((now) => (now.balances === balances ? now : { ...now, balances })), [])
  const onItems = useCallback((items: boolean) => setBegun((now) => (now.items === items ? now : { ...now, items })), [])
  return (
    <DocumentPage
      kind={t('ui.nav.opening')}
      backTo={{ path: '/books/periods', label: t('ui.nav.periods') }}
      messages={
        <p className="zg-soft" style={{ margin: 0 }}>
          {t('ui.opening.text', { day: company.first_day, amount: format.money(data?.blockers.opening_clearing_minor ?? 0) })}
        </p>
      }
    >
      <Tabs
        items={[
          { key: 'balances', label: t('ui.opening.balances'), children: <Balances onBegun={onBalances} /> },
          { key: 'items', label: t('ui.opening.items'), children: <Items onBegun={onItems} /> },
        ]}
      />
    </DocumentPage>
  )
}

type BalanceLine = LineBase & { readonly account_id: string | null; readonly debit_minor: number | null; readonly credit_minor: number | null }
type ItemLine = LineBase & { readonly side: 'receivable' | 'payable'; readonly party: PickedParty | null; readonly number: string; readonly day: string; readonly due_on: string; readonly amount_minor: number | null }

type PartProps = { /** Told whether something is entered that is not posted. */ onBegun(is: boolean): void }

function Balances({ onBegun }: PartProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { message } = App.useApp()
  const accounts = useAccountChoices('manual')
  const newLine = (): BalanceLine => ({ key: newKey(), account_id: null, debit_minor: null, credit_minor: null })
  const [lines, setLines] = useState<readonly BalanceLine[]>(() => [newLine()])
  const post = useRun('accounting.postOpeningBalances')
  const isBlank = (l: BalanceLine): boolean => l.account_id === null && l.debit_minor === null && l.credit_minor === null
  useEffect(() => onBegun(lines.some((l) => !isBlank(l))), [lines, onBegun])
  const box = useRef<HTMLDivElement>(null)
  const sum = (side: 'debit_minor' | 'credit_minor'): number => lines.reduce((all, l) => all + (l[side] ?? 0), 0)
  const save = async (): Promise<void> => {
    if (stopsAtUnread(box.current)) return
    const said = await post.run({
      lines: lines.filter((l) => !isBlank(l)).map((l) => ({ account_id: l.account_id ?? '', debit_minor: l.debit_minor ?? 0, credit_minor: l.credit_minor ?? 0 })),
    })
    if (!said?.ok) return
    void message.success(t('ui.posted', { numbers: `${said.output.word}-${said.output.number}` }))
    setLines([newLine()])
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
    <div ref={box} className="zg-stack">
      <RefusalMessage no={post.no} />
      <LineGrid<BalanceLine> label={t('ui.opening.balances')} lines={lines} columns={columns} onChange={setLines} newLine={newLine} isBlank={isBlank} problems={problemsOf(post.no)} onDone={() => void save()} />
      <TotalsBar
        totals={[
          { key: 'debit', label: t('ui.f.debit'), value: format.money(sum('debit_minor')) },
          { key: 'credit', label: t('ui.f.credit'), value: format.money(sum('credit_minor')) },
          { key: 'difference', label: t('ui.voucher.difference'), value: format.money(sum('debit_minor') - sum('credit_minor')), look: 'soft' },
        ]}
      />
      <div className="zg-form-foot">
        <Button type="primary" loading={post.isRunning} onClick={() => void save()}>
          {t('command.accounting.postOpeningBalances')}
        </Button>
      </div>
    </div>
  )
}

function Items({ onBegun }: PartProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { company } = useSession()
  const { message } = App.useApp()
  const newLine = (): ItemLine => ({ key: newKey(), side: 'receivable', party: null, number: '', day: company.first_day, due_on: company.first_day, amount_minor: null })
  const [lines, setLines] = useState<readonly ItemLine[]>(() => [newLine()])
  const post = useRun('accounting.postOpeningItems')
  const isBlank = (l: ItemLine): boolean => l.party === null && l.amount_minor === null && l.number === ''
  useEffect(() => onBegun(lines.some((l) => !isBlank(l))), [lines, onBegun])
  const box = useRef<HTMLDivElement>(null)
  const save = async (): Promise<void> => {
    if (stopsAtUnread(box.current)) return
    const said = await post.run({
      items: lines.filter((l) => !isBlank(l)).map((l) => ({ side: l.side, party_id: l.party?.party_id ?? '', number: l.number, day: l.day, due_on: l.due_on, amount_minor: l.amount_minor ?? 0 })),
    })
    if (!said?.ok) return
    void message.success(t('ui.done', { what: t('command.accounting.postOpeningItems') }))
    setLines([newLine()])
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
  return (
    <div ref={box} className="zg-stack">
      <RefusalMessage no={post.no} />
      <LineGrid<ItemLine> label={t('ui.opening.items')} lines={lines} columns={columns} onChange={setLines} newLine={newLine} isBlank={isBlank} problems={problemsOf(post.no)} onDone={() => void save()} />
      <TotalsBar
        totals={(['receivable', 'payable'] as const).map((side) => ({
          key: side,
          label: t(`ui.ageing.${side}`),
          value: format.money(lines.reduce((all, l) => all + (l.side === side ? (l.amount_minor ?? 0) : 0), 0)),
        }))}
      />
      <div className="zg-form-foot">
        <Button type="primary" loading={post.isRunning} onClick={() => void save()}>
          {t('command.accounting.postOpeningItems')}
        </Button>
      </div>
    </div>
  )
}
