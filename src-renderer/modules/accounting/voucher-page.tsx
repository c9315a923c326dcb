import { useMemo, useRef, useState } from 'react'
import { App, Button, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { useShortcuts } from '../../shell/keys.ts'
import { DocumentPage } from '../../ui/document-page.tsx'
import { Field, FieldRow, ProblemsProvider } from '../../ui/fields/field.tsx'
import { DayField, MoneyField, TextField, WholeField } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
import { useLeaveGuard } from '../../ui/leave-guard.tsx'
import { expectLines, LineGrid, type LineBase, type LineColumn } from '../../ui/line-grid/line-grid.tsx'
import { RefusalMessage } from '../../ui/no-message.tsx'
import { EntityPicker } from '../../ui/picker/entity-picker.tsx'
import { problemsOf } from '../../ui/problems.ts'
import { TotalsBar } from '../../ui/totals-bar.tsx'
import { useAccountChoices, type AccountChoice } from './account-picker.ts'

type VoucherLine = LineBase & { readonly account_id: string | null; readonly summary: string; readonly debit_minor: number | null; readonly credit_minor: number | null }

let count = 0
const newLine = (summary = ''): VoucherLine => ({ key: `voucher-${++count}`, account_id: null, summary, debit_minor: null, credit_minor: null })
const isBlank = (line: VoucherLine): boolean => line.account_id === null && line.debit_minor === null && line.credit_minor === null
const sum = (lines: readonly VoucherLine[], side: 'debit_minor' | 'credit_minor'): number => lines.reduce((total, l) => total + (l[side] ?? 0), 0)

/** A manual voucher: Enter walks, '=' in an amount takes what is missing to balance, F9 posts. */
export function VoucherPage() {
  const { t } = useTranslation()
  const { today } = useSession()
  const format = useFormat()
  const navigate = useNavigate()
  const { message } = App.useApp()
  const guard = useLeaveGuard()
  const accounts = useAccountChoices('manual')
  const { data: drafts } = useAsk('accounting.voucherDrafts', { limit: 100 })
  const [draft_id, setDraftId] = useState<string | null>(null)
  const [day, setDay] = useState(today)
  const [summary, setSummary] = useState('')
  const [attachments, setAttachments] = useState<number | null>(null)
  const [lines, setLines] = useState<readonly VoucherLine[]>([newLine(), newLine()])
  const [enterSignal, setEnterSignal] = useState(0)
  const post = useRun('accounting.postVoucher')
  const saveDraft = useRun('accounting.saveVoucherDraft')
  const debit_minor = sum(lines, 'debit_minor')
  const credit_minor = sum(lines, 'credit_minor')
  const latest = useRef(lines)
  latest.current = lines
  const change = (next: readonly VoucherLine[]): void => {
    guard.touch()
    setLines(next)
  }
  const postNow = async (): Promise<void> => {
    const filled = lines.filter((l) => !isBlank(l))
    setLines(filled)
    const said = await post.run({
      day,
      summary,
      attachments: attachments ?? 0,
      lines: filled.map((l) => ({
        account_id: l.account_id ?? '',
        ...(l.summary.trim() === '' ? {} : { summary: l.summary.trim() }),
        debit_minor: l.debit_minor ?? 0,
        credit_minor: l.credit_minor ?? 0,
      })),
      ...(draft_id === null ? {} : { draft_id }),
    })
    if (!said?.ok) return
    guard.settle()
    void message.success(t('ui.posted', { numbers: `${said.output.word}-${said.output.number}` }))
    void navigate(`/books/entries/${said.output.entry_id}`, { replace: true })
  }
  const keep = async (): Promise<void> => {
    const said = await saveDraft.run({
      ...(draft_id === null ? {} : { draft_id }),
      day,
      summary,
      attachments: attachments ?? 0,
      lines: lines.filter((l) => !isBlank(l)).map((l) => ({ account_id: l.account_id, ...(l.summary ? { summary: l.summary } : {}), debit_minor: l.debit_minor ?? 0, credit_minor: l.credit_minor ?? 0 })),
    })
    if (!said?.ok) return
    setDraftId(said.output.draft_id)
    guard.settle()
    void message.success(t('ui.order.draftSaved'))
  }
  const openDraft = (id: string): void => {
    const draft = drafts?.rows.find((d) => d.draft_id === id)
    if (!draft) return
    setDraftId(id)
    setDay(draft.day)
    setSummary(draft.summary)
    setAttachments(draft.attachments)
    setLines(draft.lines.map((l) => ({ ...newLine(l.summary ?? ''), account_id: l.account_id, debit_minor: l.debit_minor || null, credit_minor: l.credit_minor || null })))
  }
  useShortcuts([
    { key: 'F9', always: true, run: () => void postNow() },
    { key: 's', with: 'ctrl', run: () => void keep() },
  ])
  const columns = useVoucherColumns(accounts, latest)
  const difference = debit_minor - credit_minor
  return (
    <DocumentPage
      kind={t('ui.nav.newVoucher')}
      backTo={{ path: '/books/journal', label: t('ui.nav.journal') }}
      actions={
        <>
          {(drafts?.rows.length ?? 0) > 0 ? (
            <Select
              aria-label={t('ui.voucher.drafts')}
              placeholder={t('ui.voucher.drafts')}
              style={{ width: 200 }}
              value={draft_id}
              options={(drafts?.rows ?? []).map((d) => ({ value: d.draft_id, label: `${d.day} ${d.summary}` }))}
              onChange={openDraft}
            />
          ) : null}
          <Button loading={saveDraft.isRunning} onClick={() => void keep()}>
            {t('ui.saveDraft')} <kbd>Ctrl S</kbd>
          </Button>
          <Button type="primary" loading={post.isRunning} onClick={() => void postNow()}>
            {t('command.accounting.postVoucher')} <kbd>F9</kbd>
          </Button>
        </>
      }
      messages={<RefusalMessage no={post.no ?? saveDraft.no} />}
    >
      <ProblemsProvider value={problemsOf(post.no)}>
        <section className="zg-card">
          <FieldRow>
            <Field label={t('ui.f.day')} path="day" span={2}>
              {(ids) => <DayField {...ids} value={day} onChange={(value) => setDay(value ?? today)} />}
            </Field>
            <Field label={t('ui.f.summary')} path="summary" isRequired span={7}>
              {(ids) => (
                <TextField
                  {...ids}
                  autoFocus
                  value={summary}
                  onChange={(value) => {
                    guard.touch()
                    setSummary(value)
                  }}
                  onKeyDown={(event) => {
                    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
                    expectLines()
                    setEnterSignal((n) => n + 1)
                  }}
                />
              )}
            </Field>
            <Field label={t('ui.voucher.attachments')} path="attachments" span={2}>
              {(ids) => <WholeField {...ids} value={attachments} onChange={setAttachments} />}
            </Field>
          </FieldRow>
        </section>
        <LineGrid<VoucherLine>
          label={t('ui.f.lines')}
          lines={lines}
          columns={columns}
          onChange={change}
          newLine={() => newLine()}
          isBlank={isBlank}
          problems={problemsOf(post.no)}
          enterSignal={enterSignal}
          onDone={() => void postNow()}
        />
        <TotalsBar
          totals={[
            { key: 'debit', label: t('ui.f.debit'), value: format.money(debit_minor) },
            { key: 'credit', label: t('ui.f.credit'), value: format.money(credit_minor) },
            { key: 'difference', label: t('ui.voucher.difference'), value: format.money(difference), look: difference === 0 ? 'soft' : 'danger' },
          ]}
        >
          <span className="zg-soft">{t('ui.voucher.hint')}</span>
        </TotalsBar>
      </ProblemsProvider>
    </DocumentPage>
  )
}

function useVoucherColumns(accounts: ReturnType<typeof useAccountChoices>, latest: { readonly current: readonly VoucherLine[] }): readonly LineColumn<VoucherLine>[] {
  const { t } = useTranslation()
  const format = useFormat()
  return useMemo(() => {
    /** What would balance the voucher if this line's amount stood on this side. */
    const missing = (index: number, side: 'debit_minor' | 'credit_minor'): number => {
      const others = latest.current.filter((_, i) => i !== index)
      const difference = sum(others, 'debit_minor') - sum(others, 'credit_minor')
      return side === 'debit_minor' ? -difference : difference
    }
    const amount = (side: 'debit_minor' | 'credit_minor', other: 'debit_minor' | 'credit_minor', title: string): LineColumn<VoucherLine> => ({
      key: side,
      title,
      width: 150,
      align: 'end',
      stop: 'enter',
      field: side,
      view: (line) => (line[side] === null ? '' : format.money(line[side])),
      edit: ({ line, index, label, change }) => (
        <MoneyField
          look="cell"
          aria-label={label}
          value={line[side]}
          onChange={(value) => change({ [side]: value, ...(value ? { [other]: null } : {}) } as Partial<VoucherLine>)}
          onKeyDown={(event) => {
            if (event.key !== '=') return
            event.preventDefault()
            event.currentTarget.blur()
            change({ [side]: missing(index, side), [other]: null } as Partial<VoucherLine>)
            event.currentTarget.focus()
          }}
        />
      ),
    })
    return [
      {
        key: 'summary',
        title: t('ui.f.summary'),
        width: 180,
        grow: 2,
        field: 'summary',
        view: (line) => line.summary,
        edit: ({ line, label, change }) => <TextField look="cell" aria-label={label} value={line.summary} onChange={(summary) => change({ summary })} />,
      },
      {
        key: 'account',
        title: t('ui.f.account'),
        width: 260,
        grow: 3,
        stop: 'enter',
        field: 'account_id',
        view: (line) => {
          const choice = line.account_id === null ? undefined : accounts.byId.get(line.account_id)
          return choice ? `${choice.code} ${choice.label}` : ''
        },
        edit: ({ line, label, change, advance }) => {
          const choice = line.account_id === null ? undefined : accounts.byId.get(line.account_id)
          return (
            <EntityPicker<AccountChoice>
              look="cell"
              aria-label={label}
              placeholder={t('ui.account.find')}
              chosen={choice ? { id: choice.id, label: `${choice.code} ${choice.label}` } : null}
              search={accounts.search}
              onPick={({ id }) => {
                change({ account_id: id })
                advance()
              }}
            />
          )
        },
      },
      amount('debit_minor', 'credit_minor', t('ui.f.debit')),
      amount('credit_minor', 'debit_minor', t('ui.f.credit')),
    ]
  }, [t, format, accounts, latest])
}
