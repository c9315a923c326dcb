import process from 'node:process'
import { pathToFileURL } from 'node:url'
import { appRoot } from '../app/places.ts'
import { hostTexts, systemLocale } from '../app/texts.ts'
import { buildPart, builtFile } from './build-part.ts'

// `npm run -s zhanggui -- VERB …`: the command line from the bundle, which starts in a third of the time and memory of the sources.

const root = appRoot()
const onBuild = (): void => void process.stderr.write(`${hostTexts(systemLocale())('start.building')}\n`)
await buildPart({ root, part: 'main', onBuild })
await import(pathToFileURL(builtFile(root, 'cli')).href)
