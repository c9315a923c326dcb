import type { MenuEntry } from '../../src-main/modules/platform/contract.ts'
import { homePlace, navGroups, type Place } from './nav.ts'

export type Entry = MenuEntry

export const DEEPEST = 3
export const isGroup = (entry: Pick<Entry, 'key'>): boolean => entry.key.startsWith('group.')
export const isLink = (entry: Pick<Entry, 'key'>): boolean => entry.key.startsWith('link.')
const groupKey = (key: string): string => `group.${key}`

/** The menu as the program arranges it. */
export function usualMenu(): readonly Entry[] {
  const entry = (key: string, level: number): Entry => ({ key, level, name: '', name_en: '', is_hidden: 0 })
  return [
    entry(homePlace.path, 1),
    ...navGroups.flatMap((g) => [entry(groupKey(g.key), 1), ...g.places.filter((p) => p.isListed).map((p) => entry(p.path, 2))]),
  ]
}

/** The places that an entry can stand for, and the texts of the program's groups. */
export const placeOfKey: ReadonlyMap<string, Place> = new Map([homePlace, ...navGroups.flatMap((g) => g.places)].map((p) => [p.path, p]))
export const groupText: ReadonlyMap<string, string> = new Map(navGroups.map((g) => [groupKey(g.key), g.text]))

/**
 * A kept menu as it is today: what the program no longer has is left out, and what it has got since stands at the end of the group in which
 * the program has it, or at the end of all where somebody removed that group.
 */
export function menuToday(kept: readonly Entry[] | null, usual: readonly Entry[] = usualMenu()): readonly Entry[] {
  if (kept === null) return usual
  let menu = kept.filter((e) => isGroup(e) || isLink(e) || placeOfKey.has(e.key))
  let group: string | undefined
  for (const entry of usual) {
    if (isGroup(entry)) group = entry.key
    else if (!menu.some((e) => e.key === entry.key)) {
      const at = menu.findIndex((e) => e.key === group)
      const place = at < 0 ? { index: menu.length, level: 1 } : { index: endOf(menu, at), level: menu[at]!.level + 1 }
      menu = menu.toSpliced(place.index, 0, { ...entry, level: Math.min(place.level, DEEPEST) })
    }
  }
  return menu
}

/** Where the block of an entry, itself and all that lies within it, ends. */
function endOf(menu: readonly Entry[], at: number): number {
  const next = menu.findIndex((e, i) => i > at && e.level <= menu[at]!.level)
  return next < 0 ? menu.length : next
}

/** The group around an entry. */
function parentOf(menu: readonly Entry[], at: number): number {
  return menu.findLastIndex((e, i) => i < at && e.level < menu[at]!.level)
}

/** The entry beside this one in the same group, before or after it; -1 where there is none. */
function beside(menu: readonly Entry[], at: number, way: 'before' | 'after'): number {
  const { level } = menu[at]!
  if (way === 'after') {
    const next = endOf(menu, at)
    return menu[next]?.level === level ? next : -1
  }
  const found = menu.findLastIndex((e, i) => i < at && e.level <= level)
  return found >= 0 && menu[found]!.level === level ? found : -1
}

export type Move = 'up' | 'down' | 'in' | 'out'

/** Takes an entry, with all that lies within it, one step up or down, into the group before it, or out of its group. Where that cannot be, nothing changes. */
export function moved(menu: readonly Entry[], key: string, move: Move): readonly Entry[] {
  const at = menu.findIndex((e) => e.key === key)
  if (at < 0) return menu
  const parent = parentOf(menu, at)
  const before = beside(menu, at, 'before')
  const after = beside(menu, at, 'after')
  if (move === 'up') {
    if (before >= 0) return put(menu, { at, to: before, by: 0 })
    const group = parent < 0 ? -1 : beside(menu, parent, 'before')
    return group >= 0 && isGroup(menu[group]!) ? put(menu, { at, to: endOf(menu, group), by: 0 }) : menu
  }
  if (move === 'down') {
    if (after >= 0) return put(menu, { at, to: endOf(menu, after), by: 0 })
    const group = parent < 0 ? -1 : beside(menu, parent, 'after')
    return group >= 0 && isGroup(menu[group]!) ? put(menu, { at, to: group + 1, by: 0 }) : menu
  }
  if (move === 'in') return before >= 0 && isGroup(menu[before]!) ? put(menu, { at, to: at, by: 1 }) : menu
  return parent < 0 ? menu : put(menu, { at, to: endOf(menu, parent), by: -1 })
}

/** Drops an entry on another one: it takes that place, and what was there closes up. */
export function dropped(menu: readonly Entry[], key: string, on: string): readonly Entry[] {
  const at = menu.findIndex((e) => e.key === key)
  const target = menu.findIndex((e) => e.key === on)
  if (at < 0 || target < 0 || (target >= at && target < endOf(menu, at))) return menu
  return put(menu, { at, to: target > at ? endOf(menu, target) : target, by: menu[target]!.level - menu[at]!.level })
}

/** Moves the block at `at` before `to`, so many levels deeper; no deeper than menus go. */
function put(menu: readonly Entry[], { at, to, by }: { at: number; to: number; by: number }): readonly Entry[] {
  const end = endOf(menu, at)
  const block = menu.slice(at, end).map((e) => ({ ...e, level: e.level + by }))
  if (block.some((e) => e.level > DEEPEST)) return menu
  const rest = menu.toSpliced(at, end - at)
  return rest.toSpliced(to >= end ? to - block.length : to, 0, ...block)
}

/** Takes a group or link of one's own away; what lay in the group comes out of it. */
export function without(menu: readonly Entry[], key: string): readonly Entry[] {
  const at = menu.findIndex((e) => e.key === key)
  const end = endOf(menu, at)
  return menu.flatMap((e, i) => (i === at ? [] : [i > at && i < end ? { ...e, level: e.level - 1 } : e]))
}

export type Node = { readonly entry: Entry; readonly children: readonly Node[] }

/** The menu as it is shown: without what is hidden or not for this person, and without groups that have nothing in them. */
export function shownTree(menu: readonly Entry[], isAllowed: (entry: Entry) => boolean): readonly Node[] {
  const nodesFrom = (from: number, to: number): Node[] => {
    const nodes: Node[] = []
    for (let at = from; at < to; at = endOf(menu, at)) {
      const entry = menu[at]!
      if (entry.is_hidden === 1) continue
      const children = nodesFrom(at + 1, endOf(menu, at))
      if (isGroup(entry) ? children.length > 0 : isAllowed(entry)) nodes.push({ entry, children })
    }
    return nodes
  }
  return nodesFrom(0, menu.length)
}
