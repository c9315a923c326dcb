export * from './contract-customers.ts'
export * from './contract-segments.ts'
export * from './contract-tiers.ts'
export * from './contract-together.ts'
