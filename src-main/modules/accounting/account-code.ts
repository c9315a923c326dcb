// Code rule 4-2-2-2: a top account has four characters, every level below adds two.

const TOP = 4
const STEP = 2
const LONGEST = 20

/** Two characters less, or nothing for a top account. */
export const parentCodeOf = (code: string): string => (code.length > TOP ? code.slice(0, -STEP) : '')

/** 1 for a top account. */
export const levelOf = (code: string): number => 1 + Math.max(0, Math.ceil((code.length - TOP) / STEP))

export const followsRule = (code: string): boolean => code.length >= TOP && code.length <= LONGEST && (code.length - TOP) % STEP === 0
