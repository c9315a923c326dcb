export type { DocumentKind, StagedCustomer, StagedDocument, StagedItem, StagedLine, StagedRecord } from './staged-rows.ts'
