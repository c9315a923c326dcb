import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { EmptyState } from '../ui/list-page.tsx'

export function NotFound() {
  const { t } = useTranslation()
  return (
    <div className="zg-page">
      <EmptyState title={t('ui.notFound')}>
        <Link to="/">{t('ui.nav.home')}</Link>
      </EmptyState>
    </div>
  )
}
