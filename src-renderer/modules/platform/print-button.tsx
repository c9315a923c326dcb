import { useState } from 'react'
import { Button } from 'antd'
import { PrinterOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { useShortcuts } from '../../shell/keys.ts'
import { usePreferences } from '../../shell/preferences.ts'
import { Dialog } from '../../ui/dialog.tsx'

type Props = { readonly name: 'sales.invoice' | 'sales.delivery' | 'sales.order' | 'sales.quote'; readonly id: string }

/** Shows the paper as it will be printed: the same PDF that is saved or sent to the printer. */
export function PrintButton({ name, id }: Props) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const [lang, setLang] = useState(usePreferences.getState().locale)
  useShortcuts([{ key: 'p', with: 'ctrl', run: () => setOpen(true) }])
  const address = `/print/${encodeURIComponent(name)}/${id}.pdf?lang=${lang}`
  return (
    <>
      <Button icon={<PrinterOutlined aria-hidden />} onClick={() => setOpen(true)}>
        {t('ui.print')}
      </Button>
      <Dialog
        open={isOpen}
        title={t('ui.printPreview')}
        width="min(1000px, 92vw)"
        style={{ top: 24 }}
        onCancel={() => setOpen(false)}
       
        footer={
          <>
            <Button onClick={() => setLang(lang === 'zh-CN' ? 'en' : 'zh-CN')}>{t(lang === 'zh-CN' ? 'ui.printEnglish' : 'ui.printChinese')}</Button>
            <Button type="primary" href={address} target="_blank" rel="noreferrer">
              {t('ui.printOpen')}
            </Button>
          </>
        }
      >
        <iframe key={address} src={address} title={t('ui.printPreview')} className="zg-paper" />
      </Dialog>
    </>
  )
}
