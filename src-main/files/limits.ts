/** How much of a file this layer is willing to read. Every bound is there because some file, by accident or by design, goes past it. */
export type Limits = {
  /** Rows of the sheet or file, header included. */
  readonly maxRows: number
  /** The right-most column that may hold something. */
  readonly maxColumns: number
  /** Characters of one CSV record: a lone quotation mark must not swallow the file. */
  readonly maxRecordChars: number
  /** Bytes of the file after unpacking, over all parts that are read. */
  readonly maxBytes: number
  /** Unpacked to packed size; only asked of parts above `ratioFromBytes`, as small parts of blanks pack extremely well. */
  readonly maxRatio: number
  readonly ratioFromBytes: number
  /** Files inside a workbook's zip. */
  readonly maxZipEntries: number
  /** Characters of a workbook's shared texts: they are the one thing that is held in memory whole. */
  readonly maxSharedChars: number
}

export const defaultLimits: Limits = {
  maxRows: 5_000_000,
  maxColumns: 1_000,
  maxRecordChars: 1_000_000,
  maxBytes: 4 * 1024 ** 3,
  maxRatio: 100,
  ratioFromBytes: 32 * 1024 ** 2,
  maxZipEntries: 5_000,
  maxSharedChars: 60_000_000,
}
