// Texts with fields in double braces: 'Dear {{customer}}'.

const FIELD = /\{\{\s*([^{}]*?)\s*\}\}/g

/** The fields that a text names, each once, in its order. */
export const fieldsIn = (text: string): string[] => [...new Set([...text.matchAll(FIELD)].map(([, field]) => field!))]

/** The text with its fields filled; what has no value is left empty. */
export const merged = (text: string, values: Readonly<Record<string, string | null>>): string => text.replace(FIELD, (_, field: string) => (Object.hasOwn(values, field) ? (values[field] ?? '') : ''))
