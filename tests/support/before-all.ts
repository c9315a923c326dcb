import { rmSync } from 'node:fs'
import process from 'node:process'
import { buildPart } from '../../src-main/start/build-part.ts'
import { projectRoot } from '../house/tree.ts'
import { newScratch } from './scratch.ts'

/** Before all stories: some start the command line in processes of its own, from the bundle, as its users do. What they leave behind goes with the run. */
export async function setup(): Promise<() => void> {
  await buildPart({ root: projectRoot, part: 'main' })
  const folder = newScratch()
  process.env['TMPDIR'] = folder
  return () => rmSync(folder, { recursive: true, force: true })
}
