import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'antd'
import { LayoutOutlined } from '@ant-design/icons'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useTitle } from '../../ui/list-page.tsx'
import { NoMessage } from '../../ui/no-message.tsx'
import { Arranging } from './arranging.tsx'
import { allCards, cardOf } from './cards.ts'
import { FirstSteps } from './first-steps.tsx'
import { isOffered } from '../nav.ts'
import { pageOf, type Placed } from './layout.ts'
import './home.css'

/** Where the day begins: the cards of one's role, or as one arranged them. */
export function HomePage() {
  const { t } = useTranslation()
  const { company, user, today, may, menu } = useSession()
  const [isArranging, setIsArranging] = useState(false)
  useTitle(t('ui.nav.home'))
  const { data, error } = useAsk('platform.home', {})
  const isAllowed = (key: string): boolean => {
    const card = cardOf.get(key)
    return card !== undefined && isOffered(card.of ?? '/', menu.modules_off) && (card.permissions.length === 0 || card.permissions.some(may))
  }
  const usual = pageOf(user.roles).filter((p) => isAllowed(p.card))
  // A card that is no longer there, or no longer allowed, is left out and forgotten with the next arrangement.
  const placed = data?.cards?.filter((p) => isAllowed(p.card)) ?? usual
  if (data && isArranging) {
    const offered = allCards.filter((c) => isAllowed(c.key))
    return <Arranging placed={placed} usual={usual} offered={offered} onClose={() => setIsArranging(false)} />
  }
  return (
    <div className="zg-page zg-page-scroll zg-home-page">
      <div className="zg-page-head">
        <h1>{company.name}</h1>
        <span className="zg-soft zg-figures">{today}</span>
        <span className="zg-spring" />
        <Button type="text" icon={<LayoutOutlined aria-hidden />} onClick={() => setIsArranging(true)}>
          {t('home.arrange')}
        </Button>
      </div>
      {error ? <NoMessage error={error} /> : null}
      <FirstSteps />
      {data ? <Cards placed={placed} /> : null}
    </div>
  )
}

function Cards({ placed }: { placed: readonly Placed[] }) {
  const { t } = useTranslation()
  return (
    <div className="zg-home">
      {placed.map(({ card: key, columns }) => {
        const { Body, look } = cardOf.get(key)!
        const title = t(`home.card.${key}`)
        return (
          <section key={key} className={look === 'bare' ? 'zg-bare' : 'zg-card zg-home-card'} data-columns={columns} aria-label={title}>
            {look === 'bare' ? null : <h2>{title}</h2>}
            <Body />
          </section>
        )
      })}
      {placed.length === 0 ? <p className="zg-soft">{t('home.empty')}</p> : null}
    </div>
  )
}
