import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FieldRow, ProblemsProvider } from '../../ui/fields/field.tsx'
import { TextInput } from '../../ui/fields/inputs.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useSession } from '../../api/session.tsx'
import { usePlaces } from '../../shell/visited.ts'

type Link = { readonly name: string; readonly path: string }

/** An address of the workbench as it is copied, with or without the computer's name before it. */
const pathIn = (address: string): string => address.trim().replace(/^https?:\/\/[^/]+/, '')
const problemOf = (field: string) => ({ path: [field], code: 'custom', message: '' })
const isPath = (path: string): boolean => /^\/[^/\\\s][^\\\s]*$/.test(path) && path.length <= 500

/** A link of one's own in the menu: a list with its filters, a report, any place where one was. */
export function NewLink({ onAdd, onClose }: { onAdd(link: Link): void; onClose(): void }) {
  const { t } = useTranslation()
  const { user } = useSession()
  const { recent, favourites } = usePlaces(user.id)
  const [name, setName] = useState('')
  const [address, setAddress] = useState('')
  const [isTried, setTried] = useState(false)
  const path = pathIn(address)
  const add = (): void => {
    setTried(true)
    if (name.trim() === '' || !isPath(path)) return
    onAdd({ name: name.trim(), path })
    onClose()
  }
  const wrong = [...(name.trim() === '' ? [problemOf('name')] : []), ...(isPath(path) ? [] : [problemOf('path')])]
  const places = [...favourites, ...recent].slice(0, 8)
  return (
    <ProblemsProvider value={isTried ? wrong : []}>
      <Dialog open title={t('ui.menus.addLink')} okText={t('ui.grid.apply')} cancelText={t('ui.cancel')} onOk={add} onCancel={onClose}>
        <FieldRow>
          <TextInput label={t('ui.f.name')} path="name" isRequired span={12} autoFocus maxLength={60} value={name} onChange={setName} />
          <TextInput label={t('ui.menus.address')} path="path" isRequired span={12} hint={t(isTried && !isPath(path) ? 'ui.menus.addressWrong' : 'ui.menus.addressHint')} value={address} onChange={setAddress} />
        </FieldRow>
        {places.length > 0 ? (
          <>
            <h3 className="zg-card-sub">{t('ui.palette.recent')}</h3>
            <ul className="zg-list-plain">
              {places.map((place) => (
                <li key={place.path}>
                  <button
                    type="button"
                    className="zg-link"
                    onClick={() => {
                      setAddress(place.path)
                      if (name === '') setName(place.label)
                    }}
                  >
                    {place.label}
                  </button>
                  <span className="zg-soft">{place.path}</span>
                </li>
              ))}
            </ul>
          </>
        ) : null}
      </Dialog>
    </ProblemsProvider>
  )
}
