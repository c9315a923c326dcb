import { createContext, useContext, useEffect } from 'react'
import type { Cursor } from './desk.ts'

/** What the lines of a form do for it. */
export type LinesHandle = { focus(place: { readonly line: number; readonly column: number }): void }
/** Takes one scanned barcode into the lines. */
export type TakeScan = (barcode: string) => void

export type FormTools = {
  /** The lines tell the form how the cursor gets into them. */
  setLines(handle: LinesHandle | null): void
  setScan(take: TakeScan | null): void
  /** The form opens with the cursor where it was left: nothing else draws it to itself. */
  readonly arrives: Cursor | null
}

const Tools = createContext<FormTools>({ setLines: () => undefined, setScan: () => undefined, arrives: null })
export const FormToolsProvider = Tools.Provider
export const useFormTools = (): FormTools => useContext(Tools)

/** The lines below take what is scanned anywhere on the form. */
export function useScans(take: TakeScan): void {
  const { setScan } = useFormTools()
  useEffect(() => {
    setScan(take)
    return () => setScan(null)
  }, [setScan, take])
}
