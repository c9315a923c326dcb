/** A line's amount in the document's own kind of price. */
export const amountOf = (line: { readonly net_minor: number; readonly gross_minor: number }, pricesIncludeTax: 0 | 1): number =>
  pricesIncludeTax === 1 ? line.gross_minor : line.net_minor
