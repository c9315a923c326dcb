import { useCallback, useEffect, useState, type RefObject } from 'react'

/** Height of a line in pixels, as line-grid.css says it. */
export const LINE_PX = 30
/** Lines drawn beyond the edges, and how far one scrolls before others are drawn. */
const BEYOND = 6
const STEP = 6

/** Which lines are in sight of a box that scrolls: thousands stand there, some dozens are drawn. */
export function useLinesInSight(box: RefObject<HTMLElement | null>): { readonly from: number; readonly to: number } {
  const [range, setRange] = useState({ from: 0, to: 30 })
  const look = useCallback(() => {
    const element = box.current
    if (!element) return
    const first = Math.floor(element.scrollTop / LINE_PX / STEP) * STEP
    const shown = Math.ceil(element.clientHeight / LINE_PX)
    const next = { from: Math.max(0, first - BEYOND), to: first + STEP + shown + BEYOND }
    setRange((now) => (now.from === next.from && now.to === next.to ? now : next))
  }, [box])
  useEffect(() => {
    const element = box.current
    if (!element) return undefined
    const watch = new ResizeObserver(look)
    watch.observe(element)
    element.addEventListener('scroll', look, { passive: true })
    return () => {
      watch.disconnect()
      element.removeEventListener('scroll', look)
    }
  }, [box, look])
  return range
}
