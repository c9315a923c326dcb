type Texts = Record<string, string>

/** Flat keys from all modules' files into one list. A field's word also stands without its module, for messages that know the field only. */
export function mergeTexts(files: Record<string, Texts>): Texts {
  const all = Object.assign({}, ...Object.values(files)) as Texts
  const fields: Texts = {}
  for (const [key, text] of Object.entries(all)) {
    // Thousands of texts, and the first screen waits for them.
    if (!key.startsWith('field.')) continue
    const [, field] = /^field\.\w+\.(\w+)$/.exec(key) ?? []
    if (field !== undefined) fields[`field.${field}`] ??= text
  }
  return { ...fields, ...all }
}
