import { HistoryOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RowOf } from '../../api/operations.ts'
import { useAsk } from '../../api/use-ask.ts'
import { Dialog } from '../dialog.tsx'
import { fieldWord } from '../field-word.ts'
import { useFormat } from '../format.ts'
import { NoMessage } from '../no-message.tsx'
import { Table } from '../table.tsx'
import type { RecordKey } from './record-panels.tsx'

type Change = RowOf<'platform.history'>
type Row = Readonly<Record<string, unknown>> | null

/** Kept by the program for itself, or said beside the change already: who and when. */
const QUIET = /^(id|name_key|settled_minor)$|_(at|by)$/
const UUID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/

/** What a change made different: the columns whose value is another one afterwards. */
function differences(before: Row, after: Row): readonly { column: string; from: unknown; to: unknown }[] {
  if (before === null) return []
  return Object.keys(before)
    .filter((column) => !QUIET.test(column) && JSON.stringify(before[column]) !== JSON.stringify(after?.[column]))
    .map((column) => ({ column, from: before[column], to: after?.[column] }))
}

/** The button of a record's history: who changed it when, and what it was before. */
export function History({ record }: { record: RecordKey }) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button size="small" icon={<HistoryOutlined aria-hidden />} onClick={() => setOpen(true)}>
        {t('ui.history')}
      </Button>
      <Dialog open={isOpen} width={820} title={t('ui.history')} footer={null} onCancel={() => setOpen(false)}>
        <Changes record={record} />
      </Dialog>
    </>
  )
}

function Changes({ record }: { record: RecordKey }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { data, error } = useAsk('platform.history', { tbl: record.kind.replace('.', '_'), key: [record.id], limit: 100 })
  if (error) return <NoMessage error={error} />
  const rows = data?.rows ?? []
  const after = (index: number): Row => (index === 0 ? (data?.now ?? null) : (rows[index - 1]?.before ?? null))
  return (
    <Table<Change>
      look="parts"
      caption={t('ui.history')}
      rows={data?.rows}
      keyOf={(r) => r.seq}
      none={t('ui.history.none')}
      columns={[
        { key: 'at', title: t('ui.audit.at'), figures: 'tabular', render: (r) => format.instant(r.at) },
        { key: 'user', title: t('ui.audit.user'), render: (r) => r.user_name },
        { key: 'what', title: t('ui.audit.what'), render: (r) => (r.name ? t(`command.${r.name}`) : t(`ui.audit.op.${r.op}`)) },
        { key: 'changes', title: t('ui.audit.changes'), render: (r, i) => <Differences kind={record.kind} before={r.before} after={after(i)} /> },
      ]}
    />
  )
}

function Differences({ kind, before, after }: { kind: string; before: Row; after: Row }) {
  const { t } = useTranslation()
  const format = useFormat()
  const valueText = (column: string, value: unknown): string => {
    if (value === null || value === undefined || value === '') return '—'
    if (column === 'state') return t(`state.${kind.split('.')[1]}.${String(value)}`)
    if (typeof value === 'string') return UUID.test(value) ? t('ui.history.other') : value
    if (typeof value !== 'number') return JSON.stringify(value)
    if (column.endsWith('_minor')) return format.money(value)
    if (column.endsWith('_e6')) return format.quantity(value)
    if (column.endsWith('_e4')) return format.price(value)
    if (column.endsWith('_e8')) return format.percent(value)
    return String(value)
  }
  return (
    <ul className="zg-list-plain zg-differences">
      {differences(before, after).map(({ column, from, to }) => (
        <li key={column}>
          <span className="zg-soft">{fieldWord(t, kind, column)}</span>
          <span>
            <del>{valueText(column, from)}</del> → {valueText(column, to)}
          </span>
        </li>
      ))}
    </ul>
  )
}
