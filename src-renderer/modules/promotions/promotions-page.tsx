import { useState } from 'react'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useSession } from '../../api/session.tsx'
import { wordsOf } from '../../ui/data-grid/columns.ts'
import { useFormat } from '../../ui/format.ts'
import { ListScreen } from '../../ui/list-screen.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { PromotionDialog } from './promotion-dialog.tsx'
import { kinds, states, tones, type PromotionRow } from './promotion-words.ts'

/** What is offered for a time, and how far it has gone. */
export function PromotionsPage() {
  const { t } = useTranslation()
  const format = useFormat()
  const { may } = useSession()
  const navigate = useNavigate()
  const [isMaking, setMaking] = useState(false)
  const of = (r: PromotionRow): string =>
    r.kind === 'flash' ? `${r.item_name ?? ''} ${format.price(r.price_e4)}` : r.kind === 'price' ? (r.list_name ?? '') : t('ui.promotion.issued', { count: r.issued })
  const gone = (r: PromotionRow): string =>
    r.kind === 'flash' ? `${format.quantity(r.sold_e6)} / ${format.quantity(r.quota_e6)} ${r.base_unit ?? ''}` : r.kind === 'coupon' ? `${r.used} · ${format.money(r.given_minor)}` : ''
  return (
    <ListScreen
      name="promotions.list"
      title={t('ui.nav.promotions')}
      columns={() => [
        { key: 'name', from: 'name', title: t('ui.f.name'), width: 180, grow: 2, render: (r) => r.name },
        { key: 'kind', from: 'kind', words: wordsOf(kinds, (k) => t(`ui.promotion.kind.${k}`)), title: t('ui.f.kind'), width: 100, render: (r) => t(`ui.promotion.kind.${r.kind}`) },
        { key: 'of', title: t('ui.promotion.of'), width: 190, grow: 2, render: of },
        { key: 'from', from: 'from_at', title: t('ui.f.from'), width: 140, figures: 'tabular', render: (r) => format.instant(r.from_at) },
        { key: 'to', from: 'to_at', title: t('ui.f.to'), width: 140, figures: 'tabular', render: (r) => format.instant(r.to_at) },
        { key: 'gone', title: t('ui.promotion.gone'), width: 130, align: 'end', figures: 'tabular', render: gone },
        { key: 'owner', from: 'owner_name', title: t('ui.promotion.owner'), width: 100, render: (r) => r.owner_name },
        { key: 'state', from: 'state', words: wordsOf(states, (s) => t(`state.promotion.${s}`)), title: t('ui.f.state'), width: 100, render: (r) => <StatusTag tone={tones[r.state]}>{t(`state.promotion.${r.state}`)}</StatusTag> },
      ]}
      inputOf={(v) => ({ text: v.text, ...(v.choice ? { state: v.choice as (typeof states)[number] } : {}) })}
      idField="promotion_id"
      pathOf={(row) => `/sales/promotions/${row.promotion_id}`}
      toneOf={(row) => (row.state === 'ended' ? 'muted' : undefined)}
      search={t('ui.promotion.find')}
      choice={{ label: t('ui.all'), options: states.map((s) => ({ value: s, label: t(`state.promotion.${s}`) })) }}
      actions={may('promotions.write') ? <Button type="primary" onClick={() => setMaking(true)}>{t('command.promotions.createPromotion')}</Button> : null}
      empty={{ title: t('ui.promotion.empty'), text: t('ui.promotion.emptyText') }}
    >
      {isMaking ? <PromotionDialog promotion={null} onClose={() => setMaking(false)} onMade={(promotion_id) => void navigate(`/sales/promotions/${promotion_id}`)} /> : null}
    </ListScreen>
  )
}
