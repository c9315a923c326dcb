import { buildPart } from '../../src-main/start/build-part.ts'
import { projectRoot } from '../house/tree.ts'

/** Before all stories: some start the command line in processes of its own, from the bundle, as its users do. */
export const setup = (): Promise<void> => buildPart({ root: projectRoot, part: 'main' })
