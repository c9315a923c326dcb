import { useState } from 'react'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { RowOf } from '../../api/operations.ts'
import { useAsk } from '../../api/use-ask.ts'
import { RowButtons } from '../../ui/action-buttons.tsx'
import { ActionDialog } from '../../ui/action-dialog.tsx'
import { Field, FieldRow } from '../../ui/fields/field.tsx'
import { TextInput } from '../../ui/fields/inputs.tsx'
import { SelectField } from '../../ui/fields/value-fields.tsx'
import { Table } from '../../ui/table.tsx'
import { inTree, ParentInput, TreeName, type TreeNode } from '../../ui/tree.tsx'

type Team = TreeNode & RowOf<'platform.teams'>

/** Who works with whom, and who leads: what somebody sees as 'the team' is told here. */
export function TeamsPanel() {
  const { t } = useTranslation()
  const { data } = useAsk('platform.teams', {})
  const [editing, setEditing] = useState<Team | 'new' | null>(null)
  const [removing, setRemoving] = useState<Team | null>(null)
  const nodes = (data?.rows ?? []).map((row) => ({ ...row, id: row.team_id }))
  return (
    <div className="zg-stack">
      <div>
        <Button onClick={() => setEditing('new')}>{t('command.platform.createTeam')}</Button>
      </div>
      <Table
        rows={data ? inTree(nodes) : undefined}
        keyOf={(team) => team.id}
        none={t('ui.team.none')}
        columns={[
          { key: 'name', title: t('ui.f.name'), render: (team) => <TreeName node={team} /> },
          { key: 'manager', title: t('ui.team.manager'), render: (team) => team.manager_name },
          { key: 'members', title: t('ui.team.members'), align: 'end', render: (team) => team.user_count || '' },
          {
            key: 'actions',
            render: (team) => (
              <RowButtons
                offers={[
                  { text: t('ui.edit'), run: () => setEditing(team) },
                  { text: t('ui.remove'), run: () => setRemoving(team) },
                ]}
              />
            ),
          },
        ]}
      />
      {editing ? <TeamForm nodes={nodes} team={editing === 'new' ? null : editing} onClose={() => setEditing(null)} /> : null}
      {removing ? (
        <ActionDialog name="platform.removeTeam" subject={removing.name} okText={t('ui.remove')} text={t('ui.team.removeText')} inputOf={() => ({ team_id: removing.id })} onClose={() => setRemoving(null)} />
      ) : null}
    </div>
  )
}

function TeamForm({ nodes, team, onClose }: { nodes: readonly Team[]; team: Team | null; onClose(): void }) {
  const { t } = useTranslation()
  const { data: people } = useAsk('platform.colleagues', {})
  const [name, setName] = useState(team?.name ?? '')
  const [manager_id, setManager] = useState(team?.manager_id ?? null)
  const [parent_id, setParent] = useState(team?.parent_id ?? null)
  // Who has left may still stand there as the manager, and be kept.
  const managers = people?.rows.filter((person) => person.is_active === 1 || person.user_id === team?.manager_id) ?? []
  const inputOf = () => ({
    ...(team === null ? {} : { team_id: team.id }),
    name,
    parent_id,
    ...(manager_id === team?.manager_id ? {} : { manager_id }),
  })
  return (
    <ActionDialog name={team === null ? 'platform.createTeam' : 'platform.updateTeam'} enter="submits" inputOf={inputOf} onClose={onClose}>
      <FieldRow>
        <TextInput label={t('ui.f.name')} path="name" isRequired span={12} autoFocus value={name} onChange={setName} />
        <Field label={t('ui.team.manager')} path="manager_id" span={6}>
          {(ids) => <SelectField {...ids} none={t('ui.users.noTeam')} value={manager_id} options={managers.map((person) => ({ value: person.user_id, label: person.name }))} onChange={setManager} />}
        </Field>
        <ParentInput label={t('ui.team.parent')} path="parent_id" span={6} none={t('ui.users.noTeam')} nodes={nodes} own={team?.id ?? null} value={parent_id} onChange={setParent} />
      </FieldRow>
    </ActionDialog>
  )
}
