import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The files that take longest, longest first: begun last, one would keep a processor busy while the other has nothing left to do. */
const slow = [
  ...['stories/online-retail', 'stories/cli', 'print/geometry', 'stories/rights', 'print/templates', 'platform/two-programs', 'files/fuzz'],
  ...['inventory/random-goods', 'marketing/mail', 'host/threads', 'parties/resemblance', 'stories/random-commands', 'stories/hostile', 'print/documents'],
]

/** Slow files first, the others as they are usually ordered: those that failed last time, then by how long they took or how large they are. */
export class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const placeOf = ({ moduleId }: TestSpecification): number => {
      const place = slow.findIndex((name) => moduleId.endsWith(`${name}.test.ts`))
      return place === -1 ? slow.length : place
    }
    return (await super.sort(files)).toSorted((a, b) => placeOf(a) - placeOf(b))
  }
}
