import { useMemo, useRef, useState } from 'react'
import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { newKey } from '../../ui/draft/desk.ts'
import { useDraft, useLines } from '../../ui/draft/use-draft.ts'
import { Field, FieldRow } from '../../ui/fields/field.tsx'
import { DayInput, TextInput } from '../../ui/fields/inputs.tsx'
import { fillsRest } from '../../ui/fields/parsed-input.tsx'
import { MoneyField, TextField, WholeField } from '../../ui/fields/value-fields.tsx'
import { FormPage } from '../../ui/form-page.tsx'
import { useFormat } from '../../ui/format.ts'
import type { LineBase, LineColumn } from '../../ui/line-grid/columns.ts'
import { LineGrid, useIntoLines } from '../../ui/line-grid/line-grid.tsx'
import { problemsOf } from '../../ui/problems.ts'
import { TotalsBar } from '../../ui/totals-bar.tsx'
import { accountColumn, useAccountChoices } from './account-picker.tsx'
import { DeleteDraft, VoucherDrafts, type VoucherDraft } from './voucher-drafts.tsx'

type VoucherLine = LineBase & { readonly account_id: string | null; readonly summary: string; readonly debit_minor: number | null; readonly credit_minor: number | null }

const newLine = (summary = ''): VoucherLine => ({ key: newKey(), account_id: null, summary, debit_minor: null, credit_minor: null })
const emptyLines = (): readonly VoucherLine[] => [newLine(), newLine()]
const isBlank = (line: VoucherLine): boolean => line.account_id === null && line.debit_minor === null && line.credit_minor === null
const sum = (lines: readonly VoucherLine[], side: 'debit_minor' | 'credit_minor'): number => lines.reduce((total, l) => total + (l[side] ?? 0), 0)

type Voucher = { readonly draft_id: string | null; readonly day: string; readonly summary: string; readonly attachments: number | null; readonly lines: readonly VoucherLine[] }

/** A manual voucher: Enter walks, '=' in an amount takes what is missing to balance, F9 posts. */
export function VoucherPage() {
  const { t } = useTranslation()
  const { today } = useSession()
  const format = useFormat()
  const navigate = useNavigate()
  const { message } = App.useApp()
  const accounts = useAccountChoices('manual')
  const { data: drafts } = useAsk('accounting.voucherDrafts', { limit: 100 })
  const [removing, setRemoving] = useState<VoucherDraft | null>(null)
  const emptyVoucher = (): Voucher => ({ draft_id: null, day: today, summary: '', attachments: null, lines: emptyLines() })
  const { draft, set, form } = useDraft<Voucher>(emptyVoucher)
  const { draft_id, day, summary, attachments, lines } = draft
  const changeLines = useLines<VoucherLine, Voucher>(set)
  const intoLines = useIntoLines()
  const post = useRun('accounting.postVoucher', form)
  const saveDraft = useRun('accounting.saveVoucherDraft', form)
  const debit_minor = sum(lines, 'debit_minor')
  const credit_minor = sum(lines, 'credit_minor')
  const latest = useRef(lines)
  latest.current = lines
  const postNow = async (): Promise<void> => {
    const filled = lines.filter((l) => !isBlank(l))
    form.tidy({ lines: filled.length > 0 ? filled : emptyLines() })
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
    form.settle()
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
    form.tidy({ draft_id: said.output.draft_id })
    form.settle()
    void message.success(t('ui.order.draftSaved'))
  }
  /** Opens a saved one in place of what is here; a step back brings that up again. */
  const openDraft = (saved: VoucherDraft): void => {
    const kept = saved.lines.map((l) => ({ ...newLine(l.summary ?? ''), account_id: l.account_id, debit_minor: l.debit_minor || null, credit_minor: l.credit_minor || null }))
    set({ draft_id: saved.draft_id, day: saved.day, summary: saved.summary, attachments: saved.attachments, lines: kept.length > 0 ? kept : emptyLines() }, 'whole')
    form.settle()
  }
  /** An empty voucher again, where the one in front was thrown away. */
  const begin = (): void => {
    set(emptyVoucher(), 'whole')
    form.settle()
  }
  const opened = drafts?.rows.find((d) => d.draft_id === draft_id)
  const columns = useVoucherColumns(accounts, latest)
  const difference = debit_minor - credit_minor
  return (
    <FormPage
      kind={t('ui.nav.newVoucher')}
      backTo={{ path: '/books/journal', label: t('ui.nav.journal') }}
      posts={t('command.accounting.postVoucher')}
      form={form}
      runs={[post, saveDraft]}
      more={
        opened ? <Button onClick={() => setRemoving(opened)}>{t('ui.voucher.deleteDraft')}</Button> : null
      }
      onDone={() => void postNow()}
      onKeep={() => void keep()}
    >
      <section className="zg-card">
        <FieldRow>
          <DayInput span={2} value={day} onChange={(value) => set({ day: value })} />
          <TextInput
            label={t('ui.f.summary')}
            path="summary"
            isRequired
            span={7}
            autoFocus
            value={summary}
            onChange={(value) => set({ summary: value })}
            onKeyDown={intoLines.onEnter}
          />
          <Field label={t('ui.voucher.attachments')} path="attachments" span={2}>
            {(ids) => <WholeField {...ids} value={attachments} onChange={(value) => set({ attachments: value })} />}
          </Field>
        </FieldRow>
      </section>
      <LineGrid<VoucherLine>
        label={t('ui.f.lines')}
        lines={lines}
        columns={columns}
        onChange={changeLines}
        newLine={() => newLine()}
        isBlank={isBlank}
        problems={problemsOf(post.no)}
        enterSignal={intoLines.signal}
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
      <VoucherDrafts drafts={drafts?.rows ?? []} opened={opened} onOpen={openDraft} onRemove={setRemoving} />
      {removing ? <DeleteDraft draft={removing} onDone={() => removing.draft_id === draft_id && begin()} onClose={() => setRemoving(null)} /> : null}
    </FormPage>
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
      wants: (line) => line.debit_minor === null && line.credit_minor === null,
      field: side,
      view: (line) => (line[side] === null ? '' : format.money(line[side])),
      edit: ({ line, index, label, change }) => (
        <MoneyField
          look="cell"
          aria-label={label}
          value={line[side]}
          onChange={(value) => change({ [side]: value, ...(value ? { [other]: null } : {}) } as Partial<VoucherLine>)}
          onKeyDown={fillsRest(() => change({ [side]: missing(index, side), [other]: null } as Partial<VoucherLine>))}
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
      accountColumn({ accounts, t, width: 260, grow: 3 }),
      amount('debit_minor', 'credit_minor', t('ui.f.debit')),
      amount('credit_minor', 'debit_minor', t('ui.f.credit')),
    ]
  }, [t, format, accounts, latest])
}
