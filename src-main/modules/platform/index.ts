import { defineModule } from '../../kernel/operation.ts'

export { companyFounded } from './founding.ts'
export { takeCounter, takeNumber } from './numbers.ts'
export { takeFreeCodes } from './codes.ts'
export { indexForSearch, searchRefs, type SearchHit } from './search.ts'

export const platformModule = defineModule({ name: 'platform', floor: 1 })
