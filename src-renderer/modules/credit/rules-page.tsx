import { useTranslation } from 'react-i18next'
import { SettingRows } from '../platform/setting-rows.tsx'
import { SettingsPage } from '../platform/settings-page.tsx'

/** What needs somebody's word, and who gets no new orders. */
export function ApprovalRulesPage() {
  const { t } = useTranslation()
  return (
    <SettingsPage title={t('ui.approval.rules')}>
      <SettingRows of="approval" title={t('ui.module.credit')} />
    </SettingsPage>
  )
}
