import { Field, type FieldProps } from './fields/field.tsx'
import { SelectField } from './fields/value-fields.tsx'

/** Something that may lie below another of its kind: a category, a team. */
export type TreeNode = { readonly id: string; readonly name: string; readonly parent_id: string | null }
type Placed<N> = N & { readonly level: number }

/** Every node right below its parent, with how deep it lies; brothers keep their order. */
export function inTree<N extends TreeNode>(nodes: readonly N[]): readonly Placed<N>[] {
  const below = Map.groupBy(nodes, (node) => node.parent_id)
  const walk = (parent_id: string | null, level: number): readonly Placed<N>[] =>
    (below.get(parent_id) ?? []).flatMap((node) => [{ ...node, level }, ...walk(node.id, level + 1)])
  return walk(null, 0)
}

/** A node's name, set in as deep as it lies. */
export function TreeName({ node }: { node: Placed<TreeNode> }) {
  return <span style={{ paddingInlineStart: node.level * 16 }}>{node.name}</span>
}

/** Nothing is put below itself, so a node and all below it are no choice for its own parent. */
function apartFrom<N extends TreeNode>(tree: readonly Placed<N>[], own: string | null): readonly Placed<N>[] {
  const at = tree.findIndex((node) => node.id === own)
  if (at < 0) return tree
  const beyond = tree.findIndex((node, index) => index > at && node.level <= tree[at]!.level)
  return [...tree.slice(0, at), ...(beyond < 0 ? [] : tree.slice(beyond))]
}

type ParentProps = FieldProps & {
  readonly nodes: readonly TreeNode[]
  /** The node that is placed; null: one that does not exist yet. */
  readonly own: string | null
  readonly none: string
  readonly value: string | null
  onChange(parent_id: string | null): void
}

/** Below which node another lies. */
export function ParentInput({ nodes, own, none, value, onChange, ...field }: ParentProps) {
  const options = apartFrom(inTree(nodes), own).map(({ id, name, level }) => ({ value: id, label: `${'\u3000'.repeat(level)}${name}` }))
  return <Field {...field}>{(ids) => <SelectField {...ids} none={none} value={value} options={options} onChange={onChange} />}</Field>
}
