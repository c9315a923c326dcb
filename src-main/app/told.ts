/**
 * What a speaker tells, one by one, until the signal ends it; what is told while nobody asks waits in order. `listen` takes the ear and
 * gives what makes it deaf again.
 */
export async function* told<T>(listen: (tell: (value: T) => void) => () => void, signal: AbortSignal): AsyncGenerator<T> {
  const waiting: T[] = []
  let wake: () => void = () => undefined
  const stop = listen((value) => {
    waiting.push(value)
    wake()
  })
  signal.addEventListener('abort', () => wake(), { once: true })
  try {
    while (!signal.aborted) {
      const next = waiting.shift()
      if (next !== undefined) yield next
      else await new Promise<void>((resolve) => (wake = resolve))
    }
  } finally {
    stop()
  }
}
