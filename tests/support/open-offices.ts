/** The companies that a story has open, to be looked through and closed after it. */
export const openOffices = new Set<{ verify(): Promise<void>; close(): Promise<void> }>()
