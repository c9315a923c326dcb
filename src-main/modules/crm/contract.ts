export * from './contract-activities.ts'
export * from './contract-leads.ts'
export * from './contract-opportunities.ts'
export * from './contract-tasks.ts'
