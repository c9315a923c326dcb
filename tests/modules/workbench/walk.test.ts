import { expect, test } from 'vitest'
import { neighbour, nextWanted, type Place } from '../../../src-renderer/ui/line-grid/walk.ts'

// Lines as pictures: 'x' is filled or may stay empty, '?' wants input; a line of dots has nothing in it yet.
const asked = (picture: readonly string[], from: Place) =>
  nextWanted({
    from,
    lineCount: picture.length,
    columnCount: picture[0]!.length,
    first: 0,
    isBlank: (line) => picture[line] === '....',
    wants: ({ line, column }) => picture[line]![column] !== 'x',
  })

test.each([
  ['the next empty cell of the line', ['x?x?'], { line: 0, column: 1 }, { line: 0, column: 3 }],
  ['past what is filled, into the lines below', ['xxxx', 'xxxx', 'xx?x'], { line: 0, column: 1 }, { line: 2, column: 2 }],
  ['the beginning of a line in which nothing stands', ['xxxx', '....'], { line: 0, column: 1 }, { line: 1, column: 0 }],
  ['a new line after complete ones', ['xxxx', 'xxxx'], { line: 1, column: 0 }, 'new'],
  ['a new line too where a cell before was left empty: nobody is held', ['?xxx'], { line: 0, column: 2 }, 'new'],
  ['out of an empty last line', ['xxxx', '....'], { line: 1, column: 0 }, 'out'],
  ['on from an empty line among others', ['....', 'x?xx'], { line: 0, column: 0 }, { line: 1, column: 1 }],
] as const)('Tab leads to %s', (_, picture, from, to) => {
  expect(asked(picture, from)).toEqual(to)
})

test('the cell beside, and from the edge of a line the one of the line beside it', () => {
  const editors = [true, false, true]
  const from = (place: Place, step: 1 | -1) => neighbour({ from: place, lineCount: 2, editors, step })
  expect(from({ line: 0, column: 0 }, 1)).toEqual({ line: 0, column: 2 })
  expect(from({ line: 0, column: 2 }, 1)).toEqual({ line: 1, column: 0 })
  expect(from({ line: 1, column: 0 }, -1)).toEqual({ line: 0, column: 2 })
  expect(from({ line: 0, column: 0 }, -1)).toBeUndefined()
  expect(from({ line: 1, column: 2 }, 1)).toBeUndefined()
})
