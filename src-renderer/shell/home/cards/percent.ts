/** Part of a whole in percent with one decimal; null where there is no whole. */
export const percentOf = (part_minor: number, whole_minor: number): string | null =>
  whole_minor === 0 ? null : `${(Math.round((part_minor / Math.abs(whole_minor)) * 1000) / 10).toFixed(1)}%`
