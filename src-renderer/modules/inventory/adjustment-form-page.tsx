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
import { useLeaveGuard } from '../../ui/leave-guard.tsx'
import { expectLines } from '../../ui/line-grid/line-grid.tsx'
import { RefusalMessage } from '../../ui/no-message.tsx'
import { problemsOf } from '../../ui/problems.ts'
import { isBlankStockLine, newStockLine, StockLines } from './stock-lines.tsx'

type Kind = 'opening' | 'adjustment' | 'memo'

/** Found and lost goods, opening stock, memos: posted at once. */
export function AdjustmentFormPage() {
  const { t } = useTranslation()
  const { company, today } = useSession()
  const navigate = useNavigate()
  const { message, modal } = App.useApp()
  const guard = useLeaveGuard()
  const { data: warehouses } = useAsk('inventory.warehouses', {})
  const [kind, setKind] = useState<Kind>('adjustment')
  const [day, setDay] = useState(today)
  const [warehouse_id, setWarehouse] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const [lines, setLines] = useState([newStockLine()])
  const [enterSignal, setEnterSignal] = useState(0)
  const post = useRun('inventory.postAdjustment')
  const postNow = async (): Promise<void> => {
    const isSure = await modal.confirm({ title: t('ui.adjustment.sure'), content: t('ui.posting.permanent'), okText: t('command.inventory.postAdjustment'), cancelText: t('ui.cancel'), autoFocusButton: 'ok' })
    if (!isSure) return
    const filled = lines.filter((l) => !isBlankStockLine(l))
    setLines(filled.length > 0 ? filled : [newStockLine()])
    const said = await post.run({
      kind,
      day,
      ...(warehouse_id === null ? {} : { warehouse_id }),
      reason,
      lines: filled.map((l) => ({
        item_id: l.item?.item_id ?? '',
        unit: l.unit,
        quantity_e6: l.quantity_e6 ?? 0,
        ...(l.value_minor === null ? {} : { value_minor: l.value_minor }),
        ...(l.note.trim() === '' ? {} : { note: l.note.trim() }),
      })),
    })
    if (!said?.ok) return
    guard.settle()
    void message.success(t('ui.posted', { numbers: said.output.number }))
    void navigate(`/stock/adjustments/${said.output.adjustment_id}`, { replace: true })
  }
  useShortcuts([{ key: 'F9', always: true, run: () => void postNow() }])
  return (
    <DocumentPage
      kind={t('ui.nav.newAdjustment')}
      backTo={{ path: '/stock/adjustments', label: t('ui.nav.adjustments') }}
      actions={
        <Button type="primary" loading={post.isRunning} onClick={() => void postNow()}>
          {t('command.inventory.postAdjustment')} <kbd>F9</kbd>
        </Button>
      }
      messages={<RefusalMessage no={post.no} />}
    >
      <ProblemsProvider value={problemsOf(post.no)}>
        <section className="zg-card">
          <FieldRow>
            <Field label={t('ui.f.kind')} path="kind" span={3} hint={t(`ui.adjustmentKind.${kind}.hint`)}>
              {(ids) => (
                <SelectField
                  {...ids}
                  value={kind}
                  options={(['adjustment', 'opening', 'memo'] as const).map((value) => ({ value, label: t(`ui.adjustmentKind.${value}`) }))}
                  onChange={(value) => {
                    setKind(value ?? 'adjustment')
                    if (value === 'opening') setDay(company.first_day)
                  }}
                />
              )}
            </Field>
            <Field label={t('ui.f.day')} path="day" span={2}>
              {(ids) => <DayField {...ids} value={day} onChange={(value) => setDay(value ?? today)} />}
            </Field>
            {(warehouses?.rows.length ?? 0) > 1 ? (
              <Field label={t('ui.f.warehouse')} path="warehouse_id" span={3}>
                {(ids) => (
                  <SelectField
                    {...ids}
                    value={warehouse_id ?? warehouses?.rows.find((w) => w.is_default)?.warehouse_id ?? null}
                    options={(warehouses?.rows ?? []).map((w) => ({ value: w.warehouse_id, label: w.name }))}
                    onChange={setWarehouse}
                  />
                )}
              </Field>
            ) : null}
            <Field label={t('ui.f.reason')} path="reason" isRequired span={4}>
              {(ids) => (
                <TextField
                  {...ids}
                  autoFocus
                  value={reason}
                  onChange={(value) => {
                    guard.touch()
                    setReason(value)
                  }}
                  onKeyDown={(event) => {
                    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
                    expectLines()
                    setEnterSignal((n) => n + 1)
                  }}
                />
              )}
            </Field>
          </FieldRow>
        </section>
        <StockLines
          lines={lines}
          onChange={(next) => {
            guard.touch()
            setLines([...next])
          }}
          problems={problemsOf(post.no)}
          enterSignal={enterSignal}
          onDone={() => void postNow()}
        />
        <p className="zg-soft" style={{ margin: 0 }}>
          {t('ui.adjustment.valueHint')}
        </p>
      </ProblemsProvider>
    </DocumentPage>
  )
}
