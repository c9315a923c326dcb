import { useEffect, useRef, useState } from 'react'
import { CloseOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'
import { guideOf } from './guide-map.ts'
import { GuideText } from './guide-text.tsx'
import { useGuide } from './use-guide.ts'
import './help.css'

type Props = { onClose(): void; onKeys(): void }

/** The guide's page about the screen, beside the screen: both can be used, and the page goes along to the next screen. */
export function HelpPanel({ onClose, onKeys }: Props) {
  const { t } = useTranslation()
  const { pathname } = useLocation()
  const guide = useGuide()
  const [chosen, setChosen] = useState<{ readonly at: string; readonly page: string } | null>(null)
  const panel = useRef<HTMLElement>(null)
  const page = chosen?.at === pathname ? chosen.page : (guideOf(pathname) ?? 'home')
  useEffect(() => {
    const before = document.activeElement
    panel.current?.focus()
    return () => (before instanceof HTMLElement ? before.focus() : undefined)
  }, [])
  return (
    <aside
      ref={panel}
      tabIndex={-1}
      className="zg-help"
      aria-label={t('ui.help')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onClose()
      }}
    >
      <div className="zg-help-head">
        <Link to={`/help/${page}`}>{t('ui.help.whole')}</Link>
        <Button type="link" size="small" onClick={onKeys}>
          {t('ui.keys.title')}
        </Button>
        <span className="zg-spring" />
        <Button type="text" size="small" icon={<CloseOutlined aria-hidden />} aria-label={t('ui.help.close')} title={t('ui.help.close')} onClick={onClose} />
      </div>
      {guide ? <GuideText key={page} text={guide.get(page) ?? ''} onPage={(next) => setChosen({ at: pathname, page: next })} /> : <div aria-busy />}
    </aside>
  )
}
