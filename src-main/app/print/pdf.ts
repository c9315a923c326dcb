import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Sheet } from './paper.ts'
import type { PdfAnswer } from './pdf-worker.ts'

type Waiting = { resolve: (pdf: Uint8Array<ArrayBuffer>) => void; reject: (error: Error) => void }

let worker: Worker | undefined
const waiting = new Map<number, Waiting>()
let last = 0

/** The worker's file: beside this one in the source tree, bundled under its own name when packaged. */
function workerFile(): string {
  const source = join(import.meta.dirname, 'pdf-worker.ts')
  return existsSync(source) ? source : join(import.meta.dirname, 'pdf-worker.js')
}

function started(): Worker {
  if (worker) return worker
  const fresh = new Worker(workerFile())
  fresh.on('message', ({ no, pdf, error }: PdfAnswer) => {
    const job = waiting.get(no)
    waiting.delete(no)
    if (pdf) job?.resolve(pdf)
    else job?.reject(new Error(error))
  })
  const fail = (error: Error): void => {
    worker = undefined
    for (const job of waiting.values()) job.reject(error)
    waiting.clear()
  }
  fresh.on('error', fail)
  fresh.on('exit', (code) => code !== 0 && fail(new Error(`the PDF thread ended with ${code}`)))
  // Last of all, for listening makes the process wait again: a warm thread must not keep a program that was told to end.
  fresh.unref()
  return (worker = fresh)
}

/** Renders a paper to PDF in the worker thread, which is started at the first use and kept warm. */
export function renderPdf(sheet: Sheet): Promise<Uint8Array<ArrayBuffer>> {
  const no = ++last
  return new Promise((resolve, reject) => {
    waiting.set(no, { resolve, reject })
    started().postMessage({ no, sheet })
  })
}
