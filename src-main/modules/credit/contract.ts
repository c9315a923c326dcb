export * from './contract-freeze.ts'
