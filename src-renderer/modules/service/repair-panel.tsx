import { useState } from 'react'
import { Button } from 'antd'
import { DeleteOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { ActionDialog } from '../../ui/action-dialog.tsx'
import { Panel, Sums } from '../../ui/document-page.tsx'
import { Field, FieldRow } from '../../ui/fields/field.tsx'
import { DayInput, TextInput } from '../../ui/fields/inputs.tsx'
import { QuantityField, SelectField, WholeField } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
import { RefusalMessage } from '../../ui/no-message.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { Table } from '../../ui/table.tsx'
import { LineItemPicker } from '../catalog/item-lines.tsx'
import { isOpenState, minutesText, orNull, type Ticket } from './ticket-words.ts'

/** Parts out of stock and time spent, with what they cost for who may know. */
export function RepairPanel({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { may } = useSession()
  const [front, setFront] = useState<'parts' | 'labour' | { readonly parts_id: string; readonly number: string } | null>(null)
  const { data } = useAsk('service.effort', { ticket_id: ticket.ticket_id })
  const withdraw = useRun('service.withdrawLabour')
  const works = may('service.work')
  const adds = works && isOpenState(ticket.state)
  if (!data) return null
  return (
    <Panel
      title={t('ui.service.effort')}
      extra={
        adds ? (
          <span className="zg-actions">
            <Button size="small" onClick={() => setFront('parts')}>{t('command.service.useParts')}</Button>
            <Button size="small" onClick={() => setFront('labour')}>{t('command.service.logLabour')}</Button>
          </span>
        ) : null
      }
    >
      <RefusalMessage no={withdraw.no} />
      {data.parts.length + data.labour.length === 0 ? <span className="zg-soft">{t('ui.service.effortNone')}</span> : null}
      <ul className="zg-list-plain">
        {data.parts.map((p) => (
          <li key={p.parts_id}>
            <span>
              <span className="zg-figures">{p.number}</span> {p.lines.map((l) => `${l.item_name} ${format.quantity(l.quantity_e6)} ${l.unit}`).join(' · ')} <span className="zg-soft">{p.engineer_name}</span>
            </span>
            {p.is_returned ? (
              <StatusTag tone="neutral">{t('ui.service.returned')}</StatusTag>
            ) : works ? (
              <Button size="small" type="link" onClick={() => setFront({ parts_id: p.parts_id, number: p.number })}>{t('command.service.returnParts')}</Button>
            ) : null}
          </li>
        ))}
        {data.labour.map((l) => (
          <li key={l.labour_id}>
            <span>
              <span className="zg-figures">{l.day}</span> {l.user_name} {minutesText(l.minutes, t)} <span className="zg-soft">{l.note}</span>
            </span>
            {works ? <Button size="small" type="link" onClick={() => void withdraw.run({ labour_id: l.labour_id })}>{t('command.service.withdrawLabour')}</Button> : null}
          </li>
        ))}
      </ul>
      {data.parts_minor === null || data.parts.length + data.labour.length === 0 ? null : (
        <Sums
          sums={[
            [t('ui.service.partsCost'), format.money(data.parts_minor)],
            [t('ui.service.labourCost'), format.money(data.labour_minor)],
          ]}
        />
      )}
      {front === 'parts' ? <PartsDialog ticket={ticket} onClose={() => setFront(null)} /> : null}
      {front === 'labour' ? <LabourDialog ticket={ticket} onClose={() => setFront(null)} /> : null}
      {front !== null && typeof front === 'object' ? (
        <ReasonDialog name="service.returnParts" text={front.number} asks="day" needs="reason" inputOf={(reason, day) => ({ parts_id: front.parts_id, reason: reason ?? '', day })} onClose={() => setFront(null)} />
      ) : null}
    </Panel>
  )
}

type Line = { readonly item_id: string | null; readonly name: string; readonly unit: string; readonly quantity_e6: number | null }
const emptyLine: Line = { item_id: null, name: '', unit: '', quantity_e6: 1_000_000 }

function PartsDialog({ ticket, onClose }: { ticket: Ticket; onClose(): void }) {
  const { t } = useTranslation()
  const { today } = useSession()
  const [lines, setLines] = useState<readonly Line[]>([emptyLine])
  const [day, setDay] = useState(today)
  const [note, setNote] = useState('')
  const change = (index: number, changes: Partial<Line>): void => setLines(lines.map((l, i) => (i === index ? { ...l, ...changes } : l)))
  const full = lines.filter((l) => l.item_id !== null)
  return (
    <ActionDialog
      name="service.useParts"
      subject={ticket.number}
      text={t('ui.service.partsText')}
      width={680}
      isReady={full.length > 0}
      inputOf={() => ({ ticket_id: ticket.ticket_id, day, note: orNull(note), lines: full.map((l) => ({ item_id: l.item_id!, unit: l.unit, quantity_e6: l.quantity_e6 ?? 0 })) })}
      onClose={onClose}
    >
      <Table
        look="parts"
        rows={lines}
        keyOf={(_, index) => index}
        columns={[
          { key: 'item', title: t('ui.f.item'), render: (l, index) => <LineItemPicker index={index} item_id={l.item_id} name={l.name} autoFocus={index === 0} onPick={({ item, unit }) => change(index, { item_id: item.item_id, name: item.name, unit })} /> },
          { key: 'quantity', title: t('ui.f.quantity'), holds: 'field', align: 'end', render: (l, index) => <QuantityField aria-label={`${t('ui.f.quantity')} ${index + 1}`} value={l.quantity_e6} onChange={(quantity_e6) => change(index, { quantity_e6 })} /> },
          { key: 'unit', title: t('ui.f.unit'), render: (l) => l.unit },
          { key: 'actions', render: (_, index) => <Button type="text" size="small" icon={<DeleteOutlined aria-hidden />} aria-label={t('ui.lines.remove', { line_no: index + 1 })} onClick={() => setLines(lines.toSpliced(index, 1))} /> },
        ]}
      />
      <div>
        <Button size="small" onClick={() => setLines([...lines, emptyLine])}>{t('ui.service.addPart')}</Button>
      </div>
      <FieldRow>
        <DayInput span={4} value={day} onChange={setDay} />
        <TextInput label={t('ui.f.note')} path="note" span={8} value={note} onChange={setNote} />
      </FieldRow>
    </ActionDialog>
  )
}

function LabourDialog({ ticket, onClose }: { ticket: Ticket; onClose(): void }) {
  const { t } = useTranslation()
  const { today, user } = useSession()
  const { data } = useAsk('service.classes', {})
  const [minutes, setMinutes] = useState<number | null>(30)
  const [user_id, setUser] = useState<string>(user.id)
  const [day, setDay] = useState(today)
  const [note, setNote] = useState('')
  return (
    <ActionDialog
      name="service.logLabour"
      subject={ticket.number}
      enter="submits"
      isReady={minutes !== null && minutes > 0}
      inputOf={() => ({ ticket_id: ticket.ticket_id, user_id, day, minutes: minutes ?? 0, note: orNull(note) })}
      onClose={onClose}
    >
      <FieldRow>
        <Field label={t('field.service.minutes')} path="minutes" isRequired span={4}>
          {(ids) => <WholeField {...ids} autoFocus value={minutes} onChange={setMinutes} />}
        </Field>
        <DayInput span={4} value={day} onChange={setDay} />
        <Field label={t('field.service.engineer_id')} path="user_id" span={4}>
          {(ids) => <SelectField {...ids} value={user_id} options={(data?.people ?? []).map((p) => ({ value: p.user_id, label: p.name }))} onChange={(id) => setUser(id ?? user.id)} />}
        </Field>
        <TextInput label={t('ui.f.note')} path="note" span={12} value={note} onChange={setNote} />
      </FieldRow>
    </ActionDialog>
  )
}
