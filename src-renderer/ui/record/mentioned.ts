type Colleague = { readonly user_id: string; readonly name: string }

/** Whom a text speaks to: every `@name` of a colleague, of names that begin alike the longest. */
export function mentionedIn(text: string, colleagues: readonly Colleague[]): readonly string[] {
  const byLength = colleagues.toSorted((a, b) => b.name.length - a.name.length)
  const found = new Set<string>()
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    const called = byLength.find(({ name }) => text.startsWith(name, at + 1))
    if (called) found.add(called.user_id)
  }
  return [...found]
}
