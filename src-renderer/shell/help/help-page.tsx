import { useTranslation } from 'react-i18next'
import { NavLink, useParams } from 'react-router'
import { useTitle } from '../../ui/list-page.tsx'
import { NotFound } from '../not-found.tsx'
import { guideGroups } from './guide-map.ts'
import { titleOf } from './guide-pages.ts'
import { GuideText } from './guide-text.tsx'
import { useGuide } from './use-guide.ts'
import './help.css'

/** The user's guide: one page a task, all of them at the left. */
export function HelpPage() {
  const { t } = useTranslation()
  const { page = 'home' } = useParams()
  const guide = useGuide()
  const text = guide?.get(page)
  useTitle(text === undefined ? t('ui.help') : titleOf(text))
  if (!guide) return <div className="zg-page" aria-busy />
  if (text === undefined) return <NotFound />
  return (
    <div className="zg-help-page">
      <nav aria-label={t('ui.help')}>
        {guideGroups.map((group) => (
          <section key={group.text}>
            <h2>{t(group.text)}</h2>
            <ul>
              {group.pages.map((name) => (
                <li key={name}>
                  <NavLink to={`/help/${name}`}>{titleOf(guide.get(name) ?? '')}</NavLink>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </nav>
      <article className="zg-card">
        <GuideText text={text} />
      </article>
    </div>
  )
}
