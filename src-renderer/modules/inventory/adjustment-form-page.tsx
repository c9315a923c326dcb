import { useState } from 'react'
import { App } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useSession } from '../../api/session.tsx'
import { useRun } from '../../api/use-run.ts'
import { Field, FieldRow } from '../../ui/fields/field.tsx'
import { DayInput, TextInput } from '../../ui/fields/inputs.tsx'
import { SelectField } from '../../ui/fields/value-fields.tsx'
import { FormPage } from '../../ui/form-page.tsx'
import { useLeaveGuard } from '../../ui/leave-guard.tsx'
import { useIntoLines } from '../../ui/line-grid/line-grid.tsx'
import { problemsOf } from '../../ui/problems.ts'
import { useSure } from '../../ui/use-sure.ts'
import { isBlankStockLine, newStockLine, StockLines } from './stock-lines.tsx'
import { WarehouseField } from './warehouse-field.tsx'

type Kind = 'opening' | 'adjustment' | 'memo'

/** Found and lost goods, opening stock, memos: posted at once. */
export function AdjustmentFormPage() {
  const { t } = useTranslation()
  const { company, today } = useSession()
  const navigate = useNavigate()
  const { message } = App.useApp()
  const isSure = useSure()
  const guard = useLeaveGuard()
  const intoLines = useIntoLines()
  const [kind, setKind] = useState<Kind>('adjustment')
  const [day, setDay] = useState(today)
  const [warehouse_id, setWarehouse] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const [lines, setLines] = useState([newStockLine()])
  const post = useRun('inventory.postAdjustment')
  const postNow = async (): Promise<void> => {
    if (!(await isSure({ title: t('ui.adjustment.sure'), ok: t('command.inventory.postAdjustment') }))) return
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
  return (
    <FormPage
      kind={t('ui.nav.newAdjustment')}
      backTo={{ path: '/stock/adjustments', label: t('ui.nav.adjustments') }}
      posts={t('command.inventory.postAdjustment')}
      isRunning={post.isRunning}
      no={post.no}
      onDone={() => void postNow()}
    >
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
          <DayInput span={2} value={day} onChange={setDay} />
          <WarehouseField span={3} value={warehouse_id} onChange={setWarehouse} />
          <TextInput
            label={t('ui.f.reason')}
            path="reason"
            isRequired
            span={4}
            autoFocus
            value={reason}
            onChange={(value) => {
              guard.touch()
              setReason(value)
            }}
            onKeyDown={intoLines.onEnter}
          />
        </FieldRow>
      </section>
      <StockLines
        lines={lines}
        onChange={(next) => {
          guard.touch()
          setLines([...next])
        }}
        problems={problemsOf(post.no)}
        enterSignal={intoLines.signal}
        onDone={() => void postNow()}
      />
      <p className="zg-soft" style={{ margin: 0 }}>
        {t('ui.adjustment.valueHint')}
      </p>
    </FormPage>
  )
}
