import { useRef } from 'react'
import { Button, Dropdown } from 'antd'
import { DownloadOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { afterMenu } from './view-menu.tsx'
import type { FileFormat } from './use-export.ts'

/** Every row of the list to a file, as it is filtered, sorted and seen. */
export function ExportMenu({ isRunning, onExport }: { isRunning: boolean; onExport(format: FileFormat): void }) {
  const { t } = useTranslation()
  const button = useRef<HTMLButtonElement>(null)
  const after = afterMenu(button)
  const items = [
    { key: 'xlsx', label: t('ui.grid.toExcel'), onClick: () => after(() => onExport('xlsx')) },
    { key: 'csv', label: t('ui.grid.toCsv'), onClick: () => after(() => onExport('csv')) },
  ]
  return (
    <Dropdown menu={{ items }} trigger={['click']} autoFocus destroyOnHidden>
      <Button ref={button} aria-haspopup="menu" loading={isRunning} icon={<DownloadOutlined aria-hidden />}>
        {t('ui.grid.export')}
      </Button>
    </Dropdown>
  )
}
