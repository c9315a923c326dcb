/** The files of one language by their pages' names. */
export const guidePages = (files: Readonly<Record<string, string>>): ReadonlyMap<string, string> =>
  new Map(Object.entries(files).map(([path, text]) => [/([^/]+)\.md$/.exec(path)![1]!, text]))

/** A page's title: its first line. */
export const titleOf = (text: string): string => /^# (.+)/.exec(text)?.[1] ?? ''

/** The program's own words in a page stand there by their keys, `{command.sales.confirmOrder}`, so that the guide always says what the button says. */
export const WORD_KEY = /\{([a-zA-Z]+(?:\.\w+)+)\}/g

/** Puts the program's words in place of their keys, set off as the guide sets off a button. */
export const wordedWith = (text: string, t: (key: string) => string): string => text.replace(WORD_KEY, (_, key: string) => `**${t(key)}**`)
