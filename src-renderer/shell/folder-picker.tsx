import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from 'antd'
import { FolderOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { post, SaidNo } from '../api/client.ts'
import { TextField } from '../ui/fields/value-fields.tsx'
import { NoMessage } from '../ui/no-message.tsx'

type Folders = { readonly folder: string; readonly parent: string; readonly folders: readonly { readonly name: string; readonly data: string }[] }

/** What the program's own window can do beyond a browser: let the user point at a folder. */
type OwnWindow = { readonly zhanggui?: { chooseCompany(): Promise<string | null> } }

/** Chooses a company's folder on this PC without typing, or by its path, or a server's address. */
export function FolderPicker({ onPick }: { onPick(data: string): void }) {
  const { t } = useTranslation()
  const [folder, setFolder] = useState<string>()
  const [typed, setTyped] = useState('')
  const { zhanggui } = window as OwnWindow
  const point = async (): Promise<void> => {
    const chosen = await zhanggui?.chooseCompany()
    if (chosen) onPick(chosen)
  }
  const { data, error } = useQuery({
    queryKey: ['/lobby/folders', folder],
    retry: false,
    queryFn: async () => {
      const said = await post<Folders>('/lobby/folders', folder === undefined ? {} : { folder })
      if (!said.ok) throw new SaidNo(said)
      return said.output
    },
  })
  return (
    <div className="zg-stack">
      <form
        className="zg-folder-line"
        onSubmit={(event) => {
          event.preventDefault()
          if (typed.trim() !== '') onPick(typed.trim())
        }}
      >
        <TextField aria-label={t('ui.lobby.path')} placeholder={t('ui.lobby.path')} value={typed} onChange={setTyped} />
        <Button htmlType="submit" disabled={typed.trim() === ''}>
          {t('ui.lobby.openThis')}
        </Button>
        {zhanggui ? <Button onClick={() => void point()}>{t('ui.lobby.chooseFolder')}</Button> : null}
      </form>
      {error ? <NoMessage error={error} /> : null}
      {data ? (
        <>
          <div className="zg-folder-line">
            <span className="zg-soft zg-folder-path" lang="zxx">{data.folder}</span>
            <Button type="primary" onClick={() => onPick(data.folder)}>
              {t('ui.lobby.openThis')}
            </Button>
          </div>
          <ul className="zg-folders">
            <li>
              <button type="button" className="zg-link" onClick={() => setFolder(data.parent)}>
                ↑ {t('ui.lobby.up')}
              </button>
            </li>
            {data.folders.map((f) => (
              <li key={f.data}>
                <button type="button" className="zg-link" onClick={() => setFolder(f.data)}>
                  <FolderOutlined aria-hidden /> <span lang="zxx">{f.name}</span>
                </button>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </div>
  )
}
