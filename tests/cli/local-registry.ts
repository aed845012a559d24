import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/**
 * Serves one packed package as a registry would, for the running test only.
 *
 * @returns its address, for `npm_config_registry`.
 */
export async function serveAsRegistry(
  { name, version, bin }: { name: string; version: string; bin: object },
  tarball: string,
): Promise<string> {
  const server = createServer(({ url }, response) => {
    if (url === `/${name}`) {
      const dist = { tarball: `${address}/${name}.tgz` }
      const versions = { [version]: { name, version, bin, dist } }
      return response.end(JSON.stringify({ name, 'dist-tags': { latest: version }, versions }))
    }
    if (url === `/${name}.tgz`) return response.end(readFileSync(tarball))
    response.statusCode = 404
    return response.end('{}')
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  onTestFinished(() => void server.close())
  return address
}
