import { spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import process from 'node:process'
import { createInterface } from 'node:readline'
import type { Answer } from '../../src-main/app/office-types.ts'
import type { Task } from './buyers.ts'

export type Program = { readonly process: ChildProcess; go(): void; readonly answers: Promise<Answer[]>; answered(): number }

/** Starts a program of its own on a company and waits until it has it open; its commands begin at `go`. */
export async function startProgram(task: Task): Promise<Program> {
  const script = join(import.meta.dirname, 'buyers.ts')
  const child = spawn(process.execPath, [script, JSON.stringify(task)], { stdio: ['pipe', 'pipe', 'inherit'] })
  const answers: Answer[] = []
  let ready: () => void = () => undefined
  const opened = new Promise<void>((resolve) => (ready = resolve))
  createInterface({ input: child.stdout! }).on('line', (line) => {
    if (line === 'ready') ready()
    else answers.push(JSON.parse(line) as Answer)
  })
  const ended = new Promise<Answer[]>((resolve) => child.once('close', () => resolve(answers)))
  await Promise.race([opened, ended])
  return { process: child, go: () => void child.stdin!.end('go\n'), answers: ended, answered: () => answers.length }
}
