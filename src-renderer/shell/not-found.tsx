import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ListPage } from '../ui/list-page.tsx'

export function NotFound() {
  const { t } = useTranslation()
  return (
    <ListPage title={t('ui.notFound')}>
      <p>
        <Link to="/">{t('ui.backTo', { name: t('ui.nav.home') })}</Link>
      </p>
    </ListPage>
  )
}
