import { useState } from 'react'
import { App } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { ActionButtons } from '../../ui/action-buttons.tsx'
import { ActionDialog } from '../../ui/action-dialog.tsx'
import { DocumentLink } from '../../ui/document-link.tsx'
import { DocumentPage, Facts, Panel } from '../../ui/document-page.tsx'
import { Field, FieldRow } from '../../ui/fields/field.tsx'
import { TextInput } from '../../ui/fields/inputs.tsx'
import { WholeField } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
import { NoMessage, RefusalMessage } from '../../ui/no-message.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { Table } from '../../ui/table.tsx'
import { PartyPicker, type PickedParty } from '../parties/party-picker.tsx'
import { PromotionDialog } from './promotion-dialog.tsx'
import { tones, type Promotion } from './promotion-words.ts'

/** One promotion: what it offers, how far it has gone, and what can be done with it. */
export function PromotionPage() {
  const { promotion_id = '' } = useParams()
  const { t } = useTranslation()
  const { may } = useSession()
  const [front, setFront] = useState<'edit' | 'issue' | null>(null)
  const { data: p, error } = useAsk('promotions.get', { promotion_id })
  const start = useRun('promotions.startPromotion')
  const pause = useRun('promotions.pausePromotion')
  const end = useRun('promotions.endPromotion')
  if (error) return <div className="zg-page"><NoMessage error={error} /></div>
  if (!p) return <div className="zg-page" aria-busy />
  const isMine = may('promotions.write')
  return (
    <DocumentPage
      kind={p.name}
      isNamed
      record={{ kind: 'promotions.promotion', id: promotion_id }}
      backTo={{ path: '/sales/promotions', label: t('ui.nav.promotions') }}
      tags={
        <>
          <span className="zg-soft">{t(`ui.promotion.kind.${p.kind}`)}</span>
          <StatusTag tone={tones[p.state]}>{t(`state.promotion.${p.state}`)}</StatusTag>
          {p.paused_why ?? p.ended_why ? <span className="zg-soft">{t(`ui.promotion.why.${p.paused_why ?? p.ended_why ?? ''}`)}</span> : null}
        </>
      }
      actions={
        <ActionButtons
          offers={[
            isMine && p.state === 'draft' && { text: t('ui.edit'), run: () => setFront('edit') },
            isMine && p.state === 'running' && { text: t('command.promotions.pausePromotion'), run: () => void pause.run({ promotion_id }) },
            isMine && p.state !== 'ended' && p.state !== 'draft' && { text: t('command.promotions.endPromotion'), run: () => void end.run({ promotion_id }) },
            isMine && p.kind === 'coupon' && p.state !== 'ended' && { text: t('command.promotions.issueCoupons'), run: () => setFront('issue') },
            isMine && (p.state === 'draft' || p.state === 'paused') && { text: t('command.promotions.startPromotion'), run: () => void start.run({ promotion_id }) },
          ]}
        />
      }
      messages={<RefusalMessage no={start.no ?? pause.no ?? end.no} />}
    >
      <PromotionFacts promotion={p} />
      {p.guards.length > 0 ? <Guards promotion={p} /> : null}
      {p.kind === 'flash' ? <Claims promotion={p} /> : null}
      {p.kind === 'coupon' ? <Coupons promotion={p} /> : null}
      {front === 'edit' ? <PromotionDialog promotion={p} onClose={() => setFront(null)} /> : null}
      {front === 'issue' ? <IssueDialog promotion_id={promotion_id} onClose={() => setFront(null)} /> : null}
    </DocumentPage>
  )
}

function PromotionFacts({ promotion: p }: { promotion: Promotion }) {
  const { t } = useTranslation()
  const format = useFormat()
  const unit = p.base_unit ?? ''
  return (
    <section className="zg-card">
      <Facts
        facts={[
          [t('ui.f.from'), format.instant(p.from_at)],
          [t('ui.f.to'), format.instant(p.to_at)],
          [t('ui.promotion.owner'), p.owner_name],
          ...(p.kind === 'flash'
            ? ([
                [t('ui.f.item'), p.item_id ? <Link to={`/items/${p.item_id}`}>{p.item_name}</Link> : null],
                [t('ui.f.price'), `${format.price(p.price_e4)} / ${unit}`],
                [t('ui.promotion.sold'), `${format.quantity(p.sold_e6)} / ${format.quantity(p.quota_e6)} ${unit}`],
                [t('ui.promotion.left'), `${format.quantity(p.state === 'ended' ? 0 : p.quota_e6 - p.sold_e6)} ${unit}`],
                [t('ui.promotion.mostEach'), p.most_each_e6 === 0 ? null : `${format.quantity(p.most_each_e6)} ${unit}`],
                [t('ui.f.warehouse'), p.warehouse_name],
              ] as const)
            : []),
          ...(p.kind === 'price' ? ([[t('ui.promotion.list'), <Link key="list" to="/items/prices">{p.list_name}</Link>]] as const) : []),
          ...(p.kind === 'coupon'
            ? ([
                [t('ui.promotion.off'), p.off_minor === 0 ? null : format.money(p.off_minor)],
                [t('ui.promotion.offRate'), p.off_rate_e8 === 0 ? null : format.percent(p.off_rate_e8)],
                [t('ui.promotion.least'), p.least_minor === 0 ? null : format.money(p.least_minor)],
                [t('ui.promotion.issuedCount'), p.issued],
                [t('ui.promotion.usedCount'), p.used],
                [t('ui.promotion.given'), format.money(p.given_minor)],
              ] as const)
            : []),
          [t('ui.f.note'), p.note],
        ]}
      />
    </section>
  )
}

