import { useCallback, useEffect, useRef, useState } from 'react'

/** One record to choose: what it is called, what tells it apart, and a figure that helps. */
export type Choice = { readonly id: string; readonly label: string; readonly code?: string; readonly note?: string }

/** Follows the typing with searches; answers that come late for an older text are dropped. */
export function useChoices<C extends Choice>(search: (text: string) => Promise<readonly C[]>, text: string | null) {
  const [found, setFound] = useState<{ text: string | null; choices: readonly C[] }>({ text: null, choices: [] })
  const latest = useRef(search)
  latest.current = search
  useEffect(() => {
    if (text === null) {
      setFound({ text: null, choices: [] })
      return
    }
    let isStale = false
    const settle = (choices: readonly C[]): void => {
      if (!isStale) setFound({ text, choices })
    }
    latest.current(text).then(settle, () => settle([]))
    return () => {
      isStale = true
    }
  }, [text])
  const isFor = useCallback((wanted: string): boolean => found.text === wanted, [found.text])
  return { choices: found.choices, isFor }
}
