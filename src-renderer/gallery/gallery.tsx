import { useState, type ReactNode } from 'react'
import { Button, Checkbox, Radio } from 'antd'
import { useTranslation } from 'react-i18next'
import { usePreferences } from '../shell/preferences.ts'
import { ActionButtons, RowButtons } from '../ui/action-buttons.tsx'
import { Chart } from '../ui/charts/chart.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Facts, MoneyPanel, Panel } from '../ui/document-page.tsx'
import { FormatProvider, formatOf } from '../ui/format.ts'
import { EmptyState } from '../ui/list-page.tsx'
import { RefusalMessage } from '../ui/no-message.tsx'
import { ProgressTag, type ProgressValue } from '../ui/progress-tag.tsx'
import { Attachments } from '../ui/record/attachments.tsx'
import { Comments } from '../ui/record/comments.tsx'
import { StatusTag, type Tone } from '../ui/status-tag.tsx'
import { Table } from '../ui/table.tsx'
import { TotalsBar } from '../ui/totals-bar.tsx'
import { bare, noes, record, rows } from './canned.ts'
import { FieldStates, Lines, Pickers } from './entering.tsx'
import { Grids } from './grids.tsx'
import { Lifecycles } from './lifecycles.tsx'
import './gallery.css'

const tones: readonly Tone[] = ['neutral', 'info', 'success', 'warning', 'danger']
const progress: readonly ProgressValue[] = ['none', 'part', 'all', 'over']

