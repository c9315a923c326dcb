import { defineModule } from '../../kernel/operation.ts'

export const platformModule = defineModule({ name: 'platform', floor: 1 })
