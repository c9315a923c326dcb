type Texts = Record<string, string>

/** Flat keys from all modules' files into one list. */
export function mergeTexts(files: Record<string, Texts>): Texts {
  return Object.assign({}, ...Object.values(files)) as Texts
}
