import { useEffect, useRef } from 'react'

/** Is the user typing text just now? Then single letters are letters. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
}

export type Shortcut = {
  /** As KeyboardEvent.key says it; letters are compared without case. */
  readonly key: string
  readonly with?: 'ctrl' | 'alt'
  /** Works while typing too: for keys that no text contains. */
  readonly always?: true
  run(event: KeyboardEvent): void
}

const fits = (event: KeyboardEvent, shortcut: Shortcut): boolean => {
  const withControl = event.ctrlKey || event.metaKey
  // Alt changes what a letter key says on some layouts; the key's place does not change.
  const isKey = event.key.toLowerCase() === shortcut.key.toLowerCase() || (shortcut.with === 'alt' && [`Key${shortcut.key.toUpperCase()}`, `Digit${shortcut.key}`].includes(event.code))
  const isModified = shortcut.with === 'ctrl' ? withControl && !event.altKey : shortcut.with === 'alt' ? event.altKey && !withControl : !withControl && !event.altKey
  return isKey && isModified && (shortcut.always === true || shortcut.with !== undefined || !isTyping(event.target))
}

/** Keys of the screen that is shown; a dialog in front keeps them from the page behind. */
export function useShortcuts(shortcuts: readonly Shortcut[], scope: 'page' | 'everywhere' = 'page'): void {
  const latest = useRef(shortcuts)
  latest.current = shortcuts
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return
      if (scope === 'page' && document.querySelector('.ant-modal-wrap:not([style*="display: none"])')) return
      const shortcut = latest.current.find((s) => fits(event, s))
      if (!shortcut) return
      event.preventDefault()
      shortcut.run(event)
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [scope])
}
