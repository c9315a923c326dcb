import { useState } from 'react'
import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { useShortcuts } from '../../shell/keys.ts'
import { DocumentPage } from '../../ui/document-page.tsx'
import { Field, FieldRow, ProblemsProvider } from '../../ui/fields/field.tsx'
import { DayField, SelectField, TextField } from '../../ui/fields/value-fields.tsx'
import { RefusalMessage } from '../../ui/no-message.tsx'
import { problemsOf } from '../../ui/problems.ts'
import { isBlankStockLine, newStockLine, StockLines } from './stock-lines.tsx'

/** Goods from one place of ours to another: no value changes hands. */
export function TransferFormPage() {
  const { t } = useTranslation()
  const { today } = useSession()
  const navigate = useNavigate()
  const { message } = App.useApp()
  const { data: warehouses } = useAsk('inventory.warehouses', {})
  const [day, setDay] = useState(today)
  const [from, setFrom] = useState<string | null>(null)
  const [to, setTo] = useState<string | null>(null)
  const [note, setNote] = useState('')
  const [lines, setLines] = useState([newStockLine()])
  const transfer = useRun('inventory.transfer')
  const places = (warehouses?.rows ?? []).flatMap((w) => w.locations.filter((l) => l.is_active).map((l) => ({ value: l.location_id, label: w.locations.length > 1 ? `${w.name} · ${l.name}` : w.name })))
  const post = async (): Promise<void> => {
    const said = await transfer.run({
      day,
      from_location_id: from ?? '',
      to_location_id: to ?? '',
      ...(note.trim() === '' ? {} : { note: note.trim() }),
      lines: lines.filter((l) => !isBlankStockLine(l)).map((l) => ({ item_id: l.item?.item_id ?? '', unit: l.unit, quantity_e6: l.quantity_e6 ?? 0 })),
    })
    if (!said?.ok) return
    void message.success(t('ui.posted', { numbers: said.output.number }))
    void navigate('/stock/transfers')
  }
  useShortcuts([{ key: 'F9', always: true, run: () => void post() }])
  return (
    <DocumentPage
      kind={t('ui.nav.newTransfer')}
      backTo={{ path: '/stock/transfers', label: t('ui.nav.transfers') }}
      actions={
        <Button type="primary" loading={transfer.isRunning} onClick={() => void post()}>
          {t('command.inventory.transfer')} <kbd>F9</kbd>
        </Button>
      }
      messages={<RefusalMessage no={transfer.no} />}
    >
      <ProblemsProvider value={problemsOf(transfer.no)}>
        <section className="zg-card">
          <FieldRow>
            <Field label={t('ui.transfer.from')} path="from_location_id" isRequired span={3}>
              {(ids) => <SelectField {...ids} none="" value={from} options={places} onChange={setFrom} />}
            </Field>
            <Field label={t('ui.transfer.to')} path="to_location_id" isRequired span={3}>
              {(ids) => <SelectField {...ids} none="" value={to} options={places} onChange={setTo} />}
            </Field>
            <Field label={t('ui.f.day')} path="day" span={2}>
              {(ids) => <DayField {...ids} value={day} onChange={(value) => setDay(value ?? today)} />}
            </Field>
            <Field label={t('ui.f.note')} path="note" span={4}>
              {(ids) => <TextField {...ids} value={note} onChange={setNote} />}
            </Field>
          </FieldRow>
        </section>
        <StockLines lines={lines} onChange={(next) => setLines([...next])} problems={problemsOf(transfer.no)} enterSignal={0} without="value" onDone={() => void post()} />
      </ProblemsProvider>
    </DocumentPage>
  )
}
