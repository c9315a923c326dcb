import type { ChildProcess } from 'node:child_process'

/** The link that lets one browser in, once, out of what a starting program says; rejects with what it said when it ends before. */
export function linkOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    const listen = (part: Buffer): void => {
      said += part.toString()
      const link = /http:\/\/127\.0\.0\.1:\d+\/enter\?token=[\w-]+/.exec(said)?.[0]
      if (link) resolve(link)
    }
    child.stdout?.on('data', listen)
    child.stderr?.on('data', listen)
    child.once('exit', (code) => reject(new Error(`the program ended with ${code}: ${said}`)))
  })
}
