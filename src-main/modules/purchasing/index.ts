import { defineModule } from '../../kernel/operation.ts'

export const purchasingModule = defineModule({ name: 'purchasing', floor: 6 })
