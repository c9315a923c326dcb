import { useCallback, useLayoutEffect, useState, type RefObject } from 'react'

type Options = {
  readonly scroller: RefObject<HTMLElement | null>
  readonly count: number
  /** Pixels; every row is as high. */
  readonly rowHeight: number
  /** So many rows stand ready above and below what is seen. */
  readonly overscan: number
}

/** The height of the grid that was seen last, pixels: the next one is usually as high, and its rows stand in the first drawing. */
let lastHeight: number | undefined

/** Which rows of a long list are drawn: from `first` to before `end`. The title and the totals stick to the edges, each a row high. */
export function useWindow({ scroller, count, rowHeight, overscan }: Options) {
  const [seen, setSeen] = useState({ top: 0, height: lastHeight ?? innerHeight })
  useLayoutEffect(() => {
    const box = scroller.current
    if (!box) return undefined
    const measure = (): void => {
      lastHeight = box.clientHeight
      // Whole rows only: within one there is nothing to draw anew.
      const top = Math.floor(box.scrollTop / rowHeight) * rowHeight
      setSeen((now) => (now.top === top && now.height === box.clientHeight ? now : { top, height: box.clientHeight }))
    }
    const resized = new ResizeObserver(measure)
    resized.observe(box)
    box.addEventListener('scroll', measure, { passive: true })
    return () => {
      resized.disconnect()
      box.removeEventListener('scroll', measure)
    }
  }, [scroller, rowHeight])
  const reach = useCallback(
    (row: number): void => {
      const box = scroller.current
      if (!box) return
      const [top, bottom] = [row * rowHeight, (row + 3) * rowHeight]
      if (top < box.scrollTop) box.scrollTop = top
      else if (bottom > box.scrollTop + box.clientHeight) box.scrollTop = bottom - box.clientHeight
    },
    [scroller, rowHeight],
  )
  // A list that became shorter is not looked at beyond its end.
  const top = Math.min(seen.top, Math.max(0, count * rowHeight - seen.height))
  const first = Math.max(0, Math.floor(top / rowHeight) - overscan)
  return { first, end: Math.min(count, Math.ceil((top + seen.height) / rowHeight) + overscan), reach }
}
