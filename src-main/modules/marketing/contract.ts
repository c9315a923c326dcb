export * from './contract-acquisition.ts'
export * from './contract-campaigns.ts'
export * from './contract-letters.ts'
export * from './contract-sequences.ts'
