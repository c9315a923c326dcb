import { useEffect, useRef, useState, type ReactNode } from 'react'
import { Navigate, useLocation } from 'react-router'
import { ask } from '../api/client.ts'
import { useAsk } from '../api/use-ask.ts'
import { bringBack, deskAt, isWaiting, writer, type Kept } from '../ui/draft/desk.ts'
import { addressOf } from '../ui/draft/use-draft.ts'
import { isNewForm } from './tabs.ts'

/** Before a page is shown: a new form gets an address of its own, and a draft that was kept for the page is fetched. */
export function FormGate({ children }: { children: ReactNode }) {
  const location = useLocation()
  const address = addressOf(location)
  const { data } = useAsk('platform.drafts', {})
  const [, drawAgain] = useState(0)
  const known = data?.rows.find((draft) => draft.address === address)
  const form = deskAt(address)
  // Written by another page: that of an earlier start, or of another desk.
  const isNewer = known !== undefined && known.writer !== writer && (form ? known.revision > form.revision && !form.isUnsaved() : !isWaiting(address))
  const revision = known?.revision
  // It was kept, and is gone without this page's doing: posted or thrown away at another desk.
  const kept = useRef<string | null>(null)
  if (known) kept.current = address
  const isGone = data !== undefined && known === undefined && kept.current === address && form?.isTouched() === true && form.revision > 0
  useEffect(() => {
    if (!isGone) return
    kept.current = null
    deskAt(address)?.findFate()
  }, [isGone, address])
  useEffect(() => {
    if (!isNewer) return
    void ask('platform.draft', { address }).then(({ draft }) => {
      if (draft) bringBack(address, { ...(JSON.parse(draft.body) as Pick<Kept, 'value' | 'cursor'>), revision: draft.revision, saved_at: draft.saved_at })
      drawAgain((n) => n + 1)
    })
  }, [isNewer, address, revision])
  if (isNewForm(location.pathname) && address === location.pathname) {
    // What the address says the form is about stays.
    const params = new URLSearchParams(location.search)
    params.set('d', Math.random().toString(36).slice(2, 8))
    return <Navigate replace to={`${location.pathname}?${params}`} state={location.state} />
  }
  if ((isNewer && !form) || (data === undefined && isNewForm(location.pathname))) return <div className="zg-page" aria-busy />
  return children
}
