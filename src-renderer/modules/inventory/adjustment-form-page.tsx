import { App } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useSession } from '../../api/session.tsx'
import { useRun } from '../../api/use-run.ts'
import { useDraft, useLines } from '../../ui/draft/use-draft.ts'
import { Field, FieldRow } from '../../ui/fields/field.tsx'
import { DayInput, TextInput } from '../../ui/fields/inputs.tsx'
import { SelectField } from '../../ui/fields/value-fields.tsx'
import { FormPage } from '../../ui/form-page.tsx'
import { useIntoLines } from '../../ui/line-grid/line-grid.tsx'
import { problemsOf } from '../../ui/problems.ts'
import { useSure } from '../../ui/use-sure.ts'
import { isBlankStockLine, newStockLine, sentQuantity, StockLines, type StockLine } from './stock-lines.tsx'
import { WarehouseField } from './warehouse-field.tsx'

type Kind = 'opening' | 'adjustment' | 'memo'
type AdjustmentDraft = { readonly kind: Kind; readonly day: string; readonly warehouse_id: string | null; readonly reason: string; readonly lines: readonly StockLine[] }

/** Found and lost goods, opening stock, memos: posted at once. */
export function AdjustmentFormPage() {
  const { t } = useTranslation()
  const { company, today } = useSession()
  const navigate = useNavigate()
  const { message } = App.useApp()
  const isSure = useSure()
  const intoLines = useIntoLines()
  const { draft, set, form } = useDraft<AdjustmentDraft>(() => ({ kind: 'adjustment', day: today, warehouse_id: null, reason: '', lines: [newStockLine()] }))
  const { kind, day, warehouse_id, reason, lines } = draft
  const changeLines = useLines<StockLine, AdjustmentDraft>(set)
  const post = useRun('inventory.postAdjustment', form)
  const postNow = async (): Promise<void> => {
    if (!(await isSure({ title: t('ui.adjustment.sure'), ok: t('command.inventory.postAdjustment') }))) return
    const filled = lines.filter((l) => !isBlankStockLine(l))
    form.tidy({ lines: filled.length > 0 ? filled : [newStockLine()] })
    const said = await post.run({
      kind,
      day,
      ...(warehouse_id === null ? {} : { warehouse_id }),
      reason,
      lines: filled.map((l) => ({
        item_id: l.item?.item_id ?? '',
        unit: l.unit,
        quantity_e6: sentQuantity(l),
        ...(l.wrong?.['value'] ? { value_minor: Number.NaN } : l.value_minor === null ? {} : { value_minor: l.value_minor }),
        ...(l.note.trim() === '' ? {} : { note: l.note.trim() }),
      })),
    })
    if (!said?.ok) return
    form.settle()
    void message.success(t('ui.posted', { numbers: said.output.number }))
    void navigate(`/stock/adjustments/${said.output.adjustment_id}`, { replace: true })
  }
  return (
    <FormPage
      kind={t('ui.nav.newAdjustment')}
      backTo={{ path: '/stock/adjustments', label: t('ui.nav.adjustments') }}
      posts={t('command.inventory.postAdjustment')}
      form={form}
      runs={[post]}
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
                onChange={(value) => set({ kind: value ?? 'adjustment', ...(value === 'opening' ? { day: company.first_day } : {}) })}
              />
            )}
          </Field>
          <DayInput span={2} value={day} onChange={(value) => set({ day: value })} />
          <WarehouseField span={3} value={warehouse_id} onChange={(value) => set({ warehouse_id: value })} />
          <TextInput
            label={t('ui.f.reason')}
            path="reason"
            isRequired
            span={4}
            autoFocus
            value={reason}
            onChange={(value) => set({ reason: value })}
            onKeyDown={intoLines.onEnter}
          />
        </FieldRow>
      </section>
      <StockLines
        lines={lines}
        onChange={changeLines}
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