function Guards({ promotion: p }: { promotion: Promotion }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <Panel title={t('ui.promotion.guards')}>
      <Table
        look="bare"
        rows={p.guards}
        keyOf={(g) => g.item_id}
        columns={[
          { key: 'item', title: t('ui.f.item'), render: (g) => <Link to={`/items/${g.item_id}`}>{g.item_name}</Link> },
          { key: 'available', title: t('ui.hint.available'), align: 'end', toneOf: (g) => (g.available_e6 <= g.level_e6 ? 'danger' : undefined), render: (g) => `${format.quantity(g.available_e6)} ${g.base_unit}` },
          { key: 'level', title: t('ui.promotion.level'), align: 'end', render: (g) => `${format.quantity(g.level_e6)} ${g.base_unit}` },
        ]}
      />
    </Panel>
  )
}

function Claims({ promotion: p }: { promotion: Promotion }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <Panel title={t('ui.promotion.claims')}>
      <Table
        look="bare"
        rows={p.claims}
        none={t('ui.promotion.noClaims')}
        keyOf={(c) => c.claim_id}
        columns={[
          { key: 'at', title: t('ui.f.day'), figures: 'tabular', render: (c) => format.instant(c.at) },
          { key: 'party', title: t('ui.kind.customer'), render: (c) => <Link to={`/customers/${c.party_id}`}>{c.party_name}</Link> },
          { key: 'document', title: t('ui.f.document'), render: (c) => <DocumentLink kind={c.source_kind} id={c.source_id} number={t(`ui.kind.${c.source_kind.split('.')[1] ?? ''}`)} /> },
          { key: 'quantity', title: t('ui.f.quantity'), align: 'end', render: (c) => `${format.quantity(c.quantity_e6)} ${p.base_unit ?? ''}` },
        ]}
      />
    </Panel>
  )
}

function Coupons({ promotion: p }: { promotion: Promotion }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <Panel title={t('ui.promotion.coupons')}>
      <Table
        look="bare"
        rows={p.coupons}
        none={t('ui.promotion.noCoupons')}
        keyOf={(c) => c.coupon_id}
        columns={[
          { key: 'code', title: t('ui.promotion.code'), figures: 'tabular', render: (c) => c.code },
          { key: 'party', title: t('ui.kind.customer'), render: (c) => c.party_name ?? <span className="zg-soft">{t('ui.promotion.anybody')}</span> },
          { key: 'used', title: t('ui.promotion.usedCount'), align: 'end', render: (c) => `${c.used} / ${c.most_uses}` },
          { key: 'given', title: t('ui.promotion.given'), align: 'end', render: (c) => format.money(c.given_minor) },
        ]}
      />
    </Panel>
  )
}

/** Codes for customers, for anybody, or one that many share. */
function IssueDialog({ promotion_id, onClose }: { promotion_id: string; onClose(): void }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const [parties, setParties] = useState<readonly PickedParty[]>([])
  const [count, setCount] = useState<number | null>(null)
  const [code, setCode] = useState('')
  const [most_uses, setMost] = useState<number | null>(100)
  return (
    <ActionDialog
      name="promotions.issueCoupons"
      okText={t('ui.promotion.issue')}
      text={t('ui.promotion.issueText')}
      isReady={parties.length > 0 || (count ?? 0) > 0 || code.trim() !== ''}
      inputOf={() => ({ promotion_id, party_ids: parties.map((p) => p.party_id), count: count ?? 0, code: code.trim(), most_uses: most_uses ?? 1 })}
      onDone={({ codes }) => void message.success(t('ui.promotion.issuedNow', { count: codes.length }))}
      onClose={onClose}
    >
      <FieldRow>
        <Field label={t('ui.promotion.forCustomers')} path="party_ids" span={12}>
          {(ids) => <PartyPicker {...ids} role="customer" value={null} onPick={(p) => setParties([...parties.filter((x) => x.party_id !== p.party_id), p])} />}
        </Field>
        <Field label={t('ui.promotion.count')} path="count" span={4}>
          {(ids) => <WholeField {...ids} value={count} onChange={setCount} />}
        </Field>
        <TextInput label={t('ui.promotion.sharedCode')} path="code" span={4} value={code} onChange={setCode} />
        <Field label={t('ui.promotion.mostUses')} path="most_uses" span={4}>
          {(ids) => <WholeField {...ids} value={most_uses} onChange={setMost} />}
        </Field>
      </FieldRow>
      {parties.length > 0 ? <p className="zg-soft">{parties.map((p) => p.name).join(t('ui.alike.and'))}</p> : null}
    </ActionDialog>
  )
}
