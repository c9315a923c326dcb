import { defineModule } from '../../kernel/operation.ts'

export const catalogModule = defineModule({ name: 'catalog', floor: 3 })
