export * from './contract-campaigns.ts'
export * from './contract-letters.ts'
