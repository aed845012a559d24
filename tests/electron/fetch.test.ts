import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeInElectron } from './describe-in-electron.ts'

const fixture = join(import.meta.dirname, 'fixture-app')

/** Echoes what it is sent; sends `/moved` elsewhere and never answers `/never`. */
const server = createServer((request, response) => {
  if (request.url === '/never') return
  if (request.url === '/moved') {
    response.writeHead(302, { location: '/' }).end()
  } else {
    response.writeHead(202, { 'x-method': request.method, 'set-cookie': ['a=1', 'b=2'] })
    request.pipe(response)
  }
})

describeInElectron('net.fetch', ({ launch }) => {
  let address: string

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => {
    server.close()
    server.closeAllConnections()
  })

  test('reads a file', async () => {
    const { app } = await launch(fixture)
    const file = String(pathToFileURL(join(fixture, 'package.json')))

    const answer = await app.evaluate(async ({ net }, url) => {
      const response = await net.fetch(url)
      const { name } = (await response.json()) as { name: string }
      return [response.status, response.headers.get('content-type'), name]
    }, file)

    expect(answer).toEqual([200, 'application/json', 'electron-fixture'])
  })

  test('reads a part of a file, and nothing of it for HEAD', async () => {
    const { app } = await launch(fixture)
    const file = String(pathToFileURL(join(fixture, 'package.json')))

    const answers = await app.evaluate(async ({ net }, url) => {
      const part = await net.fetch(url, { headers: { Range: 'bytes=4-9' } })
      const head = await net.fetch(url, { method: 'HEAD' })
      return [part.status, await part.text(), head.status, await head.text()]
    }, file)

    const text = readFileSync(join(fixture, 'package.json'), 'utf8')
    expect(answers).toEqual([200, text.slice(4, 10), 200, ''])
  })

  test('rejects when there is no such file', async () => {
    const { app } = await launch(fixture)

    const reading = app.evaluate(({ net }) => net.fetch('file:///no/such/file'))

    await expect(reading).rejects.toThrow('net::ERR_FILE_NOT_FOUND')
  })

  test('sends requests over the network and follows redirects', async () => {
    const { app } = await launch(fixture)

    const answers = await app.evaluate(async ({ net }, url) => {
      const posted = await net.fetch(url, { method: 'POST', body: 'a body' })
      const moved = await net.fetch(`${url}/moved`)
      return [
        [posted.status, posted.headers.get('x-method'), await posted.text()],
        [moved.status, moved.headers.get('x-method'), await moved.text()],
      ]
    }, address)

    expect(answers).toEqual([
      [202, 'POST', 'a body'],
      [202, 'GET', ''],
    ])
  })

  test('rejects with the reason when it is aborted', async () => {
    const { app } = await launch(fixture)

    const name = await app.evaluate(({ net }, url) => {
      const signal = AbortSignal.timeout(100)
      return net.fetch(url, { signal }).catch((error: Error) => error.name)
    }, `${address}/never`)

    expect(name).toBe('TimeoutError')
  })

  test('asks the handler of a handled scheme', async () => {
    const { app } = await launch(fixture)
    await app.firstWindow()

    const text = await app.evaluate(async ({ net }) => (await net.fetch('app://x/slow')).text())

    expect(text).toBe('one two three')
  })
})
