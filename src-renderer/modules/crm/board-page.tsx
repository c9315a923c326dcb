import { useEffect, useRef, useState, type DragEvent, type KeyboardEvent } from 'react'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import type { AskOutput } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { SelectField } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
import { ListPage, SearchBox, useFilters } from '../../ui/list-page.tsx'
import { NoMessage } from '../../ui/no-message.tsx'
import { stageName, stalledWords, type DealRow } from './deal-words.ts'
import { StageRefusal } from './stage-refusal.tsx'
import './crm.css'

type Column = AskOutput<'crm.board'>['columns'][number]

/** The open opportunities by stage: cards are dragged, or moved by Shift and the arrow keys. */
export function BoardPage() {
  const { t } = useTranslation()
  const { may } = useSession()
  const navigate = useNavigate()
  const { values, set } = useFilters({ text: '', whose: 'all' })
  const { data, error } = useAsk('crm.board', { text: values.text, whose: values.whose === 'mine' ? 'mine' : 'all' }, { keeps: 'previous' })
  return (
    <ListPage
      title={t('ui.nav.deals')}
      filters={
        <>
          <SearchBox value={values.text} onChange={(text) => set({ text })} placeholder={t('ui.crm.deal.find')} />
          <SelectField
            aria-label={t('ui.crm.task.whose')}
            value={values.whose}
            options={[
              { value: 'all', label: t('ui.all') },
              { value: 'mine', label: t('ui.crm.task.mine') },
            ]}
            onChange={(whose) => set({ whose: whose ?? 'all' })}
          />
        </>
      }
      actions={
        <>
          <Button onClick={() => void navigate('/crm/deals/list')}>{t('ui.crm.deal.asList')}</Button>
          <Button onClick={() => void navigate('/crm/funnel')}>{t('ui.nav.funnel')}</Button>
          {may('crm.deal') ? (
            <Button type="primary" onClick={() => void navigate('/crm/deals/new')}>
              {t('ui.nav.newDeal')}
            </Button>
          ) : null}
        </>
      }
    >
      {error ? <NoMessage error={error} /> : null}
      {data ? <Board columns={data.columns} /> : <div aria-busy />}
    </ListPage>
  )
}

function Board({ columns }: { columns: readonly Column[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { may } = useSession()
  const move = useRun('crm.moveOpportunity')
  const [dragged, setDragged] = useState<DealRow | null>(null)
  const [said, setSaid] = useState('')
  const focused = useRef<string | null>(null)
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // A card that has moved to another column is a new one on the page: it gets the cursor back.
    if (focused.current === null) return
    box.current?.querySelector<HTMLElement>(`[data-deal="${focused.current}"]`)?.focus()
  }, [columns])
  const take = async (deal: DealRow, column: Column | undefined): Promise<void> => {
    if (!column || column.stage.stage_id === deal.stage_id || !may('crm.deal')) return
    focused.current = deal.opportunity_id
    const answer = await move.run({ opportunity_id: deal.opportunity_id, stage_id: column.stage.stage_id })
    if (answer?.ok) setSaid(t('ui.crm.deal.stands', { name: deal.name, stage: stageName(column.stage, format.locale) }))
  }
  const focus = (column: number, row: number): void => {
    const cards = box.current?.querySelectorAll<HTMLElement>(`[data-column="${column}"] [data-deal]`)
    cards?.[Math.max(0, Math.min(row, cards.length - 1))]?.focus()
  }
  const onKey = (event: KeyboardEvent, deal: DealRow, [column, row]: readonly [number, number]): void => {
    const sideways = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    if (sideways !== undefined && event.shiftKey) void take(deal, columns[column + sideways])
    else if (sideways !== undefined) {
      let next = column + sideways
      while (columns[next] && columns[next]!.rows.length === 0) next += sideways
      focus(next, row)
    } else if (event.key === 'ArrowDown') focus(column, row + 1)
    else if (event.key === 'ArrowUp') focus(column, row - 1)
    else return
    event.preventDefault()
  }
  return (
    <>
      <StageRefusal no={move.no} />
      <p className="zg-soft zg-board-how">{t('ui.crm.deal.boardHow')}</p>
      <p className="zg-sr" role="status">{said}</p>
      <div ref={box} className="zg-board" style={{ gridTemplateColumns: `repeat(${columns.length}, minmax(0, 1fr))` }}>
        {columns.map((c, column) => (
          <section
            key={c.stage.stage_id}
            aria-label={stageName(c.stage, format.locale)}
            data-column={column}
            data-over={dragged !== null && dragged.stage_id !== c.stage.stage_id}
            onDragOver={(event: DragEvent) => event.preventDefault()}
            onDrop={(event: DragEvent) => {
              event.preventDefault()
              if (dragged) void take(dragged, c)
              setDragged(null)
            }}
          >
            <h2>
              {stageName(c.stage, format.locale)} <span className="zg-soft zg-figures">{c.count}</span>
            </h2>
            <div className="zg-soft zg-figures" title={t('ui.crm.deal.weighted')}>
              {format.money(c.amount_minor)} · {format.percent(c.stage.probability_e8)} · {format.money(c.weighted_minor)}
            </div>
            <ul>
              {c.rows.map((deal, row) => (
                <li key={deal.opportunity_id}>
                  <Link
                    to={`/crm/deals/${deal.opportunity_id}`}
                    className={`zg-deal${deal.is_stalled ? ' zg-stalled' : ''}`}
                    data-deal={deal.opportunity_id}
                    draggable={may('crm.deal')}
                    onDragStart={() => setDragged(deal)}
                    onDragEnd={() => setDragged(null)}
                    onKeyDown={(event) => onKey(event, deal, [column, row])}
                  >
                    <b>{deal.name}</b>
                    <span className="zg-soft">{deal.party_name}</span>
                    <span className="zg-deal-figures zg-figures">
                      <span>{format.money(deal.amount_minor)}</span>
                      <span>{deal.expected_on}</span>
                    </span>
                    <span className="zg-soft zg-deal-figures">
                      <span>{deal.owner_name}</span>
                      <span className={deal.is_stalled ? 'zg-danger-text' : ''}>{deal.is_stalled ? stalledWords(deal, t) : t('ui.days', { count: deal.days_in_stage })}</span>
                    </span>
                  </Link>
                </li>
              ))}
            </ul>
            {c.count > c.rows.length ? <Link to={`/crm/deals/list?stage=${c.stage.stage_id}`}>{t('ui.crm.deal.allOf', { count: c.count })}</Link> : null}
          </section>
        ))}
      </div>
    </>
  )
}
