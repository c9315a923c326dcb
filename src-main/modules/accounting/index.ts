import { defineModule } from '../../kernel/operation.ts'

export const accountingModule = defineModule({ name: 'accounting', floor: 4 })
