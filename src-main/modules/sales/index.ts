import { defineModule } from '../../kernel/operation.ts'

export const salesModule = defineModule({ name: 'sales', floor: 6 })
