import { Button, Checkbox } from 'antd'
import { DeleteOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { TextField } from '../../ui/fields/value-fields.tsx'
import { Table } from '../../ui/table.tsx'
import type { AddressDraft, ContactDraft } from './party-draft.ts'

type RowsProps<R> = {
  readonly rows: readonly R[]
  onChange(rows: readonly R[]): void
  readonly fields: readonly (readonly [key: keyof R & string, label: string])[]
  /** The flag that at most one row holds. */
  readonly flag: keyof R & string
  readonly flagLabel: string
  readonly addLabel: string
  make(): R
}

/** Small rows of text below a form: contacts, addresses. */
function TextRows<R extends object>({ rows, onChange, fields, flag, flagLabel, addLabel, make }: RowsProps<R>) {
  const { t } = useTranslation()
  const change = (index: number, changes: Partial<R>): void => onChange(rows.map((row, i) => (i === index ? { ...row, ...changes } : row)))
  return (
    <div className="zg-stack" style={{ gap: 6 }}>
      {rows.length > 0 ? (
        <Table
          rows={rows}
          keyOf={(_, index) => index}
          columns={[
            ...fields.map(([key, label]) => ({
              key: key as string,
              title: label,
              render: (row: R, index: number) => (
                <TextField
                  aria-label={`${label} ${index + 1}`}
                  value={(row[key] as string | null) ?? ''}
                  onChange={(value) => change(index, { [key]: value === '' && key !== 'name' && key !== 'street' && key !== 'label' ? null : value } as Partial<R>)}
                />
              ),
            })),
            {
              key: flag,
              title: flagLabel,
              render: (row, index) => (
                <Checkbox
                  aria-label={`${flagLabel} ${index + 1}`}
                  checked={row[flag] === 1}
                  onChange={(event) => onChange(rows.map((r, i) => ({ ...r, [flag]: i === index && event.target.checked ? 1 : 0 })))}
                />
              ),
            },
            {
              key: 'actions',
              render: (_, index) => (
                <Button type="text" size="small" icon={<DeleteOutlined aria-hidden />} aria-label={t('ui.lines.remove', { line_no: index + 1 })} onClick={() => onChange(rows.toSpliced(index, 1))} />
              ),
            },
          ]}
        />
      ) : null}
      <div>
        <Button size="small" onClick={() => onChange([...rows, make()])}>
          {addLabel}
        </Button>
      </div>
    </div>
  )
}

export function ContactRows({ contacts, onChange }: { contacts: readonly ContactDraft[]; onChange(contacts: readonly ContactDraft[]): void }) {
  const { t } = useTranslation()
  return (
    <TextRows<ContactDraft>
      rows={contacts}
      onChange={onChange}
      fields={[
        ['name', t('ui.f.name')],
        ['title', t('ui.party.title')],
        ['phone', t('ui.f.phone')],
        ['wechat', t('ui.party.wechat')],
        ['email', t('ui.party.email')],
        ['note', t('ui.f.note')],
      ]}
      flag="is_primary"
      flagLabel={t('ui.party.primary')}
      addLabel={t('ui.party.addContact')}
      make={() => ({ name: '', title: null, phone: null, email: null, wechat: null, is_primary: contacts.length === 0 ? 1 : 0, note: null })}
    />
  )
}

export function AddressRows({ addresses, onChange }: { addresses: readonly AddressDraft[]; onChange(addresses: readonly AddressDraft[]): void }) {
  const { t } = useTranslation()
  return (
    <TextRows<AddressDraft>
      rows={addresses}
      onChange={onChange}
      fields={[
        ['label', t('ui.party.addressLabel')],
        ['recipient', t('ui.party.recipient')],
        ['phone', t('ui.f.phone')],
        ['region', t('ui.party.region')],
        ['street', t('ui.party.street')],
        ['postcode', t('ui.party.postcode')],
      ]}
      flag="is_default"
      flagLabel={t('ui.party.default')}
      addLabel={t('ui.party.addAddress')}
      make={() => ({ label: '', recipient: null, phone: null, region: null, street: '', postcode: null, is_default: addresses.length === 0 ? 1 : 0 })}
    />
  )
}
