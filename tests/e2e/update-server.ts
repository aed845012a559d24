import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What the server has to offer. The app under test is not ended, so nobody starts it. */
const NEW_APP = Buffer.alloc(100_000, 'new')

/** How that is called. */
export const NEW_FILE = 'my-app-9.9.9.AppImage'

/**
 * Offers a version of the app, as a web server does that has the files which electron-builder made.
 *
 * @param content  Of what the checksum is that it tells: the right one, unless it is given.
 */
export async function offerUpdate(
  version: string,
  content: Buffer = NEW_APP,
): Promise<{ url: string; close: () => void }> {
  const server = createServer(({ url = '' }, response) => {
    if (url.startsWith('/latest-linux.yml')) response.end(describeLatest(version, content))
    else if (url.startsWith(`/${NEW_FILE}`) && !url.endsWith('.blockmap')) response.end(NEW_APP)
    else response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() }
}

function describeLatest(version: string, content: Buffer): string {
  const sha512 = createHash('sha512').update(content).digest('base64')
  return `version: ${version}
files:
  - url: ${NEW_FILE}
    sha512: ${sha512}
    size: ${NEW_APP.length}
path: ${NEW_FILE}
sha512: ${sha512}
releaseDate: '2026-01-01T00:00:00.000Z'
`
}