/** Every piece of src-renderer/ui in every state; the bar at the top turns language, light and contrast. */
export function Gallery() {
  const { t } = useTranslation()
  const locale = usePreferences((p) => p.locale)
  const format = formatOf({ currency: 'CNY', digits: 2, symbol: '¥', locale })
  const [isOpen, setOpen] = useState(false)
  return (
    <FormatProvider value={format}>
      <Bar />
      <main className="zg-gallery">
        <Piece name="ActionButtons, RowButtons">
          <div className="zg-actions">
            <ActionButtons
              offers={[
                { text: t('command.sales.confirmOrder'), look: 'main', keys: 'F9', run: () => undefined },
                { text: t('ui.print'), run: () => undefined },
                { text: t('ui.save'), isRunning: true, run: () => undefined },
              ]}
            />
            <Button disabled>{t('ui.cancel')}</Button>
            <RowButtons offers={[{ text: t('ui.edit'), run: () => undefined }, { text: t('ui.remove'), run: () => undefined }]} />
          </div>
        </Piece>
        <Piece name="StatusTag, ProgressTag">
          <div className="zg-actions">
            {tones.map((tone) => (
              <StatusTag key={tone} tone={tone}>{t('state.order.confirmed')}</StatusTag>
            ))}
            {(['delivered', 'invoiced', 'paid'] as const).flatMap((of) => progress.map((value) => <ProgressTag key={of + value} of={of} value={value} />))}
          </div>
        </Piece>
        <Lifecycles />
        <Piece name="Field, fields">
          <FieldStates />
        </Piece>
        <Piece name="EntityPicker">
          <Pickers />
        </Piece>
        <Piece name="LineGrid, TotalsBar">
          <Lines />
          <TotalsBar
            totals={[
              { key: 'net', label: t('ui.f.net'), value: '4,544.56' },
              { key: 'gross', label: t('ui.f.gross'), value: format.moneyWithSymbol(459_000), look: 'strong' },
              { key: 'open', label: t('ui.money.open'), value: '4,590.00', look: 'danger' },
            ]}
          />
        </Piece>
        <Grids />
        <Piece name="Table">
          <Table
            rows={rows.slice(0, 3)}
            keyOf={(r) => r.id}
            current={rows[1]!}
            columns={[
              { key: 'number', title: t('ui.kind.order'), figures: 'tabular', render: (r) => r.number },
              { key: 'name', title: t('ui.f.customer'), render: (r) => r.name },
              { key: 'total', title: t('ui.f.gross'), align: 'end', toneOf: (r) => (r.id === '2' ? 'danger' : undefined), render: (r) => format.money(r.total_minor), total: format.money(57_402) },
            ]}
          />
          <Table rows={[]} keyOf={() => ''} none={t('ui.documentsNone')} columns={[{ key: 'number', title: t('ui.kind.order'), render: () => '' }]} />
        </Piece>
        <Piece name="Panel, Facts, MoneyPanel">
          <div className="zg-gallery-columns">
            <Panel title={t('ui.documents')} extra={<span className="zg-soft">{t('ui.money.agrees')}</span>}>
              <Facts facts={[[t('ui.f.customer'), 'Amy & Li'], [t('ui.f.day'), '2026-03-18'], [t('ui.f.note'), null]]} />
            </Panel>
            <MoneyPanel sums={[[t('ui.money.order'), '4,590.00'], [t('ui.money.received'), '1,000.00'], [t('ui.money.open'), '3,590.00', 'strong'], [t('ui.money.credited'), '-20.00', 'danger']]} />
          </div>
        </Piece>
        <Piece name="Attachments, Comments">
          <div className="zg-gallery-columns">
            {[record, bare].map((of) => (
              <div key={of.id} className="zg-stack">
                <Attachments record={of} />
                <Comments record={of} />
              </div>
            ))}
          </div>
        </Piece>
        <Piece name="Chart">
          <Chart
            caption={t('home.card.sales')}
            axis={t('home.month')}
            series={[
              { key: 'now', title: t('home.sales.thisMonth'), colour: 'primary-text', look: 'bar' },
              { key: 'before', title: t('home.sales.lastMonth'), colour: 'warning', look: 'line' },
            ]}
            rows={['01', '02', '03', '04'].map((m, i) => ({ key: m, label: m, title: `2026-${m}`, values: { now: 40_000 + i * 9_000, before: i === 3 ? null : 60_000 - i * 7_000 } }))}
          />
        </Piece>
        <Piece name="RefusalMessage, EmptyState, Dialog">
          {noes.map((no) => (
            <RefusalMessage key={no.code} no={no} />
          ))}
          <EmptyState title={t('ui.stock.empty')} text={t('ui.stock.ledgerEmptyText')}>
            <Button onClick={() => setOpen(true)}>{t('ui.grid.apply')}</Button>
          </EmptyState>
          <Dialog open={isOpen} title={t('ui.order.discardTitle')} okText={t('ui.order.discard')} cancelText={t('ui.cancel')} onOk={() => setOpen(false)} onCancel={() => setOpen(false)}>
            {t('ui.posting.permanent')}
          </Dialog>
        </Piece>
      </main>
    </FormatProvider>
  )
}

/** A piece under the name that the source gives it. */
export function Piece({ name, children }: { name: string; children: ReactNode }) {
  return (
    <section className="zg-piece" aria-label={name}>
      <h2 lang="zxx">{name}</h2>
      {children}
    </section>
  )
}

function Bar() {
  const { t } = useTranslation()
  const p = usePreferences()
  return (
    <header className="zg-gallery-bar">
      <h1 lang="zxx">src-renderer/ui</h1>
      <Radio.Group
        aria-label={t('ui.company.language')}
        value={p.locale}
        onChange={(e) => p.setLocale(e.target.value as typeof p.locale)}
        options={[{ value: 'zh-CN', label: <span lang="zh-CN">中文</span> }, { value: 'en', label: <span lang="en">English</span> }]}
      />
      <Checkbox checked={p.mode === 'dark'} onChange={(e) => p.setMode(e.target.checked ? 'dark' : 'light')}>
        {t('ui.darkMode')}
      </Checkbox>
      <Checkbox checked={p.contrast === 'more'} onChange={(e) => p.setContrast(e.target.checked ? 'more' : 'usual')}>
        {t('ui.moreContrast')}
      </Checkbox>
    </header>
  )
}
