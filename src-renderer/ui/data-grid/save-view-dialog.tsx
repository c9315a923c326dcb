import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRun } from '../../api/use-run.ts'
import { FormDialog } from '../action-dialog.tsx'
import { Field, FieldRow } from '../fields/field.tsx'
import { TextInput } from '../fields/inputs.tsx'
import { SelectField } from '../fields/value-fields.tsx'
import { useFormat } from '../format.ts'
import type { Definition, View, Views } from './use-views.ts'

type Props<R> = {
  readonly views: Views<R>
  /** The view that is renamed or shared; without it a new one is made. */
  readonly view?: View
  definitionOf(wanted: { readonly filters: boolean }): Definition
  /** Is the list filtered just now? */
  readonly isFiltered: boolean
  onClose(): void
}

/** The name of a view, who may use it, and whether the list opens with it. */
export function SaveViewDialog<R>({ views, view, definitionOf, isFiltered, onClose }: Props<R>) {
  const { t } = useTranslation()
  const { locale } = useFormat()
  const save = useRun('platform.saveView')
  const choose = useRun('platform.chooseView')
  const [name, setName] = useState(view?.name ?? '')
  const [role_id, setRole] = useState(view?.role_id ?? null)
  const [opens, setOpens] = useState(view ? view.is_default === 1 : true)
  const [filters, setFilters] = useState(isFiltered)
  const go = async (): Promise<void> => {
    const definition = view ? view.definition : definitionOf({ filters })
    const said = await save.run({ ...(view ? { view_id: view.view_id } : {}), list: views.list, name, role_id, definition })
    if (!said?.ok) return
    const { view_id } = said.output
    if (opens !== (view?.is_default === 1)) {
      const chosen = await choose.run({ list: views.list, view_id: opens ? view_id : null })
      if (!chosen?.ok) return
    }
    if (!view) views.choose(view_id)
    onClose()
  }
  return (
    <FormDialog
      title={view ? t('ui.grid.renameView') : t('ui.grid.saveAs')}
      no={save.no ?? choose.no}
      isRunning={save.isRunning || choose.isRunning}
      isReady={name.trim() !== ''}
      enter="submits"
      onOk={go}
      onClose={onClose}
    >
      <FieldRow>
        <TextInput label={t('ui.grid.viewName')} path="name" isRequired span={12} autoFocus maxLength={60} value={name} onChange={setName} />
        {views.roles.length > 0 ? (
          <Field label={t('ui.grid.whoUses')} path="role_id" span={12}>
            {(ids) => (
              <SelectField
                {...ids}
                none={t('ui.grid.onlyMe')}
                value={role_id}
                options={views.roles.map((r) => ({ value: r.role_id, label: t('ui.grid.sharedWith', { role: locale === 'zh-CN' ? r.name_zh : r.name_en }) }))}
                onChange={setRole}
              />
            )}
          </Field>
        ) : null}
      </FieldRow>
      <label className="zg-check">
        <input type="checkbox" checked={opens} onChange={(event) => setOpens(event.target.checked)} />
        {t('ui.grid.opensWith')}
      </label>
      {!view && isFiltered ? (
        <label className="zg-check">
          <input type="checkbox" checked={filters} onChange={(event) => setFilters(event.target.checked)} />
          {t('ui.grid.withFilters')}
        </label>
      ) : null}
    </FormDialog>
  )
}
