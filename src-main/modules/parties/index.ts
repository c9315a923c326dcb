import { defineModule } from '../../kernel/operation.ts'

export const partiesModule = defineModule({ name: 'parties', floor: 2 })
