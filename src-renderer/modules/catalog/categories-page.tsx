import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RowOf } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { ActionButtons, RowButtons } from '../../ui/action-buttons.tsx'
import { ActionDialog } from '../../ui/action-dialog.tsx'
import { DocumentPage } from '../../ui/document-page.tsx'
import { FieldRow } from '../../ui/fields/field.tsx'
import { TextInput } from '../../ui/fields/inputs.tsx'
import { NoMessage } from '../../ui/no-message.tsx'
import { Table } from '../../ui/table.tsx'
import { inTree, ParentInput, TreeName, type TreeNode } from '../../ui/tree.tsx'

type Category = TreeNode & RowOf<'catalog.categories'>
type Front = { readonly step: 'edit' | 'remove'; readonly category: Category } | { readonly step: 'new'; readonly parent_id: string | null }

/** The categories that items lie in, as a tree: made, renamed, moved, removed. */
export function CategoriesPage() {
  const { t } = useTranslation()
  const { may } = useSession()
  const [front, setFront] = useState<Front | null>(null)
  const { data, error } = useAsk('catalog.categories', {})
  const canEdit = may('catalog.write')
  const nodes = (data?.rows ?? []).map((row) => ({ ...row, id: row.category_id }))
  const close = (): void => setFront(null)
  return (
    <DocumentPage
      kind={t('query.catalog.categories')}
      backTo={{ path: '/items', label: t('ui.nav.items') }}
      actions={<ActionButtons offers={[canEdit && { text: t('command.catalog.createCategory'), look: 'main', run: () => setFront({ step: 'new', parent_id: null }) }]} />}
      messages={error ? <NoMessage error={error} /> : null}
    >
      <Table
        rows={data ? inTree(nodes) : undefined}
        keyOf={(category) => category.id}
        none={t('ui.category.none')}
        columns={[
          { key: 'name', title: t('ui.f.name'), render: (category) => <TreeName node={category} /> },
          { key: 'code', title: t('ui.category.code'), render: (category) => category.code ?? '' },
          { key: 'items', title: t('ui.category.items'), align: 'end', render: (category) => category.item_count || '' },
          {
            key: 'actions',
            render: (category) =>
              canEdit ? (
                <RowButtons
                  offers={[
                    { text: t('ui.category.newBelow'), run: () => setFront({ step: 'new', parent_id: category.id }) },
                    { text: t('ui.edit'), run: () => setFront({ step: 'edit', category }) },
                    { text: t('ui.remove'), run: () => setFront({ step: 'remove', category }) },
                  ]}
                />
              ) : null,
          },
        ]}
      />
      {front?.step === 'new' ? <CategoryForm nodes={nodes} category={null} parent_id={front.parent_id} onClose={close} /> : null}
      {front?.step === 'edit' ? <CategoryForm nodes={nodes} category={front.category} parent_id={front.category.parent_id} onClose={close} /> : null}
      {front?.step === 'remove' ? (
        <ActionDialog
          name="catalog.removeCategory"
          subject={front.category.name}
          okText={t('ui.remove')}
          text={t('ui.category.removeText')}
          inputOf={() => ({ category_id: front.category.id })}
          onClose={close}
        />
      ) : null}
    </DocumentPage>
  )
}

type FormProps = { readonly nodes: readonly Category[]; readonly category: Category | null; readonly parent_id: string | null; onClose(): void }

function CategoryForm({ nodes, category, parent_id: first, onClose }: FormProps) {
  const { t } = useTranslation()
  const [name, setName] = useState(category?.name ?? '')
  const [code, setCode] = useState(category?.code ?? '')
  const [parent_id, setParent] = useState(first)
  return (
    <ActionDialog
      name={category === null ? 'catalog.createCategory' : 'catalog.updateCategory'}
      enter="submits"
      inputOf={() => ({ ...(category === null ? {} : { category_id: category.id }), name, code: code.trim() === '' ? null : code.trim(), parent_id })}
      onClose={onClose}
    >
      <FieldRow>
        <TextInput label={t('ui.f.name')} path="name" isRequired span={6} autoFocus value={name} onChange={setName} />
        <TextInput label={t('ui.category.code')} path="code" span={6} hint={t('ui.category.codeHint')} value={code} onChange={setCode} />
        <ParentInput label={t('ui.category.parent')} path="parent_id" span={6} none={t('ui.category.top')} nodes={nodes} own={category?.id ?? null} value={parent_id} onChange={setParent} />
      </FieldRow>
    </ActionDialog>
  )
}
