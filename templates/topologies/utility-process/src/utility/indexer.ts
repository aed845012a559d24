/**
 * The utility process of the node `indexer`. Each page that opens the link `hashes` is served on a
 * channel of its own, by which it is asked in turn.
 */
import type { Curator, Hashes } from '../contracts/hashes'
import { hashFolder } from '../indexer/hash-folder'
import { exitWhenUncaught } from '../main/uncaught'
import { type Channel, openChannel } from '../ports/channel/channel'
import { type UtilityPorts, ports as ownPorts } from '../ports/handoff/utility'
import { Link } from '../ports/link'
import type { LinksOf } from '../topology'

exitWhenUncaught()

const ports: UtilityPorts<LinksOf<'indexer'>> = ownPorts
const permits = new Link(ports, 'permits')

ports.accept('hashes', ({ port, ...about }) => {
  const page: Channel<Curator> = openChannel<Curator>(
    port,
    {
      async *hashFolder(folder, askAbove, signal) {
        if (!(await permits.call.mayRead(folder))) {
          const message = 'Only a folder that the user chose can be hashed.'
          throw Object.assign(new Error(message), { code: 'NOT_PERMITTED' })
        }
        const mayHash: Curator['mayHash'] = (file) => page.call.mayHash(file, signal)
        yield* hashFolder(folder, { askAbove, mayHash }, signal)
        console.log(`Hashed ${folder}`)
      },
      die(how) {
        if (how === 'crash') process.crash()
        if (how === 'exit') process.exit(3)
        // Later than this handler, whose errors would be caught.
        if (how === 'throw') setTimeout(throwError)
      },
    } satisfies Hashes,
    { ...about, link: 'hashes' },
  )
})

function throwError(): never {
  throw new Error('This error was thrown on purpose, and nobody caught it.')
}

console.log(`Ready, with Node ${process.versions.node}`)
