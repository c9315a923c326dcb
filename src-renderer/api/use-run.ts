import { useCallback, useRef, useState } from 'react'
import { run, type DraftRef, type No, type Said } from './client.ts'
import { newCommandId } from './command-id.ts'
import type { RunInput, RunName, RunOutput } from './operations.ts'

export type Running<N extends RunName> = {
  /** Runs the command. While one is under way a second call is ignored (undefined): double clicks and key repeats do nothing. */
  run(input: RunInput<N>): Promise<Said<RunOutput<N>> | undefined>
  readonly isRunning: boolean
  /** While it runs: by it the office tells how far it is, and stops it. */
  readonly commandId: string | null
  /** The last no, until the next attempt or `forget`. */
  readonly no: No | null
  forget(): void
}

/** The answer to a call that never reached the office, or whose answer was lost: the same intent may be sent again. */
const lineBroken: No = { ok: false, kind: 'refusal', code: 'ui.lineBroken', details: {} }

/** One command behind one button: its commandId is kept until it was answered, so repeating after a broken line does nothing twice. `form` holds the draft that it makes real. */
export function useRun<N extends RunName>(name: N, form?: { reference(): Promise<DraftRef> }): Running<N> {
  const intent = useRef<{ text: string; commandId: string } | null>(null)
  const busy = useRef(false)
  const [state, setState] = useState<{ commandId: string | null; no: No | null }>({ commandId: null, no: null })

  const runOnce = useCallback(
    async (input: RunInput<N>): Promise<Said<RunOutput<N>> | undefined> => {
      if (busy.current) return undefined
      busy.current = true
      const text = `${name} ${JSON.stringify(input)}`
      if (intent.current?.text !== text) intent.current = { text, commandId: newCommandId() }
      setState({ commandId: intent.current.commandId, no: null })
      let said: Said<RunOutput<N>>
      try {
        said = await run(name, input, { commandId: intent.current.commandId, ...(form ? { draft: await form.reference() } : {}) })
        intent.current = null
      } catch {
        said = lineBroken
      }
      busy.current = false
      setState({ commandId: null, no: said.ok ? null : said })
      return said
    },
    [name, form],
  )
  const forget = useCallback(() => setState((s) => ({ ...s, no: null })), [])
  return { run: runOnce, isRunning: state.commandId !== null, commandId: state.commandId, no: state.no, forget }
}
