import { useRef, useState, type RefObject } from 'react'
import { App, Button, Dropdown, type MenuProps } from 'antd'
import { CheckOutlined, DownOutlined, TableOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { useRun } from '../../api/use-run.ts'
import { textOfNo } from '../no-text.ts'
import { useFormat } from '../format.ts'
import { useSure } from '../use-sure.ts'
import { ColumnsDialog } from './columns-dialog.tsx'
import { SaveViewDialog } from './save-view-dialog.tsx'
import type { Definition, View, Views } from './use-views.ts'

type Props<R> = {
  readonly views: Views<R>
  /** The sort is another than the view's. */
  readonly isSortChanged: boolean
  readonly isFiltered: boolean
  definitionOf(wanted: { readonly filters: boolean }): Definition
  /** Looks through another view; its sort and filters come along. */
  onChoose(view: View | null): void
  onReset(): void
  /** What the list can be put together by, and what it is now ('' for nothing). */
  readonly groups?: { readonly ways: readonly string[]; readonly current: string; choose(way: string): void }
}

/**
 * Runs what a line of a menu means when the key that chose it is let go of the menu: otherwise the same Enter presses the button on
 * which a dialog begins. The cursor is on the menu's button again, and comes back to it from a dialog.
 */
export const afterMenu =
  (button: RefObject<HTMLButtonElement | null>) =>
  (run: () => void): void =>
    void setTimeout(() => {
      button.current?.focus()
      run()
    })

/** How the list is seen: the views there are, the columns, and what can be done with the current view. */
export function ViewMenu<R>({ views, isSortChanged, isFiltered, definitionOf, onChoose, onReset, groups }: Props<R>) {
  const { t } = useTranslation()
  const format = useFormat()
  const { message } = App.useApp()
  const sure = useSure()
  const button = useRef<HTMLButtonElement>(null)
  const [front, setFront] = useState<'columns' | 'save' | 'edit' | null>(null)
  const save = useRun('platform.saveView')
  const choose = useRun('platform.chooseView')
  const remove = useRun('platform.removeView')
  const { current, list } = views
  const isChanged = views.isChanged || isSortChanged
  const opener = views.views.find((v) => v.is_default === 1)
  const say = (said: Awaited<ReturnType<typeof save.run>> | Awaited<ReturnType<typeof remove.run>>): boolean => {
    if (said && !said.ok) void message.error(textOfNo(said, { t, format }))
    return said?.ok === true
  }
  const saveCurrent = async (view: View): Promise<void> => {
    const definition = definitionOf({ filters: view.definition.filters !== undefined })
    if (!say(await save.run({ view_id: view.view_id, list, name: view.name, role_id: view.role_id, definition }))) return
    views.reset()
    void message.success(t('ui.saved'))
  }
  const removeCurrent = async (view: View): Promise<void> => {
    const isSure = await sure({ title: t('ui.grid.removeSure', { name: view.name }), text: t(view.role_id === null ? 'ui.grid.removeOwn' : 'ui.grid.removeShared'), ok: t('command.platform.removeView') })
    if (isSure && say(await remove.run({ view_id: view.view_id }))) onChoose(null)
  }
  const tail = (view: View): string => {
    const role = views.roles.find((r) => r.role_id === view.role_id)
    const words = [
      view.is_default === 1 ? t('ui.grid.isOpener') : '',
      view.is_own === 1 ? (view.role_id === null ? '' : role ? t('ui.grid.sharedWith', { role: format.locale === 'zh-CN' ? role.name_zh : role.name_en }) : t('ui.grid.shared')) : t('ui.grid.from', { name: view.owner_name }),
    ]
    return words.filter((w) => w !== '').join(' · ')
  }
  const after = afterMenu(button)
  const close = (): void => {
    setFront(null)
    setTimeout(() => button.current?.focus(), 50)
  }
  const item = (key: string, label: string, run: () => void) => ({ key, label, onClick: () => after(run) })
  const mark = (isOn: boolean) => <CheckOutlined aria-hidden style={{ visibility: isOn ? 'visible' : 'hidden' }} />
  const viewItem = (view: View | null) => ({
    key: view?.view_id ?? 'standard',
    icon: mark((current?.view_id ?? null) === (view?.view_id ?? null)),
    label: (
      <>
        {view?.name ?? t('ui.grid.standard')} {view && tail(view) ? <span className="zg-soft">{tail(view)}</span> : null}
        {(current?.view_id ?? null) === (view?.view_id ?? null) ? <span className="zg-sr">{t('ui.grid.isCurrent')}</span> : null}
      </>
    ),
    onClick: () => after(() => onChoose(view)),
  })
  const items: MenuProps['items'] = [
    viewItem(null),
    ...views.views.map(viewItem),
    { type: 'divider' },
    item('columns', t('ui.grid.chooseColumns'), () => setFront('columns')),
    ...(groups
      ? [
          {
            key: 'groups',
            label: t('ui.grid.groupBy'),
            children: ['', ...groups.ways].map((way) => ({ ...item(`group-${way}`, t(way === '' ? 'ui.grid.noGroups' : `ui.grid.by.${way}`), () => groups.choose(way)), icon: mark(way === groups.current) })),
          },
        ]
      : []),
    ...(isChanged && current?.may_change === 1 ? [item('save', t('ui.grid.saveTo', { name: current.name }), () => void saveCurrent(current))] : []),
    item('saveAs', t('ui.grid.saveAsMenu'), () => setFront('save')),
    ...(isChanged ? [item('reset', t('ui.grid.reset'), onReset)] : []),
    { type: 'divider' },
    ...(opener?.view_id === current?.view_id
      ? []
      : [item('opener', t('ui.grid.makeOpener'), () => void choose.run({ list, view_id: current?.view_id ?? null }).then((said) => say(said) && void message.success(t('ui.saved'))))]),
    ...(current?.may_change === 1 ? [item('edit', t('ui.grid.renameMenu'), () => setFront('edit')), { ...item('remove', t('ui.grid.removeView'), () => void removeCurrent(current)), danger: true }] : []),
  ]
  while (items.at(-1)?.type === 'divider') items.pop()
  return (
    <>
      <Dropdown menu={{ items }} trigger={['click']} autoFocus destroyOnHidden>
        <Button ref={button} icon={<TableOutlined aria-hidden />} aria-haspopup="menu" aria-label={`${t('ui.grid.view')} ${current?.name ?? t('ui.grid.standard')}${isChanged ? ` · ${t('ui.grid.changed')}` : ''}`}>
          {current?.name ?? t('ui.grid.view')}
          {isChanged ? ' *' : ''} <DownOutlined aria-hidden />
        </Button>
      </Dropdown>
      {front === 'columns' ? <ColumnsDialog views={views} onClose={close} /> : null}
      {front === 'save' || (front === 'edit' && current) ? (
        <SaveViewDialog views={views} {...(front === 'edit' && current ? { view: current } : {})} definitionOf={definitionOf} isFiltered={isFiltered} onClose={close} />
      ) : null}
    </>
  )
}
