import { useEffect, useRef, useState, type DragEvent, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'antd'
import { CloseOutlined, ColumnWidthOutlined, HolderOutlined, PlusOutlined } from '@ant-design/icons'
import { useRun } from '../../api/use-run.ts'
import { RefusalMessage } from '../../ui/no-message.tsx'
import type { Card } from './cards.ts'
import { moved, widened, type Placed } from './layout.ts'

type Props = {
  readonly placed: readonly Placed[]
  /** What the role begins with. */
  readonly usual: readonly Placed[]
  /** All cards that this user may have. */
  readonly offered: readonly Card[]
  onClose(): void
}

/** The start page while it is arranged: cards are dragged, or moved by the arrow keys on their handle; kept when one is done. */
export function Arranging({ placed, usual, offered, onClose }: Props) {
  const { t } = useTranslation()
  const [cards, setCards] = useState(placed)
  const [dragged, setDragged] = useState<string | null>(null)
  const [said, setSaid] = useState('')
  const { run, isRunning, no } = useRun('platform.setHome')
  const focused = useFocusKept(cards)
  const titleOf = (key: string): string => t(`home.card.${key}`)
  const change = (next: readonly Placed[], key: string): void => {
    setCards(next)
    const at = next.findIndex((c) => c.card === key)
    setSaid(at < 0 ? t('home.removed', { card: titleOf(key) }) : t('home.stands', { card: titleOf(key), place: at + 1, of: next.length }))
  }
  const keep = async (kept: readonly Placed[] | null): Promise<void> => {
    const answer = await run({ cards: kept && kept.map((c) => ({ ...c })) })
    if (answer?.ok) onClose()
  }
  const onKey = (event: KeyboardEvent, key: string): void => {
    const at = cards.findIndex((c) => c.card === key)
    const to = { ArrowLeft: at - 1, ArrowUp: at - 1, ArrowRight: at + 1, ArrowDown: at + 1, Home: 0, End: cards.length }[event.key]
    if (to !== undefined) change(moved(cards, { card: key, to }), key)
    else if (event.key === 'Delete') change(cards.filter((c) => c.card !== key), key)
    else if (event.key === '+' || event.key === '=') change(widened(cards, key), key)
    else return
    event.preventDefault()
    focused.current = event.key === 'Delete' ? null : key
  }
  const onOver = (event: DragEvent, key: string): void => {
    event.preventDefault()
    if (dragged === null || dragged === key) return
    change(moved(cards, { card: dragged, to: cards.findIndex((c) => c.card === key) }), dragged)
  }
  const left = offered.filter((o) => !cards.some((c) => c.card === o.key))
  return (
    <div className="zg-page zg-page-scroll zg-home-page" onKeyDown={(event) => (event.key === 'Escape' ? onClose() : undefined)}>
      <div className="zg-page-head">
        <h1>{t('home.arrange')}</h1>
        <span className="zg-soft">{t('home.arrangeHow')}</span>
        <span className="zg-spring" />
        <Button onClick={() => void keep(null)} disabled={isRunning}>{t('home.usual')}</Button>
        <Button onClick={onClose}>{t('ui.cancel')}</Button>
        <Button type="primary" loading={isRunning} onClick={() => void keep(same(cards, usual) ? null : cards)}>{t('home.done')}</Button>
      </div>
      <RefusalMessage no={no} />
      <p className="zg-sr" role="status">{said}</p>
      {left.length > 0 ? (
        <div className="zg-actions zg-home-offer" role="group" aria-label={t('home.add')}>
          <span className="zg-soft">{t('home.add')}</span>
          {left.map((c) => (
            <Button key={c.key} size="small" icon={<PlusOutlined />} onClick={() => change([...cards, { card: c.key, columns: c.columns }], c.key)}>
              {titleOf(c.key)}
            </Button>
          ))}
        </div>
      ) : null}
      <ol className="zg-home zg-home-arranging">
        {cards.map(({ card: key, columns }) => {
          const { Body } = offered.find((o) => o.key === key)!
          return (
            <li
              key={key}
              className="zg-card zg-home-card"
              data-columns={columns}
              data-dragged={dragged === key}
              draggable
              onDragStart={(event) => {
                event.dataTransfer.effectAllowed = 'move'
                event.dataTransfer.setData('text/plain', titleOf(key))
                setDragged(key)
              }}
              onDragOver={(event) => onOver(event, key)}
              onDrop={(event) => event.preventDefault()}
              onDragEnd={() => setDragged(null)}
            >
              <div className="zg-home-bar">
                <button type="button" className="zg-home-handle" data-card={key} aria-label={t('home.move', { card: titleOf(key) })} title={t('home.moveHow')} onKeyDown={(event) => onKey(event, key)}>
                  <HolderOutlined /> {titleOf(key)}
                </button>
                <span className="zg-spring" />
                <Button type="text" size="small" icon={<ColumnWidthOutlined />} aria-label={t('home.widen', { card: titleOf(key) })} title={t('home.widen', { card: titleOf(key) })} onClick={() => change(widened(cards, key), key)} />
                <Button type="text" size="small" icon={<CloseOutlined />} aria-label={t('home.remove', { card: titleOf(key) })} title={t('home.remove', { card: titleOf(key) })} onClick={() => change(cards.filter((c) => c.card !== key), key)} />
              </div>
              <div inert className="zg-home-still">
                <Body />
              </div>
            </li>
          )
        })}
      </ol>
    </div>
  )
}

const same = (a: readonly Placed[], b: readonly Placed[]): boolean =>
  a.length === b.length && a.every((c, i) => c.card === b[i]!.card && c.columns === b[i]!.columns)

/** A card that is moved in the page loses the focus: its handle gets it back. */
function useFocusKept(cards: readonly Placed[]) {
  const focused = useRef<string | null>(null)
  useEffect(() => {
    if (focused.current === null) return
    document.querySelector<HTMLElement>(`.zg-home-handle[data-card="${focused.current}"]`)?.focus()
    focused.current = null
  }, [cards])
  return focused
}
