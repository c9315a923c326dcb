import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RowOf } from '../../api/operations.ts'
import { useAsk } from '../../api/use-ask.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { DataGrid } from '../../ui/data-grid/data-grid.tsx'
import type { Column } from '../../ui/data-grid/columns.ts'
import { useRows } from '../../ui/data-grid/use-rows.ts'
import { DayField, SelectField } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
import { EmptyState, ListPage, useFilters } from '../../ui/list-page.tsx'

type Row = RowOf<'platform.audit'>

/** Everything that can be done, in the words of its buttons. */
const commandWords = (texts: Record<string, string>) =>
  Object.entries(texts)
    .filter(([key]) => key.startsWith('command.'))
    .map(([key, label]) => ({ value: key.slice('command.'.length), label }))
    .toSorted((a, b) => a.label.localeCompare(b.label))

/** Who did what when, from which desk, and what the rows were before. */
export function AuditPage() {
  const { t, i18n } = useTranslation()
  const format = useFormat()
  const commands = useMemo(() => commandWords(i18n.getResourceBundle(i18n.language, 'translation') as Record<string, string>), [i18n, i18n.language])
  const [shown, setShown] = useState<Row | null>(null)
  const { values, set } = useFilters({ name: '', user: '', from: '', to: '' })
  const { data: people } = useAsk('platform.colleagues', {})
  const rows = useRows('platform.audit', {
    name: values.name,
    ...(values.user ? { user_id: values.user } : {}),
    ...(values.from ? { from_day: values.from } : {}),
    ...(values.to ? { to_day: values.to } : {}),
  })
  const columns: readonly Column<Row>[] = [
    { key: 'at', title: t('ui.audit.at'), width: 142, figures: 'tabular', render: (r) => format.instant(r.at) },
    { key: 'user', from: 'user_name', title: t('ui.audit.user'), width: 120, render: (r) => r.user_name },
    { key: 'what', title: t('ui.audit.what'), width: 220, grow: 2, render: (r) => t(`command.${r.name}`) },
    { key: 'desk', from: 'desk', title: t('ui.audit.desk'), width: 120, render: (r) => r.desk },
    { key: 'changes', from: 'change_count', title: t('ui.audit.changes'), width: 90, align: 'end', render: (r) => r.change_count },
  ]
  return (
    <ListPage
      title={t('ui.nav.audit')}
      filters={
        <>
          <SelectField aria-label={t('ui.audit.what')} none={t('ui.audit.everything')} value={values.name || null} options={commands} onChange={(name) => set({ name: name ?? '' })} />
          <SelectField
            aria-label={t('ui.audit.user')}
            none={t('ui.audit.everybody')}
            value={values.user || null}
            options={(people?.rows ?? []).map((p) => ({ value: p.user_id, label: p.name }))}
            onChange={(user) => set({ user: user ?? '' })}
          />
          <DayField aria-label={t('ui.f.from')} placeholder={t('ui.f.from')} value={values.from || null} onChange={(from) => set({ from: from ?? '' })} />
          <DayField aria-label={t('ui.f.to')} placeholder={t('ui.f.to')} value={values.to || null} onChange={(to) => set({ to: to ?? '' })} />
        </>
      }
    >
      <DataGrid<Row> label={t('ui.nav.audit')} columns={columns} rows={rows} keyOf={(r) => String(r.seq)} onOpen={setShown} empty={<EmptyState title={t('ui.nothingFound')} />} />
      <Dialog open={shown !== null} width={820} title={shown ? `${t(`command.${shown.name}`)} · ${format.instant(shown.at)}` : ''} footer={null} onCancel={() => setShown(null)}>
        {shown ? <AuditDetail row={shown} /> : null}
      </Dialog>
    </ListPage>
  )
}

function AuditDetail({ row }: { row: Row }) {
  const { t } = useTranslation()
  return (
    <div className="zg-stack">
      <h3 className="zg-h2">
        {t('ui.audit.input')} <span className="zg-soft" lang="zxx">{row.name}</span>
      </h3>
      <pre className="zg-pre" lang="zxx">{JSON.stringify(row.input, null, 2)}</pre>
      <h3 className="zg-h2">{t('ui.audit.before', { count: row.change_count })}</h3>
      <div className="zg-table-box zg-parts">
        <table className="zg-table">
          <tbody>
            {row.changes.map((c, i) => (
              <tr key={i}>
                <td>{t(`ui.audit.op.${c.op}`)}</td>
                <td lang="zxx">{c.tbl}</td>
                <td className="zg-soft" lang="zxx">{c.before === null ? c.pk : JSON.stringify(c.before)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}
