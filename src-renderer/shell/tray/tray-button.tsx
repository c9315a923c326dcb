import { useEffect, useRef, useState } from 'react'
import { Dropdown, type MenuProps } from 'antd'
import { BellOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import type { NavigateFunction } from 'react-router'
import type { Item } from '../home/cards/parts.tsx'
import { useShortcuts } from '../keys.ts'
import { useAlerts, useApprovals, useMentions, useTasks } from './tray-items.ts'
import './tray.css'

/** The page itself comes first; after that the tray looks again this often, where something changed. */
const FIRST_MS = 2_000
const AGAIN_MS = 10_000

/** True for a moment, now and then: figures of the whole company are not counted again at every key of everybody. */
function useNowAndThen(): boolean {
  const [isNow, setNow] = useState(false)
  useEffect(() => {
    const look = (): void => setNow(!document.hidden)
    const first = setTimeout(look, FIRST_MS)
    const again = setInterval(look, AGAIN_MS)
    return () => {
      clearTimeout(first)
      clearInterval(again)
    }
  }, [])
  useEffect(() => {
    if (isNow) setNow(false)
  }, [isNow])
  return isNow
}

/** One tray for all that waits: what colleagues said, alerts, and documents to go on with. Alt+A opens it; each line leads to its list. */
export function TrayButton({ go }: { go: NavigateFunction }) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  /** Where one was when the tray was opened: closed again, one goes on there. */
  const left = useRef<Element | null>(null)
  const turn = (to: boolean): void => {
    if (to) left.current = document.activeElement
    else (left.current instanceof HTMLElement && left.current !== document.body ? left.current : button.current)?.focus()
    setOpen(to)
  }
  const isNow = useNowAndThen()
  const watch = { isOn: isOpen || isNow }
  const mentions = useMentions()
  const approvals = useApprovals()
  const alerts = useAlerts(watch) ?? []
  const tasks = (useTasks(watch) ?? []).filter((item) => item.value !== '0')
  useShortcuts([{ key: 'a', with: 'alt', run: () => turn(!isOpen) }, ...(isOpen ? [{ key: 'Escape', always: true as const, run: () => turn(false) }] : [])], 'everywhere')
  // Tasks are the day's work: they stand in the tray, and do not call.
  const count = mentions.length + approvals.length + alerts.length
  const all = [...mentions, ...approvals, ...alerts, ...tasks]
  const group = (key: string, label: string, items: readonly Item[]): NonNullable<MenuProps['items']> =>
    items.length === 0 ? [] : [{ type: 'group', key, label, children: items.map((item) => ({ key: item.key, label: <Line item={item} /> })) }]
  return (
    <Dropdown
      trigger={['click']}
      open={isOpen}
      onOpenChange={turn}
      autoFocus
      // Among what else stands above the page, for who listens to it.
      getPopupContainer={(trigger) => trigger.closest('header') ?? document.body}
      placement="bottomRight"
      classNames={{ root: 'zg-tray' }}
      menu={{
        items:
          all.length === 0
            ? [{ key: 'none', label: t('home.tray.none'), disabled: true }]
            : [...group('mentions', t('home.tray.mentions'), mentions), ...group('approvals', t('ui.nav.approvals'), approvals), ...group('alerts', t('home.tray.alerts'), alerts), ...group('tasks', t('home.todo'), tasks)],
        onClick: ({ key }) => {
          turn(false)
          const item = all.find((one) => one.key === key)
          if (item) void go(item.to)
        },
      }}
    >
      <button ref={button} type="button" className="zg-top-button" aria-label={count > 0 ? t('home.tray.count', { count }) : t('home.tray')} title={`${t('home.tray')} (Alt A)`}>
        <BellOutlined aria-hidden />
        {count > 0 ? (
          <span className="zg-tray-count zg-figures" aria-hidden>
            {count}
          </span>
        ) : null}
      </button>
    </Dropdown>
  )
}

function Line({ item }: { item: Item }) {
  return (
    <span className="zg-tray-line">
      <span className="zg-tray-label">{item.label}</span>
      <span className={`zg-figures ${item.tone === 'danger' ? 'zg-danger-text' : 'zg-soft'}`}>{item.value}</span>
    </span>
  )
}
