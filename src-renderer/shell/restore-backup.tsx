import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../ui/dialog.tsx'
import { Field, FieldRow } from '../ui/fields/field.tsx'
import { TextField } from '../ui/fields/value-fields.tsx'

/** Brings a backup back as a company of its own; the books it was taken from stay as they are. */
export function RestoreBackup({ onRestore, onCancel }: { onRestore(input: { file: string; name: string }): void; onCancel(): void }) {
  const { t } = useTranslation()
  const [file, setFile] = useState('')
  const [name, setName] = useState('')
  const isReady = file.trim() !== '' && name.trim() !== ''
  const restore = (): void => {
    if (isReady) onRestore({ file: file.trim(), name: name.trim() })
  }
  return (
    <Dialog open title={t('ui.restore.title')} okText={t('ui.restore.now')} cancelText={t('ui.cancel')} okButtonProps={{ disabled: !isReady }} onOk={restore} onCancel={onCancel}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          restore()
        }}
      >
        <p>{t('ui.restore.text')}</p>
        <FieldRow>
          <Field label={t('ui.restore.file')} isRequired span={12}>
            {(ids) => <TextField {...ids} value={file} onChange={setFile} />}
          </Field>
          <Field label={t('ui.company.name')} isRequired span={12}>
            {(ids) => <TextField {...ids} value={name} onChange={setName} />}
          </Field>
        </FieldRow>
        <button type="submit" hidden />
      </form>
    </Dialog>
  )
}
