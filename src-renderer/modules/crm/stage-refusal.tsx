import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import type { No } from '../../api/client.ts'
import { useFormat } from '../../ui/format.ts'
import { RefusalMessage } from '../../ui/no-message.tsx'
import { stageName } from './deal-words.ts'

/** Why an opportunity does not go there: what the stage asks is said by name. */
export function StageRefusal({ no }: { no: No | null }) {
  const { t } = useTranslation()
  const { locale, list } = useFormat()
  if (no?.kind !== 'refusal' || no.code !== 'crm.stageNeedsFields') return <RefusalMessage no={no} />
  const { missing, name_zh, name_en } = no.details as { readonly missing: readonly string[]; readonly name_zh: string; readonly name_en: string }
  return <Alert type="warning" showIcon role="alert" title={t('ui.crm.stage.needs', { stage: stageName({ name_zh, name_en }, locale), fields: list(missing.map((field) => t(`ui.crm.stage.field.${field}`))) })} />
}
