export * from './contract-collections.ts'
export * from './contract-freeze.ts'
export * from './contract-interest.ts'
export * from './contract-limits.ts'
