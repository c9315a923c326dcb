import { useState } from 'react'
import { Button } from 'antd'
import { ArrowDownOutlined, ArrowUpOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../dialog.tsx'
import { WholeField } from '../fields/value-fields.tsx'
import { clampWidth, moved, resized, type Layout } from './layout.ts'
import type { Views } from './use-views.ts'

/** Which columns a list shows, in which order and how wide: all of it by keyboard. */
export function ColumnsDialog<R>({ views, onClose }: { views: Views<R>; onClose(): void }) {
  const { t } = useTranslation()
  const [layout, setLayout] = useState<Layout>(views.layout)
  const byKey = new Map(views.all.map((c) => [c.key, c]))
  const shownCount = layout.filter((l) => l.is_hidden === 0).length
  const flip = (key: string): void => setLayout(layout.map((l) => (l.key === key ? { ...l, is_hidden: l.is_hidden === 1 ? 0 : 1 } : l)))
  const save = (): void => {
    views.put(layout)
    onClose()
  }
  return (
    <Dialog open title={t('ui.grid.columns')} width={460} okText={t('ui.grid.apply')} cancelText={t('ui.cancel')} onOk={save} onCancel={onClose}>
      <ul className="zg-columns-list">
        {layout.map((l, i) => {
          const column = byKey.get(l.key)
          if (!column) return null
          const isLast = l.is_hidden === 0 && shownCount === 1
          const name = column.title
          return (
            <li key={l.key}>
              <label>
                <input type="checkbox" checked={l.is_hidden === 0} disabled={isLast} onChange={() => flip(l.key)} />
                {name}
              </label>
              <WholeField
                aria-label={t('ui.grid.widthOf', { name })}
                placeholder={t('ui.grid.ownWidth')}
                value={l.width ?? null}
                onChange={(width) => setLayout(resized(layout, { key: l.key, width: width === null ? undefined : clampWidth(width) }))}
              />
              <Button size="small" aria-label={t('ui.grid.upOf', { name })} disabled={i === 0} icon={<ArrowUpOutlined aria-hidden />} onClick={() => setLayout(swapped(layout, i, -1))} />
              <Button size="small" aria-label={t('ui.grid.downOf', { name })} disabled={i === layout.length - 1} icon={<ArrowDownOutlined aria-hidden />} onClick={() => setLayout(swapped(layout, i, 1))} />
            </li>
          )
        })}
      </ul>
    </Dialog>
  )
}

/** Here hidden columns are in sight too: one step is one line. */
const swapped = (layout: Layout, at: number, by: -1 | 1): Layout => {
  const visible = moved(layout.map((l) => ({ ...l, is_hidden: 0 as const })), { key: layout[at]!.key, by })
  const byKey = new Map(layout.map((l) => [l.key, l]))
  return visible.map((l) => byKey.get(l.key)!)
}
