import { useState } from 'react'
import { Button } from 'antd'
import { PrinterOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { useShortcuts } from '../../shell/keys.ts'
import { PrintDialog } from './print-button.tsx'

/** Prints a report as it is filtered, by Ctrl+P too. */
export function PrintReport({ name, input }: { readonly name: string; readonly input: Readonly<Record<string, unknown>> }) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  useShortcuts([{ key: 'p', with: 'ctrl', run: () => setOpen(true) }])
  return (
    <>
      <Button icon={<PrinterOutlined aria-hidden />} onClick={() => setOpen(true)}>{t('ui.print')}</Button>
      {isOpen ? <PrintDialog job={{ name, input }} onClose={() => setOpen(false)} /> : null}
    </>
  )
}
