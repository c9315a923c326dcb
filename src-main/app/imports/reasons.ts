/** Why an import job as a whole cannot go on. Texts: `refusal.<code>` in assets/locales/LOCALE/import.json. */
export const importRefusals = [
  'import.kindUnknown',
  'import.jobUnknown',
  'import.jobBusy',
  'import.notChecked',
  'import.hasProblems',
  'import.noRows',
  'import.noGoodRows',
  'import.noFaultyRows',
  'import.rowsBelongTogether',
  'import.tooManyFaulty',
  'import.fieldUnknown',
  'import.headerUnknown',
  'import.headerTwice',
  'import.fieldUnmapped',
  'import.oneFileOnly',
  'import.diskFull',
  'import.xzMissing',
  'import.xzBroken',
] as const

/** What may be wrong with one row or one cell: reported with row and column, never thrown. Texts as above. */
export const rowReasons = [
  'import.cellRequired',
  'import.dayUnknown',
  'import.dayAmbiguous',
  'import.amountUnknown',
  'import.quantityUnknown',
  'import.tooManyDecimals',
  'import.numberTooLarge',
  'import.rateUnknown',
  'import.rateUnclear',
  'import.wholeNumberUnknown',
  'import.flagUnknown',
  'import.textTooLong',
  'import.controlCharacters',
  'import.documentKindUnknown',
  'import.customerDiffers',
  'import.signUnexpected',
] as const

export type RowReason = (typeof rowReasons)[number]

/** One thing that is wrong with a cell. */
export type CellReason = { readonly reason_code: RowReason; readonly details: Readonly<Record<string, unknown>> }
