// Words that commands, queries and the module itself share.

export const warehousePolicies = ['inherit', 'forbid', 'warn', 'allow'] as const
export const adjustmentKinds = ['opening', 'adjustment', 'memo'] as const
export const locationKinds = ['internal', 'supplier', 'customer', 'loss', 'opening', 'production'] as const
export type OutsideKind = Exclude<(typeof locationKinds)[number], 'internal'>
