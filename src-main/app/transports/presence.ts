/** Counts the pages that are open, and tells when the last one has been gone for a while. */
export class Presence {
  private count = 0
  private timer: NodeJS.Timeout | undefined
  private isStopped = false
  private readonly patienceMs: number
  private readonly onAlone: () => void

  constructor({ patienceMs, onAlone }: { patienceMs: number; onAlone: () => void }) {
    this.patienceMs = patienceMs
    this.onAlone = onAlone
  }

  /** A page's line to the host: an event stream that says nothing and ends with the page. */
  line(): Response {
    let left = false
    const leave = (): void => {
      if (left) return
      left = true
      this.count--
      if (this.count === 0 && !this.isStopped) this.timer = setTimeout(this.onAlone, this.patienceMs)
    }
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.count++
        clearTimeout(this.timer)
        controller.enqueue(new TextEncoder().encode(': here\n\n'))
      },
      cancel: leave,
    })
    return new Response(body, { headers: { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' } })
  }

  /** From now on nobody waits for pages: a host that closes cuts their lines itself. */
  stop(): void {
    this.isStopped = true
    clearTimeout(this.timer)
  }
}
