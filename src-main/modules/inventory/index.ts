import { defineModule } from '../../kernel/operation.ts'

export const inventoryModule = defineModule({ name: 'inventory', floor: 5 })
