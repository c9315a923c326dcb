import process from 'node:process'
import { openOffice } from '../../src-main/app/office.ts'
import { newCommandId } from '../../src-main/app/world.ts'

// A program of its own with many buyers at once: opens the company, says "ready", begins at a line on stdin, and prints one answer a line.

export type Command = { readonly name: string; readonly input: unknown }
export type Task = { readonly data: string; readonly today: string; readonly commands: readonly Command[] }

const task = JSON.parse(process.argv[2]!) as Task
const office = await openOffice({ data: task.data, today: () => task.today })
process.stdout.write('ready\n')
await new Promise((resolve) => process.stdin.once('data', resolve))
const userId = (await office.bus.people()).ownerId!
await Promise.all(
  task.commands.map(async ({ name, input }) => {
    const answer = await office.run({ name, input, commandId: newCommandId() }, { desk: `program ${process.pid}`, userId })
    process.stdout.write(`${JSON.stringify(answer)}\n`)
  }),
)
await office.close()
process.exit(0)
