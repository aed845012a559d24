// What is served has to be what the contract says: `npm run typecheck` fails when a line that is marked
// as an error is none.
import type { PortLike } from '../../templates/base/src/ports/channel/port.ts'
import type { Ports } from '../../templates/base/src/ports/handoff/handoff-client.ts'
import { serve } from '../../templates/base/src/ports/link.ts'

interface Library {
  find(title: string): Promise<number>
  pages(title: string): AsyncIterable<string>
}

interface Reader {
  name(): Promise<string>
}

declare const library: Library
declare const ports: Ports<PortLike>

/** Never called: only its types are looked at. */
export function serveAll(): void {
  serve<Library>(ports, 'library', library)
  // What comes in may be doubted.
  serve<Library>(ports, 'library', { ...library, find: async (title: unknown) => Number(title) })
  serve<Library, Reader>(ports, 'library', library, {
    onChannel: async (channel) => void (await channel.call.name()).trim(),
  })

  // @ts-expect-error one that is not served is missing
  serve<Library>(ports, 'library', { find: library.find })
  // @ts-expect-error one that is served under another name is not in the contract
  serve<Library>(ports, 'library', { ...library, fnid: library.find })
  // @ts-expect-error the answer is another than the contract says
  serve<Library>(ports, 'library', { ...library, find: async (title: string) => title })
}
