import { useEffect, useRef, useState, type DragEvent, type KeyboardEvent } from 'react'
import { App, Button, Checkbox } from 'antd'
import { ArrowLeftOutlined, ArrowRightOutlined, DeleteOutlined, EyeInvisibleOutlined, EyeOutlined, HolderOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import type { AskOutput } from '../../api/operations.ts'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { dropped, isGroup, isLink, menuToday, moved, without, type Entry, type Move } from '../../shell/menu.ts'
import { useEntryName } from '../../shell/navigation.tsx'
import { usePreferences } from '../../shell/preferences.ts'
import { Panel } from '../../ui/document-page.tsx'
import { Field } from '../../ui/fields/field.tsx'
import { SelectField, TextField } from '../../ui/fields/value-fields.tsx'
import { NoMessage, RefusalMessage } from '../../ui/no-message.tsx'
import { useLeaveGuard } from '../../ui/use-leave-guard.ts'
import { useSure } from '../../ui/use-sure.ts'
import { NewLink } from './menu-link-dialog.tsx'
import { SettingsPage } from './settings-page.tsx'
import './menus.css'

type Menus = AskOutput<'platform.menus'>
type Module = Menus['rows'][number]['modules_off'][number]
const modules: readonly Module[] = ['crm', 'marketing', 'service', 'quotes', 'sales', 'inventory', 'purchasing', 'money', 'books']

/** How the navigation is arranged, and which modules are done without, for everybody or for a role. */
export function MenusPage() {
  const { t } = useTranslation()
  const locale = usePreferences((p) => p.locale)
  const [role_id, setRole] = useState<string | null>(null)
  const { data, error } = useAsk('platform.menus', {})
  if (error) return <NoMessage error={error} />
  const kept = data?.rows.find((r) => r.role_id === role_id)
  return (
    <SettingsPage title={t('ui.nav.menus')}>
      <div className="zg-menus-for">
        <Field label={t('ui.menus.for')} path="role_id" span={4} hint={t(role_id === null ? 'ui.menus.forEverybody' : 'ui.menus.forRole')}>
          {(ids) => (
            <SelectField
              {...ids}
              none={t('ui.menus.everybody')}
              value={role_id}
              options={(data?.roles ?? []).map((r) => ({ value: r.role_id, label: locale === 'zh-CN' ? r.name_zh : r.name_en }))}
              onChange={setRole}
            />
          )}
        </Field>
      </div>
      {data ? <Editor key={`${role_id} ${JSON.stringify(kept)}`} role_id={role_id} kept={kept} everybody={data.rows.find((r) => r.role_id === null)} /> : null}
    </SettingsPage>
  )
}

type Kept = Menus['rows'][number] | undefined

function Editor({ role_id, kept, everybody }: { role_id: string | null; kept: Kept; everybody: Kept }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const isSure = useSure()
  // A role begins with what everybody has.
  const [draft, setDraft] = useState<{ readonly entries: readonly Entry[]; readonly modules_off: readonly Module[] }>(() => ({
    entries: menuToday(kept?.entries ?? everybody?.entries ?? null),
    modules_off: kept?.modules_off ?? [],
  }))
  const set = (changes: Partial<typeof draft>): void => setDraft({ ...draft, ...changes })
  const save = useRun('platform.setMenu')
  const keep = async (entries: readonly Entry[] | null, modules_off: readonly Module[]): Promise<void> => {
    const said = await save.run({ role_id, entries: entries === null ? null : [...entries], modules_off: [...modules_off] })
    if (!said?.ok) return
    goOn()
    void message.success(t('ui.menus.kept'))
  }
  const reset = async (): Promise<void> => {
    if (await isSure({ title: t('ui.menus.resetSure'), text: t(role_id === null ? 'ui.menus.resetText' : 'ui.menus.resetRoleText'), ok: t('ui.menus.reset') })) await keep(null, [])
  }
  const begun = { entries: menuToday(kept?.entries ?? everybody?.entries ?? null), modules_off: kept?.modules_off ?? [] }
  const goOn = useLeaveGuard(JSON.stringify(draft) !== JSON.stringify(begun))
  const isUsual = JSON.stringify(draft.entries) === JSON.stringify(menuToday(role_id === null ? null : (everybody?.entries ?? null)))
  return (
    <>
      <RefusalMessage no={save.no} />
      <Panel title={t('ui.menus.modules')}>
        <p className="zg-soft zg-menus-text">{t('ui.menus.modulesText')}</p>
        <div className="zg-menus-modules">
          {modules.map((name) => {
            const isOffForAll = role_id !== null && (everybody?.modules_off.includes(name) ?? false)
            return (
              <Checkbox
                key={name}
                checked={!isOffForAll && !draft.modules_off.includes(name)}
                disabled={isOffForAll}
                onChange={(e) => set({ modules_off: e.target.checked ? draft.modules_off.filter((m) => m !== name) : [...draft.modules_off, name] })}
              >
                {t(`ui.menus.module.${name}`)}
              </Checkbox>
            )
          })}
        </div>
      </Panel>
      <EntryList entries={draft.entries} onChange={(entries) => set({ entries })} />
      <div className="zg-form-foot">
        <span />
        {kept ? <Button onClick={() => void reset()}>{t('ui.menus.reset')}</Button> : null}
        <Button type="primary" loading={save.isRunning} onClick={() => void keep(isUsual ? null : draft.entries, draft.modules_off)}>
          {t('ui.save')}
        </Button>
      </div>
    </>
  )
}

const moves: Readonly<Record<string, Move>> = { ArrowUp: 'up', ArrowDown: 'down', ArrowRight: 'in', ArrowLeft: 'out' }

/** The entries one below the other: dragged, or moved by the arrow keys on their handle; each can be called otherwise or hidden. */
function EntryList({ entries, onChange }: { entries: readonly Entry[]; onChange(entries: readonly Entry[]): void }) {
  const { t } = useTranslation()
  const nameOf = useEntryName()
  const isChinese = usePreferences((p) => p.locale) === 'zh-CN'
  const [dragged, setDragged] = useState<string | null>(null)
  const [isLinking, setLinking] = useState(false)
  const [said, setSaid] = useState('')
  const focused = useRef<string | null>(null)
  useEffect(() => {
    if (focused.current === null) return
    document.querySelector<HTMLElement>(`[data-entry="${focused.current}"]`)?.focus()
    focused.current = null
  }, [entries])
  const patch = (key: string, changes: Partial<Entry>): void => onChange(entries.map((e) => (e.key === key ? { ...e, ...changes } : e)))
  const move = (entry: Entry, way: Move): void => {
    const next = moved(entries, entry.key, way)
    const at = next.findIndex((e) => e.key === entry.key)
    setSaid(next === entries ? t('ui.menus.cannot', { name: nameOf(entry) }) : t('ui.menus.stands', { name: nameOf(entry), place: at + 1, level: next[at]!.level }))
    focused.current = entry.key
    onChange(next)
  }
  const onKey = (event: KeyboardEvent, entry: Entry): void => {
    const way = moves[event.key]
    if (!way) return
    event.preventDefault()
    move(entry, way)
  }
  const onOver = (event: DragEvent, on: string): void => {
    event.preventDefault()
    if (dragged !== null && dragged !== on) onChange(dropped(entries, dragged, on))
  }
  const added = (key: string, more: Partial<Entry>): void => onChange([{ key, level: 1, name: '', name_en: '', is_hidden: 0, ...more }, ...entries])
  const newKey = (kind: 'group' | 'link'): string => {
    let n = 1
    while (entries.some((e) => e.key === `${kind}.own${n}`)) n++
    return `${kind}.own${n}`
  }
  return (
    <Panel
      title={t('ui.menus.entries')}
      extra={
        <span className="zg-actions">
          <Button size="small" onClick={() => added(newKey('group'), { [isChinese ? 'name' : 'name_en']: t('ui.menus.newGroup') })}>
            {t('ui.menus.addGroup')}
          </Button>
          <Button size="small" onClick={() => setLinking(true)}>
            {t('ui.menus.addLink')}
          </Button>
        </span>
      }
    >
      <p className="zg-soft zg-menus-text">{t('ui.menus.how')}</p>
      <p className="zg-sr" role="status">
        {said}
      </p>
      <ol className="zg-menus">
        {entries.map((entry) => {
          const name = nameOf(entry)
          return (
            <li
              key={entry.key}
              data-level={entry.level}
              data-group={isGroup(entry)}
              data-hidden={entry.is_hidden === 1}
              data-dragged={dragged === entry.key}
              onDragOver={(event) => onOver(event, entry.key)}
              onDrop={(event) => event.preventDefault()}
            >
              <button
                type="button"
                className="zg-menus-handle"
                draggable
                data-entry={entry.key}
                aria-label={t('ui.menus.move', { name })}
                title={t('ui.menus.how')}
                onKeyDown={(event) => onKey(event, entry)}
                onDragStart={(event) => {
                  event.dataTransfer.effectAllowed = 'move'
                  event.dataTransfer.setData('text/plain', name)
                  setDragged(entry.key)
                }}
                onDragEnd={() => setDragged(null)}
              >
                <HolderOutlined aria-hidden />
              </button>
              {(isChinese ? (['name', 'name_en'] as const) : (['name_en', 'name'] as const)).map((field, i) => (
                <TextField
                  key={field}
                  aria-label={t(i === 0 ? 'ui.menus.nameOf' : field === 'name' ? 'ui.menus.nameZh' : 'ui.menus.nameEn', { name })}
                  className={i === 0 ? 'zg-menus-own' : 'zg-menus-other'}
                  value={entry[field]}
                  placeholder={i === 0 ? nameOf({ ...entry, [field]: '' }) : t(field === 'name' ? 'ui.menus.inChinese' : 'ui.menus.inEnglish')}
                  maxLength={60}
                  onChange={(value) => patch(entry.key, { [field]: value })}
                />
              ))}
              <Button type="text" size="small" icon={<ArrowLeftOutlined aria-hidden />} aria-label={t('ui.menus.out', { name })} title={t('ui.menus.out', { name })} onClick={() => move(entry, 'out')} />
              <Button type="text" size="small" icon={<ArrowRightOutlined aria-hidden />} aria-label={t('ui.menus.in', { name })} title={t('ui.menus.in', { name })} onClick={() => move(entry, 'in')} />
              <Button
                type="text"
                size="small"
                aria-pressed={entry.is_hidden === 1}
                icon={entry.is_hidden === 1 ? <EyeInvisibleOutlined aria-hidden /> : <EyeOutlined aria-hidden />}
                aria-label={t('ui.menus.hide', { name })}
                title={t('ui.menus.hide', { name })}
                onClick={() => patch(entry.key, { is_hidden: entry.is_hidden === 1 ? 0 : 1 })}
              />
              {/^(group|link)\.own/.test(entry.key) ? (
                <Button type="text" size="small" icon={<DeleteOutlined aria-hidden />} aria-label={t('ui.menus.remove', { name })} title={t('ui.menus.remove', { name })} onClick={() => onChange(without(entries, entry.key))} />
              ) : null}
              {isLink(entry) ? <span className="zg-soft zg-menus-path">{entry.path}</span> : null}
            </li>
          )
        })}
      </ol>
      {isLinking ? <NewLink onClose={() => setLinking(false)} onAdd={({ name, path }) => added(newKey('link'), { path, [isChinese ? 'name' : 'name_en']: name })} /> : null}
    </Panel>
  )
}

