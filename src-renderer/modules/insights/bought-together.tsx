import { useMemo } from 'react'
import { Button } from 'antd'
import { PlusOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { isOffered } from '../../shell/nav.ts'
import { useShortcuts } from '../../shell/keys.ts'
import { itemsByTexts } from '../catalog/item-search.ts'
import type { PickedItem } from '../catalog/priced-lines/draft.ts'
import { percentOf } from './insight-words.ts'
import './insights.css'

/** So many are offered: more would be a list to read. */
const A_FEW = 4
/** What one question may ask about. */
const MOST_ITEMS = 200

/** What goes with the goods entered and is not among them: a click puts it into the lines, Alt+G the first. Nothing where nothing goes with them. */
export function BoughtTogether({ item_ids, onAdd }: { item_ids: readonly string[]; onAdd(item: PickedItem): void }) {
  const { t } = useTranslation()
  const { may, menu } = useSession()
  const isShown = may('insights.read') && isOffered('/insights/together', menu.modules_off)
  const known = [...new Set(item_ids)].sort().slice(0, MOST_ITEMS).join(' ')
  const input = useMemo(() => ({ item_ids: known === '' ? [] : known.split(' '), limit: A_FEW }), [known])
  const { data } = useAsk('insights.recommendForItems', input, { enabled: isShown && known !== '', keeps: 'previous' })
  // The last answer stands until the next one comes: what was added meanwhile is not offered again.
  const rows = isShown && known !== '' ? (data?.rows ?? []).filter((row) => !item_ids.includes(row.item_id)) : []
  const add = async (code: string): Promise<void> => {
    const found = (await itemsByTexts([code])).get(code)
    if (found) onAdd(found.item)
  }
  useShortcuts([{ key: 'g', with: 'alt', run: () => rows[0] && void add(rows[0].item_code) }])
  if (rows.length === 0) return null
  return (
    <div className="zg-together" role="group" aria-label={t('ui.insights.recommended')}>
      <span className="zg-soft">{t('ui.insights.recommended')}</span>
      {rows.map((row) => (
        <Button
          key={row.item_id}
          size="small"
          icon={<PlusOutlined aria-hidden />}
          title={t('ui.insights.because', { name: row.because_name, share: percentOf(row.confidence_e8) })}
          onClick={() => void add(row.item_code)}
        >
          {row.item_name} <span className="zg-soft zg-figures">{percentOf(row.confidence_e8)}</span>
        </Button>
      ))}
    </div>
  )
}
