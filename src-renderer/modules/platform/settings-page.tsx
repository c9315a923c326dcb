import type { ReactNode } from 'react'
import { useTitle } from '../../ui/list-page.tsx'

/** The frame of one page of settings. */
export function SettingsPage({ title, actions, children }: { title: string; actions?: ReactNode; children: ReactNode }) {
  useTitle(title)
  return (
    <div className="zg-page zg-page-scroll">
      <div className="zg-page-head">
        <h1>{title}</h1>
        <span className="zg-spring" />
        <div className="zg-actions">{actions}</div>
      </div>
      {children}
    </div>
  )
}
