export type Tone = 'neutral' | 'info' | 'success' | 'warning' | 'danger'

/** A state in one word; colour never says it alone. */
export function StatusTag({ tone, children }: { tone: Tone; children: string }) {
  return <span className={`zg-tag zg-tag-${tone}`}>{children}</span>
}
